//! A source file as text: header, `use` block, formatted items, and blank lines.

use crate::print::rust::printer;
use crate::print::rust::uses::compare_items;
use crate::print::source_file::SourceFile;
use crate::text::markdown::Markdown;
use smithy_model::ShapeId;

/// The text that identifies an emitted file on its first line.
pub const MARKER: &str = "@generated";

/// The command that emitted files name, without characters that could end a comment.
pub(crate) struct CommandName(String);

impl CommandName {
    pub(crate) fn new(command: &str) -> Self {
        let is_plain = |c: &char| c.is_ascii_alphanumeric() || " -_./".contains(*c);
        Self(command.chars().filter(is_plain).collect())
    }
}

/// The first line of an emitted file, without the comment mark.
pub(crate) fn header(command: &CommandName, emitter: &'static str, shape: &ShapeId) -> String {
    format!("{MARKER} by `{}` ({emitter}) from {shape}", command.0)
}

/// The file's path and text.
pub(crate) fn source(mut file: SourceFile, command: &CommandName) -> (String, String) {
    let mut text = format!("// {}\n", header(command, file.emitter, &file.shape));
    let items = std::mem::take(&mut file.items);
    text.push_str(&body(&file, items, |item, comments| {
        printer::item_text(item, comments)
    }));
    (file.path, text)
}

/// The documentation comment that the mark of a comment stands for.
type Comments<'f> = &'f dyn Fn(&str) -> Option<Vec<&'f str>>;

/// The text of a file after its first line. `print` prints an item.
pub(crate) fn body(
    file: &SourceFile,
    items: Vec<syn::Item>,
    mut print: impl FnMut(&syn::Item, Comments<'_>) -> String,
) -> String {
    let mut text = String::new();
    if !file.docs.is_empty() {
        text.push('\n');
        for line in &file.docs {
            text.push_str(if line.is_empty() { "//!" } else { "//! " });
            text.push_str(line.as_str());
            text.push('\n');
        }
    }
    for (index, attribute) in file.attributes.iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { "" });
        text.push_str(&format!("#![{attribute}]\n"));
    }
    let uses = file.imports.render();
    if !uses.is_empty() {
        text.push('\n');
        text.push_str(&uses);
        text.push('\n');
    }
    let comments = |mark: &str| {
        let lines = file.imports.comment_lines(mark)?.iter();
        Some(lines.map(Markdown::as_str).collect())
    };
    let mut previous = None;
    for item in sorted(items) {
        let group = Group::of(&item);
        if previous != Some(group) || group == Group::Alone {
            text.push('\n');
        }
        text.push_str(&print(&item, &comments));
        previous = Some(group);
    }
    text
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

/// The items, with those in order that stand together.
fn sorted(mut items: Vec<syn::Item>) -> Vec<syn::Item> {
    let together =
        |a: &syn::Item, b: &syn::Item| Group::of(a) == Group::of(b) && Group::of(a) != Group::Alone;
    for run in items.chunk_by_mut(together) {
        run.sort_by(compare_items);
    }
    items
}
