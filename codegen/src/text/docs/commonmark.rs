//! CommonMark -> tree: the blocks. What lies within a paragraph is the business of [`inline`].
//!
//! Reads what people write by hand: no indented code (in models, indentation comes from the source
//! that the text was extracted from) and no link definitions.

use super::html::{Styles, starts_block};
use super::inline;
use super::tokenize::Tokens;
use super::tree::{Block, Kind, MAX_DEPTH, code};

/// Where the Markdown that starts at `start` ends, because an HTML block element starts there.
pub(super) fn end_of_markdown(text: &str, start: usize) -> usize {
    let mut tags = Tokens::new(text);
    let mut at = start;
    let mut line_start = text
        .get(..start)
        .is_none_or(|before| before.is_empty() || before.ends_with('\n'));
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if line_start && let Some(len) = fenced_len(rest) {
            at += len;
            continue;
        }
        let Some(found) = rest
            .bytes()
            .position(|b| matches!(b, b'\n' | b'`' | b'<' | b'\\'))
        else {
            break;
        };
        at += found;
        line_start = false;
        at += match text.as_bytes().get(at) {
            Some(b'\n') => {
                line_start = true;
                1
            }
            // `\<p>` is no tag; what is escaped is one byte, or a character that means nothing
            // here.
            Some(b'\\') => {
                1 + text
                    .get(at + 1..at + 2)
                    .map_or(0, |escaped| usize::from(escaped != "\n"))
            }
            Some(b'`') => inline::code_span(text, at).map_or_else(|fence| fence, |(_, len)| len),
            _ => match tags.markup(at) {
                Some((Some(token), _)) if starts_block(token) => return at,
                Some((_, end)) => end - at,
                None => 1,
            },
        };
    }
    text.len()
}

/// Length of the code block that a text starts with, which may be within an item or a quotation.
fn fenced_len(text: &str) -> Option<usize> {
    let marks = |c: char| c.is_ascii_digit() || " \t>-*+.)".contains(c);
    let start = text.trim_start_matches(marks);
    if !start.starts_with("```") && !start.starts_with("~~~") {
        return None;
    }
    Fence::new(start.lines().next()?).map(|fence| fence.len(text))
}

