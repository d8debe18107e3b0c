//! The properties of diagnostics and files for all models.

use super::MARKER;
use crate::harness::Fault;
use proc_macro2::{TokenStream, TokenTree};
use smithy_codegen::{FileTree, Generated};
use smithy_model::{Code, Diagnostic, Severity, SourceFile, Sources};
use std::path::{Component, Path};

/// Diagnostics have existing spans and print no control characters.
pub(super) fn diagnostics(found: &[Diagnostic], sources: &Sources) -> Result<(), Fault> {
    for diagnostic in found {
        let fault = |kind: &str| {
            let Diagnostic {
                code,
                shape,
                message,
                ..
            } = diagnostic;
            Err(Fault::new(kind, format!("{code}: {message} ({shape:?})")))
        };
        match diagnostic.span {
            Some(span) => {
                let text = sources.get(span.source).map(|file| file.text.as_str());
                let range = span.start as usize..span.end as usize;
                if text.and_then(|text| text.get(range)).is_none() {
                    return fault("a diagnostic whose span is not in the file");
                }
            }
            // The names of operations can come from the command line.
            None if diagnostic.code == Code::UnknownOperation => {}
            None if diagnostic.severity == Severity::Error => {
                let id = diagnostic.shape.as_ref().map(|id| id.to_string());
                let holds = |file: &SourceFile, id: &str| file.text.contains(&format!("\"{id}\""));
                if id.is_some_and(|id| sources.iter().any(|(_, file)| holds(file, &id))) {
                    return fault("an error about a shape of the model without a span");
                }
            }
            None => {}
        }
    }
    let text = cargo_smithy::render_diagnostics(found, sources);
    match text.chars().find(|c| *c != '\n' && is_hostile(*c)) {
        Some(c) => Err(Fault::new(
            "a control character in a diagnostic",
            format!("{c:?} in {text}"),
        )),
        None => Ok(()),
    }
}

/// Whether a character controls a terminal, or changes the direction or the lines of a text.
pub(super) fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// If nothing is generated, there is an error.
pub(super) fn told(found: &[Diagnostic]) -> Result<(), Fault> {
    match found
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error)
    {
        true => Ok(()),
        false => Err(Fault::new(
            "nothing is made, and no error says why",
            format!("{found:?}"),
        )),
    }
}

/// Every file is inside the crate and valid for its extension, and text of the model is not code.
pub(super) fn files(files: &FileTree) -> Result<(), Fault> {
    files.iter().try_for_each(|(path, text)| file(path, text))
}

fn file(path: &str, text: &str) -> Result<(), Fault> {
    place(path)?;
    match path.rsplit_once('.') {
        Some((_, "rs")) => source(path, text),
        Some((_, "toml")) => manifest(path, text),
        _ => Ok(()),
    }
}

fn place(path: &str) -> Result<(), Fault> {
    let ours = ["src/", "docs/", "tests/protocol/"];
    let plain = Path::new(path)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let known = path == "Cargo.toml" || ours.iter().any(|folder| path.starts_with(folder));
    if plain && known && !path.contains('\\') && !path.chars().any(is_hostile) {
        return Ok(());
    }
    Err(Fault::new(
        "a file outside of the crate's folders",
        format!("{path:?}"),
    ))
}

fn source(path: &str, text: &str) -> Result<(), Fault> {
    let fault = |kind: &str, error: &dyn std::fmt::Display| {
        Fault::new(kind, format!("{path}: {error}\n{text}"))
    };
    let tokens: TokenStream = text
        .parse()
        .map_err(|error: proc_macro2::LexError| fault("a source that cannot be read", &error))?;
    if has_marker(tokens.clone()) {
        return Err(fault("model text that is code", &MARKER));
    }
    syn::parse2::<syn::File>(tokens)
        .map_err(|error| fault("a source that cannot be parsed", &error))?;
    match text.chars().find(|c| *c != '\n' && is_hostile(*c)) {
        Some(c) => Err(fault("a control character in a source", &format!("{c:?}"))),
        None => Ok(()),
    }
}

