//! The tree of a documentation text: blocks, and prose in them.

use crate::text::invisible::is_invisible;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The maximum depth of blocks. Deeper blocks become part of their parent.
pub(super) const MAX_DEPTH: usize = 16;

/// A block, or blocks within blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// A paragraph.
    Prose(Prose),
    /// Preformatted lines.
    Code(String),
    /// Blocks within a container.
    Node(Kind, Vec<Block>),
}

impl Block {
    /// Replaces the code spans that are keys by their values.
    pub(super) fn rename_code(&mut self, names: &BTreeMap<String, String>) {
        match self {
            Block::Prose(prose) => prose.rename_code(names),
            Block::Code(_) => {}
            Block::Node(_, inner) => inner.iter_mut().for_each(|block| block.rename_code(names)),
        }
    }

    /// Whether the block contains text.
    pub(super) fn has_text(&self) -> bool {
        match self {
            Block::Prose(_) | Block::Code(_) => true,
            Block::Node(_, inner) => inner.iter().any(Block::has_text),
        }
    }
}

/// A container of blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A list, with the first number if it is numbered. Its blocks are items. Any other block is
    /// also an item.
    List(Option<u32>),
    /// An item of a list.
    Item,
    /// A quotation, or a note with a label.
    Quote(Option<&'static str>),
    /// A table. Its blocks are rows.
    Table,
    /// A row of a table. Its blocks are cells.
    Row,
    /// A cell of a row; `true` for one of the table's head.
    Cell(bool),
}

/// The style of a piece of prose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) code: bool,
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    pub(super) link: Option<Rc<str>>,
}

/// A piece of a [`Prose`] up to the byte `end`, in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Span {
    end: usize,
    style: Style,
}

/// Running text. Whitespace is collapsed, `\n` is a line break of the author, and there are no
/// other control characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Prose {
    text: String,
    spans: Vec<Span>,
}

impl Prose {
    /// Appends text of any kind.
    pub(super) fn push(&mut self, text: &str, style: &Style) {
        let before = self.text.len();
        // Most text is ASCII with single spaces, which is copied in one step.
        let mut rest = text;
        while let Some(at) = unusual(rest, self.is_spaced()) {
            let (usual, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
            self.text.push_str(usual);
            let mut chars = after.chars();
            if let Some(c) = chars.next() {
                self.push_unusual(c);
            }
            rest = chars.as_str();
        }
        self.text.push_str(rest);
        self.mark(before, style);
    }

    fn push_unusual(&mut self, c: char) {
        if c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}') {
            if !self.is_spaced() {
                self.text.push(' ');
            }
        } else if !is_invisible(c) {
            self.text.push(c);
        }
    }

    /// Whether another space would be redundant.
    fn is_spaced(&self) -> bool {
        self.text
            .as_bytes()
            .last()
            .is_none_or(|b| matches!(b, b' ' | b'\n'))
    }

    /// Appends a line break.
    pub(super) fn push_break(&mut self) {
        if self.text.ends_with(' ') {
            self.text.pop();
            self.clip();
        }
        if !self.text.is_empty() {
            let before = self.text.len();
            self.text.push('\n');
            self.mark(before, &Style::default());
        }
    }

    fn mark(&mut self, before: usize, style: &Style) {
        let end = self.text.len();
        if end == before {
            return;
        }
        match self.spans.last_mut() {
            Some(span) if span.style == *style => span.end = end,
            _ => self.spans.push(Span {
                end,
                style: style.clone(),
            }),
        }
    }

    /// Removes the spans after the end of the text.
    fn clip(&mut self) {
        let len = self.text.len();
        while self
            .spans
            .iter()
            .rev()
            .nth(1)
            .is_some_and(|span| span.end >= len)
        {
            self.spans.pop();
        }
        if let Some(span) = self.spans.last_mut() {
            span.end = len;
        }
    }

    /// Returns the prose without whitespace at its end, and leaves an empty one. `None` if there is
    /// no text.
    pub(super) fn take(&mut self) -> Option<Prose> {
        if self.text.is_empty() {
            return None;
        }
        let mut prose = std::mem::take(self);
        prose
            .text
            .truncate(prose.text.trim_end_matches([' ', '\n']).len());
        prose.clip();
        (!prose.text.is_empty()).then_some(prose)
    }

    fn rename_code(&mut self, names: &BTreeMap<String, String>) {
        let new_name =
            |piece: &str, style: &Style| names.get(piece).filter(|_| style.code).cloned();
        if self
            .pieces()
            .all(|(piece, style)| new_name(piece, style).is_none())
        {
            return;
        }
        let mut renamed = Prose::default();
        for (piece, style) in self.pieces() {
            let name = new_name(piece, style);
            renamed.text.push_str(name.as_deref().unwrap_or(piece));
            renamed.spans.push(Span {
                end: renamed.text.len(),
                style: style.clone(),
            });
        }
        *self = renamed;
    }

    /// All of the text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The text in pieces of one style each.
    pub(super) fn pieces(&self) -> impl Iterator<Item = (&str, &Style)> {
        let mut start = 0;
        self.spans.iter().map(move |span| {
            let piece = self.text.get(start..span.end).unwrap_or_default();
            start = span.end;
            (piece, &span.style)
        })
    }

    /// The text up to the byte `end`.
    pub(super) fn head(&self, end: usize) -> Prose {
        let text = self.text.get(..end).unwrap_or_default().to_owned();
        let mut prose = Prose {
            text,
            spans: self.spans.clone(),
        };
        prose.clip();
        prose
    }

    /// Whether the text ends within a code span.
    pub(super) fn ends_in_code(&self) -> bool {
        !self.text.ends_with([' ', '\n']) && self.spans.last().is_some_and(|span| span.style.code)
    }

    /// Whether all of the text is strong, which makes it a title.
    pub(super) fn is_title(&self) -> bool {
        self.spans.iter().all(|span| span.style.strong)
    }
}

/// The position of the first character that is not ASCII or is a second space.
fn unusual(text: &str, after_space: bool) -> Option<usize> {
    let mut before = if after_space { b' ' } else { b'.' };
    text.bytes().position(|b| {
        let before = std::mem::replace(&mut before, b);
        !(b' '..0x7f).contains(&b) || (b == b' ' && before == b' ')
    })
}

/// A block of preformatted text, without empty lines around it, tabs, trailing spaces, and common
/// indentation.
pub(super) fn code(text: &str) -> Option<Block> {
    let text = text.replace("\r\n", "\n").replace('\t', "    ");
    let lines: Vec<&str> = text.split(['\n', '\r']).map(str::trim_end).collect();
    let indent = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let common = lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(indent)
        .min()
        .unwrap_or(0);
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| line.get(common..).unwrap_or_default())
        .collect();
    let joined = lines.join("\n");
    let kept: String = joined
        .trim_matches('\n')
        .chars()
        .filter(|&c| c == '\n' || !is_invisible(c))
        .collect();
    (!kept.is_empty()).then_some(Block::Code(kept))
}