/// The blocks of a text in Markdown.
pub(super) fn parse(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text
        .split('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
        .collect();
    let filled = lines.iter().filter(|line| !line.trim_ascii().is_empty());
    let common = filled.map(|line| indent(line)).min().unwrap_or(0);
    let lines: Vec<&str> = lines.iter().map(|line| dedent(line, common)).collect();
    blocks(&lines, 0)
}

/// What a block parser found, and how many lines it took.
type Found = Option<(Option<Block>, usize)>;

fn blocks(lines: &[&str], depth: usize) -> Vec<Block> {
    let mut found = Vec::new();
    let mut rest = lines;
    while let Some(line) = rest.first() {
        let (block, used) = if line.trim_ascii().is_empty() {
            (None, 1)
        } else if let Some(found) = fence(rest).or_else(|| heading(line)).or_else(|| rule(line)) {
            found
        } else if let Some(found) = container(rest, depth) {
            found
        } else {
            paragraph(rest)
        };
        found.extend(block);
        rest = rest.get(used..).unwrap_or_default();
    }
    found
}

fn container(lines: &[&str], depth: usize) -> Found {
    if depth >= MAX_DEPTH {
        return None;
    }
    quote(lines, depth)
        .or_else(|| list(lines, depth))
        .or_else(|| table(lines))
}

/// Bytes of white space at the start of a line.
fn indent(line: &str) -> usize {
    line.len() - line.trim_ascii_start().len()
}

/// The line with `columns` bytes less white space at its start.
fn dedent(line: &str, columns: usize) -> &str {
    line.get(columns.min(indent(line))..).unwrap_or_default()
}

/// The line, unless it is indented so far that it cannot start a block.
fn starting(line: &str) -> Option<&str> {
    (indent(line) < 4).then(|| line.trim_ascii())
}

/// A fence of a code block.
struct Fence {
    byte: u8,
    width: usize,
    indent: usize,
}

impl Fence {
    fn new(line: &str) -> Option<Fence> {
        let start = starting(line)?;
        let byte = *start
            .as_bytes()
            .first()
            .filter(|b| matches!(b, b'`' | b'~'))?;
        let width = start.bytes().take_while(|&b| b == byte).count();
        let info = start.get(width..)?;
        (width >= 3 && (byte == b'~' || !info.contains('`'))).then(|| Fence {
            byte,
            width,
            indent: indent(line),
        })
    }

    fn is_end(&self, line: &str) -> bool {
        starting(line)
            .is_some_and(|line| line.len() >= self.width && line.bytes().all(|b| b == self.byte))
    }

    /// Length of the code block at the start of a text, with its fences.
    fn len(&self, text: &str) -> usize {
        let mut len = 0;
        for (i, line) in text.split_inclusive('\n').enumerate() {
            len += line.len();
            if i > 0 && self.is_end(line.trim_start_matches([' ', '\t', '>'])) {
                break;
            }
        }
        len
    }
}

fn fence(lines: &[&str]) -> Found {
    let fence = Fence::new(lines.first()?)?;
    let inner = lines.get(1..)?;
    let end = inner
        .iter()
        .position(|line| fence.is_end(line))
        .unwrap_or(inner.len());
    let body: Vec<&str> = inner
        .iter()
        .take(end)
        .map(|line| dedent(line, fence.indent))
        .collect();
    Some((code(&body.join("\n")), (end + 2).min(lines.len())))
}

fn heading(line: &str) -> Found {
    let start = starting(line)?;
    let text = start.trim_start_matches('#');
    let level = start.len() - text.len();
    if !(1..=6).contains(&level) || !(text.is_empty() || text.starts_with([' ', '\t'])) {
        return None;
    }
    let text = text.trim_ascii();
    let open = text.trim_end_matches('#');
    let text = if open.is_empty() || open.ends_with([' ', '\t']) {
        open
    } else {
        text
    };
    Some((prose(text, true), 1))
}

/// `---`, which no text shows.
fn rule(line: &str) -> Found {
    let start = starting(line)?;
    let byte = *start
        .as_bytes()
        .first()
        .filter(|b| matches!(b, b'-' | b'*' | b'_'))?;
    let only = start.bytes().all(|b| b == byte || b == b' ' || b == b'\t');
    (only && start.bytes().filter(|&b| b == byte).count() >= 3).then_some((None, 1))
}

fn prose(text: &str, title: bool) -> Option<Block> {
    let mut styles = Styles::default();
    if title {
        styles.open_title();
    }
    inline::parse(text, styles).map(Block::Prose)
}

fn quote(lines: &[&str], depth: usize) -> Found {
    starting(lines.first()?)?.strip_prefix('>')?;
    let mut inner = Vec::new();
    for line in lines {
        match starting(line).and_then(|start| start.strip_prefix('>')) {
            Some(text) => inner.push(text.strip_prefix(' ').unwrap_or(text)),
            // A paragraph goes on without the mark.
            None if !line.trim_ascii().is_empty() && !interrupts(line) => {
                inner.push(line.trim_ascii())
            }
            None => break,
        }
    }
    Some((
        node(Kind::Quote(None), blocks(&inner, depth + 1)),
        inner.len(),
    ))
}

fn node(kind: Kind, blocks: Vec<Block>) -> Option<Block> {
    (!blocks.is_empty()).then_some(Block::Node(kind, blocks))
}

/// The mark of a list item.
struct Marker {
    number: Option<u32>,
    /// The last byte; lists of different marks are different lists.
    mark: u8,
    /// Where the content starts.
    content: usize,
    empty: bool,
}

fn marker(line: &str) -> Option<Marker> {
    let start = starting(line)?;
    let digits = start.bytes().take_while(u8::is_ascii_digit).count();
    let mark = *start.as_bytes().get(digits)?;
    let known = if digits == 0 {
        matches!(mark, b'-' | b'*' | b'+')
    } else {
        matches!(mark, b'.' | b')')
    };
    let after = start.get(digits + 1..)?;
    if !known
        || digits > 9
        || !(after.is_empty() || after.starts_with([' ', '\t']))
        || rule(line).is_some()
    {
        return None;
    }
    let number = start.get(..digits).and_then(|number| number.parse().ok());
    // Five spaces and more would be indented code after one space.
    let space = Some(indent(after))
        .filter(|space| (1..5).contains(space))
        .unwrap_or(1);
    Some(Marker {
        number,
        mark,
        content: indent(line) + digits + 1 + space,
        empty: after.is_empty(),
    })
}

fn list(lines: &[&str], depth: usize) -> Found {
    let first = marker(lines.first()?)?;
    let mut items = Vec::new();
    let mut used = 0;
    loop {
        let rest = lines.get(used..).unwrap_or_default();
        let blank = rest
            .iter()
            .take_while(|line| line.trim_ascii().is_empty())
            .count();
        let Some(next) = rest.get(blank).and_then(|line| marker(line)) else {
            break;
        };
        if next.mark != first.mark {
            break;
        }
        used += blank;
        let (item, len) = item(lines.get(used..).unwrap_or_default(), &next, depth);
        items.extend(node(Kind::Item, item));
        used += len;
    }
    Some((node(Kind::List(first.number), items), used))
}

fn item(lines: &[&str], marker: &Marker, depth: usize) -> (Vec<Block>, usize) {
    let mut inner: Vec<&str> = Vec::new();
    let mut used = 0;
    for (i, line) in lines.iter().enumerate() {
        let blank = line.trim_ascii().is_empty();
        let after_blank = inner.last().is_none_or(|line| line.trim_ascii().is_empty());
        if i == 0 {
            inner.push(line.get(marker.content..).unwrap_or_default());
        } else if blank {
            inner.push("");
        } else if indent(line) >= marker.content {
            inner.push(dedent(line, marker.content));
        } else if !after_blank && !interrupts(line) && self::marker(line).is_none() {
            inner.push(line.trim_ascii());
        } else {
            break;
        }
        if !blank {
            used = i + 1;
        }
    }
    inner.truncate(used.max(1));
    (blocks(&inner, depth + 1), used.max(1))
}

/// Whether a line ends the paragraph before it.
fn interrupts(line: &str) -> bool {
    let list = |marker: Marker| !marker.empty && marker.number.is_none_or(|number| number == 1);
    starting(line).is_some_and(|start| start.starts_with('>'))
        || Fence::new(line).is_some()
        || heading(line).is_some()
        || rule(line).is_some()
        || marker(line).is_some_and(list)
}

fn paragraph(lines: &[&str]) -> (Option<Block>, usize) {
    let mut text = String::new();
    for (i, line) in lines.iter().enumerate() {
        let start = line.trim_ascii_start();
        let underline = starting(line).filter(|line| !line.is_empty());
        if i > 0
            && underline
                .is_some_and(|u| u.bytes().all(|b| b == b'=') || u.bytes().all(|b| b == b'-'))
        {
            return (prose(&text, true), i + 1);
        }
        if i > 0 && (start.is_empty() || interrupts(line)) {
            return (prose(&text, false), i);
        }
        if i > 0 {
            text.push('\n');
        }
        text.push_str(start);
    }
    (prose(&text, false), lines.len())
}

fn table(lines: &[&str]) -> Found {
    let head = starting(lines.first()?).filter(|line| line.contains('|'))?;
    let rule = starting(lines.get(1)?).filter(|line| line.contains('-'))?;
    let columns = cells(rule);
    let is_rule =
        |cell: &String| cell.contains('-') && cell.bytes().all(|b| matches!(b, b'-' | b':'));
    if !columns.iter().all(is_rule) || columns.len() != cells(head).len() {
        return None;
    }
    let body = lines
        .iter()
        .skip(2)
        .take_while(|line| !line.trim_ascii().is_empty() && !interrupts(line));
    let used = 2 + body.clone().count();
    let rows = std::iter::once(&head).chain(body).enumerate();
    let rows = rows.filter_map(|(i, line)| {
        let cells = cells(line).into_iter();
        let cells = cells.map(|text| {
            Block::Node(
                Kind::Cell(i == 0),
                prose(&text, false).into_iter().collect(),
            )
        });
        node(Kind::Row, cells.take(columns.len()).collect())
    });
    Some((
        node(Kind::Table, rows.collect()).filter(Block::says_something),
        used,
    ))
}

/// The texts between the bars of a line.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim_ascii();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in line.chars() {
        if let Some(cell) = cells.last_mut() {
            match c {
                // `\|` is a bar, in code as well.
                '|' if escaped => {
                    cell.pop();
                    cell.push('|');
                }
                '|' => cells.push(String::new()),
                c => cell.push(c),
            }
        }
        escaped = c == '\\' && !escaped;
    }
    if cells
        .last()
        .is_some_and(|cell| cell.trim_ascii().is_empty())
        && cells.len() > 1
    {
        cells.pop();
    }
    cells
        .iter()
        .map(|cell| cell.trim_ascii().to_owned())
        .collect()
}
