//! A source file as text: header, `use` block, formatted items, blank lines where a reader expects
//! them.

use crate::print::imports::Imports;
use crate::print::macros;
use crate::print::source_file::SourceFile;
use smithy_model::ShapeId;

/// The command that every emitted file names.
const COMMAND: &str = "cargo xtask codegen";

/// The words by which an emitted file is recognised; they stand on its first line.
pub const MARKER: &str = "@generated";

/// The first line of an emitted file, without comment signs.
pub(crate) fn header(emitter: &'static str, shape: &ShapeId) -> String {
    format!("{MARKER} by `{COMMAND}` ({emitter}) from {shape}")
}

/// The file's path and text.
pub(crate) fn source(file: SourceFile) -> (String, String) {
    let mut text = format!("// {}\n", header(file.emitter, &file.shape));
    if !file.docs.is_empty() {
        text.push('\n');
        for line in &file.docs {
            text.push_str(if line.is_empty() { "//!" } else { "//! " });
            text.push_str(line.as_str());
            text.push('\n');
        }
    }
    if let Some(limit) = file.recursion_limit {
        text.push_str(&format!("\n#![recursion_limit = \"{limit}\"]\n"));
    }
    let uses = file.imports.render();
    if !uses.is_empty() {
        text.push('\n');
        text.push_str(&uses);
        text.push('\n');
    }
    let mut previous = None;
    for item in file.items {
        let group = Group::of(&item);
        if previous != Some(group) || group == Group::Alone {
            text.push('\n');
        }
        text.push_str(&item_text(item, &file.imports));
        previous = Some(group);
    }
    (file.path, text)
}

/// Items that stand together without blank lines between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Modules,
    Uses,
    Alone,
}

impl Group {
    fn of(item: &syn::Item) -> Self {
        match item {
            syn::Item::Mod(module)
                if module
                    .attrs
                    .iter()
                    .all(|attribute| attribute.path().is_ident("allow")) =>
            {
                Self::Modules
            }
            syn::Item::Use(_) => Self::Uses,
            _ => Self::Alone,
        }
    }
}

/// One item; methods of an `impl` are separated by blank lines, which prettyplease leaves out.
fn item_text(item: syn::Item, imports: &Imports) -> String {
    if let syn::Item::Macro(call) = &item {
        return macros::call(call);
    }
    let is_impl = matches!(item, syn::Item::Impl(_) | syn::Item::Trait(_));
    let text = prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    });
    let mut laid_out = String::with_capacity(text.len() + text.len() / 8);
    let mut after_member = false;
    for line in text.lines() {
        if is_impl
            && after_member
            && line != "}"
            && !line.starts_with("    const ")
            && !line.starts_with("    type ")
        {
            laid_out.push('\n');
        }
        push_line(&mut laid_out, line, imports);
        after_member = line == "    }"
            || (line.starts_with("    ") && !line.starts_with("     ") && line.ends_with(';'));
    }
    laid_out
}

/// A line, or the lines of the documentation comment whose mark it is.
fn push_line(text: &mut String, line: &str, imports: &Imports) {
    let code = line.trim_start();
    let Some(comment) = code
        .strip_prefix("///")
        .and_then(|mark| imports.comment_lines(mark))
    else {
        text.push_str(line);
        text.push('\n');
        return;
    };
    let indent = line.get(..line.len() - code.len()).unwrap_or_default();
    for comment_line in comment {
        text.push_str(indent);
        text.push_str("///");
        if !comment_line.is_empty() {
            text.push(' ');
            text.push_str(comment_line.as_str());
        }
        text.push('\n');
    }
}
