//! Imports, and the order of imports and modules.

use crate::print::rust::list::{Comma, Lines, Tactic};
use crate::print::rust::shape::{Shape, TAB};
use crate::print::rust::signature::visibility;
use crate::print::rust::text::newline;
use std::cmp::Ordering;
use syn::{Item, ItemUse, UseTree};

/// The widest import on one line.
const USE_WIDTH: usize = 98;

/// `use path;` or `use path::{names};`
#[derive(Debug)]
pub(crate) struct Use {
    head: String,
    path: String,
    names: Vec<String>,
}

impl Use {
    /// An import of a path, or of these names below it.
    pub(crate) fn new(path: &str, names: impl IntoIterator<Item = String>) -> Self {
        Self {
            head: "use ".to_owned(),
            path: path.to_owned(),
            names: Vec::new(),
        }
        .with(names)
    }

    fn with(mut self, names: impl IntoIterator<Item = String>) -> Self {
        let mut names: Vec<String> = names.into_iter().collect();
        names.sort_by(|a, b| compare_paths(a, b));
        if let [only] = names.as_slice() {
            self.path = format!("{}::{only}", self.path);
        } else {
            self.names = names;
        }
        self
    }

    pub(super) fn of_item(item: &ItemUse) -> Self {
        let root = if item.leading_colon.is_some() {
            "::"
        } else {
            ""
        };
        let (path, names) = split(&item.tree);
        let head = format!("{}use {root}", visibility(&item.vis));
        Self {
            head,
            path,
            names: Vec::new(),
        }
        .with(names)
    }

    /// The order of imports in a block.
    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        compare_paths(&self.key(), &other.key())
    }

    /// The path with a mark for names below it, which sort after a single name.
    fn key(&self) -> String {
        if self.names.is_empty() {
            self.path.clone()
        } else {
            format!("{}::{{", self.path)
        }
    }

    /// The import on one line, or with names that fill lines.
    pub(crate) fn text(&self, indent: usize) -> String {
        let Self { head, path, names } = self;
        if names.is_empty() {
            return format!("{head}{path};");
        }
        let line = format!("{head}{path}::{{{}}};", names.join(", "));
        if indent + line.len() <= USE_WIDTH {
            return line;
        }
        let place = Shape::block(indent + TAB);
        let lines = Lines {
            tactic: Tactic::Filled,
            comma: Comma::Vertical,
            shape: place.before(1).unwrap_or(place),
            ends_line: true,
        };
        let (open, close) = (newline(place.block), newline(indent));
        format!("{head}{path}::{{{open}{}{close}}};", lines.write(names))
    }
}

/// The path of an import, and the names below it.
fn split(tree: &UseTree) -> (String, Vec<String>) {
    match tree {
        UseTree::Path(path) => {
            let (rest, names) = split(&path.tree);
            let separator = if rest.is_empty() { "" } else { "::" };
            (format!("{}{separator}{rest}", path.ident), names)
        }
        UseTree::Group(group) => {
            let names = group.items.iter().map(|tree| match split(tree) {
                (path, names) if names.is_empty() => path,
                (path, names) => format!("{path}::{{{}}}", names.join(", ")),
            });
            (String::new(), names.collect())
        }
        UseTree::Name(name) => (name.ident.to_string(), Vec::new()),
        UseTree::Rename(rename) => (format!("{} as {}", rename.ident, rename.rename), Vec::new()),
        UseTree::Glob(_) => ("*".to_owned(), Vec::new()),
    }
}

/// The order of modules and of imports that stand together.
pub(crate) fn compare_items(a: &Item, b: &Item) -> Ordering {
    match (a, b) {
        (Item::Use(a), Item::Use(b)) => Use::of_item(a).compare(&Use::of_item(b)),
        (Item::Mod(a), Item::Mod(b)) => a.ident.to_string().cmp(&b.ident.to_string()),
        _ => Ordering::Equal,
    }
}

fn compare_paths(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.split("::"), b.split("::"));
    loop {
        let order = match (left.next(), right.next()) {
            (Some(a), Some(b)) => compare_segments(a, b),
            (None, None) => return Ordering::Equal,
            (a, b) => a.is_some().cmp(&b.is_some()),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

fn compare_segments(a: &str, b: &str) -> Ordering {
    let rank = |name: &str| {
        ["self", "super", "crate"]
            .iter()
            .position(|word| *word == name)
            .unwrap_or(match name {
                "*" => 4,
                "{" => 5,
                _ => 3,
            })
    };
    let parts = |segment: &str| {
        let (name, alias) = segment.split_once(" as ").unzip();
        let name = name.unwrap_or(segment).trim_start_matches("r#").to_owned();
        (name, alias.map(str::to_owned))
    };
    let ((a, a_alias), (b, b_alias)) = (parts(a), parts(b));
    rank(&a)
        .cmp(&rank(&b))
        .then_with(|| compare_versions(&a, &b))
        .then_with(|| a_alias.cmp(&b_alias))
}

/// A part of a name: text between numbers and underscores, a number, or an underscore.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Chunk<'a> {
    Underscore,
    Text(&'a str),
}

/// The order of names in which numbers count by their value.
fn compare_versions(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    // Of equal numbers, the one with more zeros before it comes first.
    let mut zeros = Ordering::Equal;
    while !left.is_empty() && !right.is_empty() {
        let (a, b) = (chunk(&mut left), chunk(&mut right));
        let order = match (a, b) {
            (Chunk::Text(a), Chunk::Text(b)) if is_number(a) && is_number(b) => {
                let (a_value, b_value) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
                zeros = zeros.then(b.len().cmp(&a.len()));
                a_value.len().cmp(&b_value.len()).then(a_value.cmp(b_value))
            }
            (a, b) => a.cmp(&b),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    right.is_empty().cmp(&left.is_empty()).then(zeros)
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn chunk<'a>(rest: &mut &'a str) -> Chunk<'a> {
    let text = *rest;
    if let Some(after) = text.strip_prefix('_') {
        *rest = after;
        return Chunk::Underscore;
    }
    let digits = is_number(text);
    let end = text.find(|c: char| c == '_' || c.is_ascii_digit() != digits);
    let (chunk, after) = text.split_at(end.unwrap_or(text.len()));
    *rest = after;
    Chunk::Text(chunk)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sort_by_value_and_underscores_sort_first() {
        let sorted = [
            "a",
            "a_b",
            "a01",
            "a1",
            "a2",
            "a10",
            "ab",
            "list_invitations",
            "list_ip_sets",
        ];
        for pair in sorted.windows(2) {
            let [a, b] = pair else { unreachable!() };
            assert_eq!(compare_versions(a, b), Ordering::Less, "{a} {b}");
            assert_eq!(compare_versions(b, a), Ordering::Greater, "{b} {a}");
        }
    }
}