fn has_marker(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == MARKER,
        TokenTree::Group(group) => has_marker(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// The tables of a manifest, and the keys of the tables that a model must not extend.
fn manifest(path: &str, text: &str) -> Result<(), Fault> {
    let fault = |kind: &str, error: &dyn std::fmt::Display| {
        Fault::new(kind, format!("{path}: {error}\n{text}"))
    };
    let table: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| fault("a manifest that cannot be read", &error))?;
    let known = [
        "package",
        "features",
        "dependencies",
        "dev-dependencies",
        "workspace",
        "disable_all_formatting",
    ];
    let keys = |name: &str| {
        table
            .get(name)
            .and_then(|inner| inner.as_table())
            .into_iter()
            .flat_map(|inner| inner.keys())
    };
    let dependencies = keys("dependencies").chain(keys("dev-dependencies"));
    let unknown = table.keys().find(|key| !known.contains(&key.as_str()));
    match unknown.or_else(|| dependencies.into_iter().find(|name| *name != "smithy-rt")) {
        Some(key) => Err(fault("a manifest with more than it should have", key)),
        None => Ok(()),
    }
}

/// A second generation returns the same files.
pub(super) fn same(
    files: &FileTree,
    again: &Result<Generated, Vec<Diagnostic>>,
) -> Result<(), Fault> {
    let kind = "a second generation that differs";
    let Ok(again) = again else {
        return Err(Fault::new(kind, "it fails"));
    };
    let differs = |(path, text): &(&str, &str)| again.files.get(path) != Some(text);
    match files.iter().find(differs) {
        Some((path, _)) => Err(Fault::new(kind, path)),
        None if files.len() != again.files.len() => Err(Fault::new(kind, "it has more files")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(path: &str, text: &str) -> Option<String> {
        file(path, text).err().map(|fault| fault.kind)
    }

    #[test]
    fn violated_properties_are_reported() {
        for (path, text, expected) in [
            (
                "src/a.rs",
                "/// zQ9_x\npub const A: &str = \"zQ9_x\"; // zQ9_x",
                None,
            ),
            (
                "src/a.rs",
                "pub fn a() { zQ9_x(); }",
                Some("model text that is code"),
            ),
            (
                "src/a.rs",
                "pub fn a() { ",
                Some("a source that cannot be read"),
            ),
            (
                "src/a.rs",
                "pub fn fn() {}",
                Some("a source that cannot be parsed"),
            ),
            (
                "src/a.rs",
                "// \u{202e}",
                Some("a control character in a source"),
            ),
            (
                "src/../../a.rs",
                "",
                Some("a file outside of the crate's folders"),
            ),
            (
                "/src/a.rs",
                "",
                Some("a file outside of the crate's folders"),
            ),
            (
                "build.rs",
                "",
                Some("a file outside of the crate's folders"),
            ),
            (
                "src/a\n.rs",
                "",
                Some("a file outside of the crate's folders"),
            ),
            ("Cargo.toml", "[package]\nname = \"a\"", None),
            (
                "Cargo.toml",
                "[package]\nname = \"a",
                Some("a manifest that cannot be read"),
            ),
            (
                "Cargo.toml",
                "[dependencies]\nevil = \"1\"",
                Some("a manifest with more than it should have"),
            ),
        ] {
            assert_eq!(kind(path, text).as_deref(), expected, "{path}: {text}");
        }
    }

    #[test]
    fn invalid_diagnostics_are_reported() {
        let mut sources = Sources::new();
        let source = sources.add("a.json", "{\"a#B\": \"é\u{1b}\"}");
        let other = Sources::new().add("other", "");
        let error = || Diagnostic::error(Code::UnknownTarget, "b");
        let kind = |found: Diagnostic| {
            diagnostics(&[found], &sources)
                .err()
                .map(|fault| fault.kind)
        };
        let at = |source, start, end| error().at(smithy_model::Span { source, start, end });
        let id = smithy_model::ShapeId::parse("a#B").unwrap();
        assert_eq!(
            other, source,
            "ids are numbers, so a place in another file is one outside of this one"
        );
        assert_eq!(kind(at(source, 1, 6)), None);
        assert_eq!(kind(error()), None);
        let outside = Some("a diagnostic whose span is not in the file".to_owned());
        assert_eq!(kind(at(source, 1, 600)), outside);
        assert_eq!(kind(at(source, 10, 11)), outside, "within a character");
        let nowhere = Some("an error about a shape of the model without a span".to_owned());
        assert_eq!(kind(error().shape(&id)), nowhere);
    }
}
