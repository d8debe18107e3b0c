//! Rust identifiers from Smithy names: case and keywords.

use crate::lower::names::case;

/// Keywords of edition 2024, strict and reserved, that may be written as `r#keyword`.
const RAW: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that cannot be raw identifiers; they get an underscore.
const NEVER_RAW: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// The most bytes of the name of a module: file systems allow 255, including an extension and a
/// number.
const LONGEST: usize = 200;

/// A field, setter or method in `snake_case`. Keywords become raw identifiers.
pub(crate) fn member(name: &str) -> String {
    escape_keyword(snake(name))
}

/// A module and its file in `snake_case`. Keywords and names without letters get an underscore:
/// file names have no `r#`, and a type may have the same name.
pub(crate) fn module(name: &str) -> String {
    let mut name = snake(name);
    name.truncate(LONGEST);
    if is_keyword(&name) || !name.contains(|c: char| c.is_ascii_alphabetic()) {
        format!("{name}_")
    } else {
        name
    }
}

/// A type or variant in `PascalCase`.
pub(crate) fn pascal(name: &str) -> String {
    start_with_letter(case::pascal_case(name))
}

/// Whether Cargo and Rust accept the name of a crate.
pub(crate) fn is_crate_name(name: &str) -> bool {
    let rust = name.replace('-', "_");
    let letters = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    // The limit of crates.io.
    letters
        && name.len() <= 64
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && !is_keyword(&rust)
        && !["alloc", "core", "proc_macro", "smithy_rt", "std", "test"].contains(&rust.as_str())
}

fn snake(name: &str) -> String {
    start_with_letter(case::snake_case(name))
}

/// Adds `_` before names that are empty or start with a digit.
fn start_with_letter(name: String) -> String {
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        name
    } else {
        format!("_{name}")
    }
}

fn escape_keyword(name: String) -> String {
    if NEVER_RAW.contains(&name.as_str()) {
        format!("{name}_")
    } else if RAW.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

fn is_keyword(name: &str) -> bool {
    NEVER_RAW.contains(&name) || RAW.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_start_with_a_letter_and_are_not_keywords() {
        let cases = [
            ("_1Password", "_1_password", "_1Password"),
            ("type", "r#type", "Type"),
            ("self", "self_", "Self"),
        ];
        for (name, snake, pascal_case) in cases {
            assert_eq!(
                (member(name).as_str(), pascal(name).as_str()),
                (snake, pascal_case),
                "{name}"
            );
        }
        assert_eq!(module("type"), "type_");
        assert_eq!(
            (module("_1").as_str(), pascal("_1").as_str()),
            ("_1_", "_1")
        );
        assert_eq!(module(&"a".repeat(300)).len(), LONGEST);
    }

    #[test]
    fn crate_names_are_valid_for_cargo_and_rust() {
        for good in ["appfabric", "app-mesh", "a_1", "union"] {
            assert!(is_crate_name(good), "{good}");
        }
        for bad in [
            "",
            "1st",
            "a b",
            "fn",
            "-a",
            "core",
            "smithy-rt",
            "Über",
            "a.b",
        ] {
            assert!(!is_crate_name(bad), "{bad}");
        }
    }

    #[test]
    fn keywords_become_identifiers() {
        for keyword in RAW.iter().chain(&NEVER_RAW) {
            let field = escape_keyword((*keyword).to_owned());
            assert!(
                syn::parse_str::<syn::Ident>(&field).is_ok(),
                "{keyword} -> {field}"
            );
            let module = if is_keyword(keyword) {
                format!("{keyword}_")
            } else {
                (*keyword).to_owned()
            };
            assert!(
                syn::parse_str::<syn::Ident>(&module).is_ok(),
                "{keyword} -> {module}"
            );
        }
    }

    /// `syn` rejects exactly the strict and reserved keywords as plain identifiers.
    #[test]
    fn no_keyword_is_missing() {
        let words = [RAW.as_slice(), NEVER_RAW.as_slice()].concat();
        for word in [
            "auto",
            "default",
            "raw",
            "safe",
            "union",
            "macro_rules",
            "static",
            "async",
            "try",
            "gen",
        ] {
            let plain = syn::parse_str::<syn::Ident>(word).is_ok();
            assert_eq!(
                plain,
                !is_keyword(word) || word == "gen",
                "{word} of {words:?}"
            );
        }
    }
}
