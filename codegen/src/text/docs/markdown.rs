//! Tree -> lines of Markdown.

use super::escape::{Place, render};
use super::tree::{Block, Kind, Prose};
use super::wrap::{WIDTH, wrap};

/// The maximum number of cells of a table. All rows have as many cells as the longest one.
const MOST_CELLS: usize = 10_000;

/// The minimum width of lines of prose at any depth.
const MIN_WIDTH: usize = 40;

/// Returns the lines of a text, without empty lines at the ends.
pub(super) fn write(blocks: &[Block]) -> Vec<String> {
    let mut writer = Writer {
        lines: Vec::new(),
        prefix: String::new(),
        lead: None,
    };
    writer.blocks(blocks, false);
    writer.lines
}

struct Writer {
    lines: Vec<String>,
    /// The start of each line: indentation of items and marks of quotations.
    prefix: String,
    /// The start of the next line, if it begins an item.
    lead: Option<String>,
}

impl Writer {
    fn line(&mut self, text: &str) {
        let lead = self.lead.take();
        let lead = lead.as_ref().unwrap_or(&self.prefix);
        let mut line = String::with_capacity(lead.len() + text.len());
        line.push_str(lead);
        line.push_str(text);
        line.truncate(line.trim_end_matches(' ').len());
        self.lines.push(line);
    }

    fn blocks(&mut self, blocks: &[Block], tight: bool) {
        let mut list_before = None;
        for (i, block) in blocks.iter().filter(|block| block.has_text()).enumerate() {
            if i > 0 && !tight {
                self.line("");
            }
            // Consecutive lists need different marks, or they would be one list.
            let alternate = matches!(list_before, Some((_, false)));
            list_before = None;
            match block {
                Block::Prose(prose) => self.prose(&render(prose, Place::Paragraph)),
                Block::Code(text) => self.code(text),
                Block::Node(Kind::List(start), items) => {
                    self.list(*start, items, alternate);
                    list_before = Some((start, alternate));
                }
                Block::Node(Kind::Quote(label), inner) => self.quote(*label, inner),
                Block::Node(Kind::Table, rows) => self.table(rows),
                Block::Node(Kind::Item | Kind::Row | Kind::Cell(_), inner) => {
                    self.blocks(inner, tight)
                }
            }
        }
    }

    fn prose(&mut self, text: &str) {
        let width = WIDTH.saturating_sub(self.prefix.len()).max(MIN_WIDTH);
        wrap(text, width, |line| self.line(line));
    }

    /// Writes a fenced block with the info `text`, because rustdoc compiles other blocks as Rust.
    fn code(&mut self, text: &str) {
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        self.line(&format!("{fence}text"));
        text.lines().for_each(|line| self.line(line));
        self.line(&fence);
    }

    /// Writes blocks. The first line starts with `mark`, and the others with `rest`, which has the
    /// same width.
    fn within(&mut self, mark: &str, rest: &str, write: impl FnOnce(&mut Self)) {
        let lead = self.lead.take().unwrap_or_else(|| self.prefix.clone());
        self.lead = Some(lead + mark);
        let outer = self.prefix.len();
        self.prefix.push_str(rest);
        write(self);
        self.prefix.truncate(outer);
        self.lead = None;
    }

    fn list(&mut self, start: Option<u32>, items: &[Block], alternate: bool) {
        let tight = items.iter().all(is_tight);
        // The empty cells and rows of a table that became a list.
        for (i, item) in items.iter().filter(|item| item.has_text()).enumerate() {
            if i > 0 && !tight {
                self.line("");
            }
            let number = start.map(|start| {
                start
                    .saturating_add(u32::try_from(i).unwrap_or(0))
                    .min(999_999_999)
            });
            let mark = match (number, alternate) {
                (None, false) => "- ".to_owned(),
                (None, true) => "* ".to_owned(),
                (Some(number), false) => format!("{number}. "),
                (Some(number), true) => format!("{number}) "),
            };
            let rest = " ".repeat(mark.len());
            let blocks = if let Block::Node(Kind::Item, inner) = item {
                inner
            } else {
                std::slice::from_ref(item)
            };
            self.within(&mark, &rest, |writer| writer.blocks(blocks, tight));
        }
    }

