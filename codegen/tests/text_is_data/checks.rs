//! Properties of emitted files for all models.

use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use smithy_codegen::FileTree;

/// The marker in hostile texts.
const MARKER: &str = "zqevil";

type Checked = Result<(), String>;

/// Checks every file.
pub(crate) fn files(files: &FileTree) -> Checked {
    for (path, text) in files.iter() {
        file(path, text).map_err(|why| format!("{path}: {why}"))?;
    }
    Ok(())
}

fn file(path: &str, text: &str) -> Checked {
    let plain =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-./".contains(c) || c == 'R';
    let names = path
        .trim_end_matches("README.md")
        .trim_end_matches("Cargo.toml");
    check(
        names.chars().all(plain) && !path.contains("..") && !path.starts_with('/'),
        || "a path".to_owned(),
    )?;
    if let Some(c) = text.chars().find(|&c| c != '\n' && is_invisible(c)) {
        let line = text
            .lines()
            .find(|line| line.contains(c))
            .unwrap_or_default();
        return Err(format!("{c:?} in {line:?}"));
    }
    match path.rsplit('.').next() {
        Some("rs") => rust(text),
        Some("md") => markdown(text),
        _ => manifest(text),
    }
}

/// Characters that end a line, are invisible, or change how others are displayed.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The marker is only in literals or a part of an identifier, and documentation is Markdown without
/// hostile elements.
fn rust(text: &str) -> Checked {
    syn::parse_file(text).map_err(|error| format!("{error}"))?;
    tokens(text.parse().map_err(|error| format!("{error}"))?)?;
    let mut comment = String::new();
    for line in text.lines().chain([""]) {
        let line = line.trim_start();
        match line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"))
        {
            Some(line) => {
                comment.push_str(line.strip_prefix(' ').unwrap_or(line));
                comment.push('\n');
            }
            None if comment.is_empty() => {}
            None => markdown(&std::mem::take(&mut comment))?,
        }
    }
    Ok(())
}

fn tokens(tokens: TokenStream) -> Checked {
    let mut after = String::new();
    for token in tokens {
        match &token {
            TokenTree::Group(group) => self::tokens(group.stream())?,
            TokenTree::Ident(name) => {
                check(name != MARKER, || {
                    format!("the identifier {name} after {after}")
                })?;
            }
            TokenTree::Literal(literal) if after == "note" => {
                let note: syn::LitStr =
                    syn::parse_str(&literal.to_string()).map_err(|error| error.to_string())?;
                markdown(&note.value())?;
            }
            TokenTree::Literal(_) | TokenTree::Punct(_) => {}
        }
        if !matches!(&token, TokenTree::Punct(_)) {
            after = token.to_string();
        }
    }
    Ok(())
}

/// The only HTML is the first line of the generator, there are no links to the marker, and code
/// blocks are those of the generator or of kinds that rustdoc does not run.
fn markdown(text: &str) -> Checked {
    let mut by_reference = Vec::new();
    let mut callback = |link: pulldown_cmark::BrokenLink<'_>| {
        by_reference.push(link.reference.to_string());
        None
    };
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let parser = Parser::new_with_broken_link_callback(text, options, Some(&mut callback));
    let mut block: Option<(String, String)> = None;
    for event in parser {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                return Err("indented code".to_owned());
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                block = Some((info.to_string(), String::new()));
            }
            Event::End(TagEnd::CodeBlock) => {
                let (info, code) = block.take().unwrap_or_default();
                self::code(&info, &code)?;
            }
            Event::Text(text) => {
                if let Some((_, code)) = &mut block {
                    code.push_str(&text);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                check(html.starts_with("<!-- @generated"), || {
                    format!("the HTML {html}")
                })?;
            }
            Event::Start(
                Tag::Link {
                    dest_url, title, ..
                }
                | Tag::Image {
                    dest_url, title, ..
                },
            ) => {
                let own = !dest_url.contains(MARKER) && title.is_empty();
                check(own, || format!("a link to {dest_url} {title}"))?;
            }
            _ => {}
        }
    }
    match by_reference
        .iter()
        .find(|reference| reference.to_lowercase().contains(MARKER))
    {
        Some(reference) => Err(format!("the link [{reference}]")),
        None => Ok(()),
    }
}

fn code(info: &str, code: &str) -> Checked {
    match info {
        "text" => Ok(()),
        "json" => serde_json::from_str::<serde_json::Value>(code)
            .map(drop)
            .map_err(|error| error.to_string()),
        // A command with the name of a crate, and one of the generator.
        "console" => {
            let lines: Vec<&str> = code.lines().collect();
            let is_name = |name: &str| {
                let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
                !name.is_empty() && !name.starts_with('-') && name.chars().all(is_of_name)
            };
            match lines.as_slice() {
                [add, "cargo add tokio --features macros,rt-multi-thread"]
                    if add.strip_prefix("cargo add ").is_some_and(is_name) =>
                {
                    Ok(())
                }
                _ => Err(format!("the commands {code}")),
            }
        }
        "no_run" | "rust" => {
            let lines = code
                .lines()
                .map(|line| line.strip_prefix("# ").unwrap_or(line));
            let code = lines.collect::<Vec<_>>().join("\n");
            tokens(code.parse().map_err(|error| format!("{error} in {code}"))?)
        }
        other => Err(format!("a code block of the kind {other:?}: {code}")),
    }
}

/// The file parses, and its keys come from the generator.
fn manifest(text: &str) -> Checked {
    fn keys(value: &toml::Value) -> Checked {
        let toml::Value::Table(table) = value else {
            return Ok(());
        };
        for (key, value) in table {
            check(!key.contains(MARKER), || format!("the key {key}"))?;
            keys(value)?;
        }
        Ok(())
    }
    let table: toml::Table = toml::from_str(text).map_err(|error| error.to_string())?;
    keys(&toml::Value::Table(table))
}

fn check(holds: bool, why: impl FnOnce() -> String) -> Checked {
    if holds { Ok(()) } else { Err(why()) }
}