    fn quote(&mut self, label: Option<&str>, blocks: &[Block]) {
        self.within("> ", "> ", |writer| {
            let Some(label) = label else {
                return writer.blocks(blocks, false);
            };
            if let Some((Block::Prose(prose), rest)) = blocks.split_first() {
                writer.prose(&format!("**{label}:** {}", render(prose, Place::Paragraph)));
                if !rest.is_empty() {
                    writer.line("");
                    writer.blocks(rest, false);
                }
            } else {
                writer.line(&format!("**{label}:**"));
                writer.line("");
                writer.blocks(blocks, false);
            }
        });
    }

    /// Writes a table, or a list if a cell contains blocks.
    fn table(&mut self, rows: &[Block]) {
        let cells = |row: &Block| match row {
            Block::Node(Kind::Row, cells) => {
                Some(cells.iter().map(cell).collect::<Option<Vec<_>>>()?)
            }
            _ => None,
        };
        let Some(mut texts) = rows.iter().map(cells).collect::<Option<Vec<_>>>() else {
            return self.list(None, rows, false);
        };
        let columns = texts.iter().map(Vec::len).max().unwrap_or(0);
        if columns.saturating_mul(texts.len()) > MOST_CELLS {
            return self.list(None, rows, false);
        }
        let head = rows.first().is_some_and(|row| {
            matches!(row, Block::Node(_, cells) if cells.iter().all(|c| matches!(c, Block::Node(Kind::Cell(true), _))))
        });
        if !head {
            texts.insert(0, Vec::new());
        }
        for (i, row) in texts.iter().enumerate() {
            let empty = std::iter::repeat_n("", columns - row.len());
            let line: String = row
                .iter()
                .map(String::as_str)
                .chain(empty)
                .map(|text| format!(" {text} |"))
                .collect();
            self.line(&format!("|{}", line.replace(super::escape::GLUE, " ")));
            if i == 0 {
                self.line(&format!("|{}", "---|".repeat(columns)));
            }
        }
    }
}

/// Whether an item needs no empty lines around it: a paragraph, or a paragraph with a tight list.
fn is_tight(item: &Block) -> bool {
    match item {
        Block::Prose(_) => true,
        Block::Node(Kind::Item, inner) => match inner.as_slice() {
            [Block::Prose(_)] => true,
            // A list that does not start with 1 cannot follow a paragraph directly.
            [
                Block::Prose(_),
                Block::Node(Kind::List(None | Some(1)), items),
            ] => items.iter().all(is_tight),
            _ => false,
        },
        _ => false,
    }
}

/// The text of a cell that a table can hold.
fn cell(block: &Block) -> Option<String> {
    match block {
        Block::Node(Kind::Cell(_), inner) => match inner.as_slice() {
            [] => Some(String::new()),
            [Block::Prose(prose)] => Some(render(prose, Place::Cell)),
            _ => None,
        },
        _ => None,
    }
}

/// A sentence as lines.
pub(super) fn sentence(prose: &Prose) -> Vec<String> {
    let mut lines = Vec::new();
    wrap(&render(prose, Place::Paragraph), WIDTH, |line| {
        lines.push(line.to_owned());
    });
    lines
}

/// A sentence as one line without links or emphasis.
pub(super) fn summary(prose: &Prose) -> String {
    let mut summary = String::new();
    wrap(&render(prose, Place::Summary), usize::MAX, |line| {
        summary.push_str(line)
    });
    summary
}

/// All blocks as a part of a line, separated by spaces.
pub(super) fn line(blocks: &[Block]) -> String {
    let mut parts = Vec::new();
    collect_parts(blocks, &mut parts);
    let mut line = String::new();
    wrap(&parts.join(" ").replace('\n', " "), usize::MAX, |text| {
        line.push_str(text)
    });
    line
}

fn collect_parts(blocks: &[Block], parts: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Prose(prose) => parts.push(render(prose, Place::Line)),
            Block::Code(code) => {
                parts.push(crate::text::markdown::code(&code.replace('\n', " ")).to_string())
            }
            Block::Node(_, inner) => collect_parts(inner, parts),
        }
    }
}
