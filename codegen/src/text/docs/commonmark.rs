//! CommonMark -> tree, with pulldown-cmark.
//!
//! CommonMark recognizes fewer HTML tags than models contain, and passes them on as text. [`Source`]
//! therefore replaces each tag by a mark, which is a word to the parser, and [`Builder`] puts the
//! tag back. A mark is a number between [`START`] and [`END`].

use super::html::{Inline, Styles, Tag, closed_names, starts_block, web_address};
use super::tokenize::{Token, Tokens, decode_entities};
use super::tree::{Block, Kind, MAX_DEPTH, Prose, code};
use super::verbatim;
use pulldown_cmark::{self as cmark, CodeBlockKind, Event, Options, Parser, TagEnd};
use std::collections::HashSet;
use std::rc::Rc;

/// Starts a mark. The comma is punctuation, as `<` is, which decides what `*` and `_` do beside it.
const START: &str = ",\u{fdd0}";
const END: &str = "\u{fdd0},";
/// No text contains it, since it is removed from the input.
const NONCHARACTER: char = '\u{fdd0}';

/// The blocks of the Markdown that starts at `start`, and where it ends: at an HTML element that is
/// a block, or at the end of the text.
pub(super) fn parse(text: &str, start: usize) -> (Vec<Block>, usize) {
    let source = Source::read(text, start);
    let closed = closed_names(text.get(start..source.end).unwrap_or_default());
    let html = Html {
        tags: &source.tags,
        closed: &closed,
    };
    (blocks(&dedent(&source.markdown), html, 0), source.end)
}

/// Markdown whose HTML tags are replaced by marks.
struct Source<'a> {
    markdown: String,
    /// The tags by the numbers of their marks. A `<code>` element is one entry, so that its content
    /// is not Markdown.
    tags: Vec<&'a str>,
    end: usize,
}

impl<'a> Source<'a> {
    fn read(text: &'a str, start: usize) -> Self {
        let mut source = Self {
            markdown: String::new(),
            tags: Vec::new(),
            end: start,
        };
        let mut tokens = Tokens::new(text);
        while let Some(rest) = text.get(source.end..).filter(|rest| !rest.is_empty()) {
            let verbatim = source.verbatim(text, rest);
            source.copy(text, verbatim);
            if verbatim > 0 {
                continue;
            }
            // A `<`.
            match tokens.markup(source.end) {
                Some((Some(token), _)) if starts_block(token) => break,
                Some((Some(token), end)) => {
                    let end = if is_code(token) {
                        end_of_code(text, end)
                    } else {
                        end
                    };
                    source.mark(text, end);
                }
                Some((None, end)) => source.end = end,
                None => {
                    source.markdown.push('\\');
                    source.copy(text, 1);
                }
            }
        }
        source
    }

    /// The number of bytes up to the next `<` outside of code.
    fn verbatim(&self, text: &str, rest: &str) -> usize {
        let before = text.get(..self.end).unwrap_or_default();
        if (before.is_empty() || before.ends_with('\n'))
            && let Some(len) = verbatim::block_len(rest)
        {
            return len;
        }
        match rest
            .bytes()
            .position(|b| matches!(b, b'\n' | b'`' | b'<' | b'\\'))
        {
            None => rest.len(),
            Some(0) => match rest.as_bytes() {
                [b'`', ..] => verbatim::span_len(rest),
                // A character of several bytes needs no escape.
                [b'\\', escaped, ..] if escaped.is_ascii() && *escaped != b'\n' => 2,
                [b'<', ..] => 0,
                _ => 1,
            },
            Some(len) => len,
        }
    }

    fn copy(&mut self, text: &str, len: usize) {
        let copied = text.get(self.end..self.end + len).unwrap_or_default();
        self.markdown
            .extend(copied.chars().filter(|&c| c != NONCHARACTER));
        self.end += len;
    }

    /// Replaces the text up to `end` by a mark.
    fn mark(&mut self, text: &'a str, end: usize) {
        let number = self.tags.len();
        self.markdown.push_str(&format!("{START}{number}{END}"));
        self.tags.push(text.get(self.end..end).unwrap_or_default());
        self.end = end;
    }
}

fn is_code(token: Token<'_>) -> bool {
    matches!(token, Token::Open { name, empty: false, .. } if Tag::new(name) == Tag::Inline(Inline::Code))
}

/// The end of the `<code>` element whose content starts at `start`. It ends before a block and at
/// the end of a paragraph, even if its end tag is missing.
fn end_of_code(text: &str, start: usize) -> usize {
    let mut tokens = Tokens::new(text);
    tokens.seek(start);
    let mut open = 1_usize;
    let mut end = start;
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(content) => {
                if let Some(at) = blank_line(content) {
                    return end + at;
                }
            }
            token if starts_block(token) => return end,
            token if is_code(token) => open += 1,
            Token::Close { name, .. } if Tag::new(name) == Tag::Inline(Inline::Code) => open -= 1,
            _ => {}
        }
        end = tokens.pos();
        if open == 0 {
            break;
        }
    }
    end
}

/// The position of the line end before the first empty line.
fn blank_line(text: &str) -> Option<usize> {
    let mut ends = text.match_indices('\n').peekable();
    while let Some((end, _)) = ends.next() {
        let &(next, _) = ends.peek()?;
        if text.get(end..next)?.trim_ascii().is_empty() {
            return Some(end);
        }
    }
    None
}

/// The text without the indentation that all of its lines have. In models, it comes from the source
/// that the text was extracted from.
fn dedent(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_ascii_start().len();
    let filled = text.lines().filter(|line| !line.trim_ascii().is_empty());
    let common = filled.map(indent).min().unwrap_or(0);
    let lines: Vec<&str> = text
        .lines()
        .map(|line| line.get(common.min(indent(line))..).unwrap_or_default())
        .collect();
    lines.join("\n")
}

/// The HTML of a text.
#[derive(Clone, Copy)]
struct Html<'a> {
    tags: &'a [&'a str],
    /// The names of all end tags, in lower case.
    closed: &'a HashSet<String>,
}

impl<'a> Html<'a> {
    /// The parts of a text: text, and the numbers of tags.
    fn parts<'t>(self, text: &'t str) -> impl Iterator<Item = Part<'a, 't>> {
        text.split(START).enumerate().flat_map(move |(i, part)| {
            let (html, text) = match part.split_once(END).filter(|_| i > 0) {
                Some((number, text)) => (number.parse::<usize>().ok(), text),
                None => (None, part),
            };
            let html = html.and_then(|number| self.tags.get(number));
            html.map(|html| Part::Html(html))
                .into_iter()
                .chain([Part::Text(text)])
        })
    }

    fn is_closed(self, name: &str) -> bool {
        self.closed.contains(&name.to_ascii_lowercase())
    }

    /// The text with the tags in the places of their marks.
    fn restore(self, text: &str) -> String {
        self.parts(text)
            .map(|part| match part {
                Part::Text(text) => text,
                Part::Html(html) => html,
            })
            .collect()
    }
}

enum Part<'a, 't> {
    Text(&'t str),
    Html(&'a str),
}

fn blocks(markdown: &str, html: Html<'_>, depth: usize) -> Vec<Block> {
    let mut builder = Builder {
        html,
        depth,
        frames: vec![(None, Vec::new())],
        ignored: 0,
        prose: Prose::default(),
        styles: Styles::default(),
        links: Vec::new(),
        code: None,
        in_head: false,
    };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        builder.event(event);
    }
    builder.end_prose();
    let root = builder.frames.into_iter().next();
    root.map(|(_, blocks)| blocks).unwrap_or_default()
}

struct CodeBlock {
    text: String,
    indented: bool,
}

/// Builds the tree from the events of the parser.
struct Builder<'a> {
    html: Html<'a>,
    depth: usize,
    /// The open containers. The first is the root.
    frames: Vec<(Option<Kind>, Vec<Block>)>,
    /// The number of open containers that nest too deep to be in `frames`.
    ignored: usize,
    prose: Prose,
    styles: Styles,
    /// The addresses of the open links.
    links: Vec<Option<Rc<str>>>,
    /// The open code block.
    code: Option<CodeBlock>,
    /// Whether the open row is the head of a table.
    in_head: bool,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.text.push_str(&text),
                None => self.text(&text),
            },
            Event::Code(text) => {
                self.styles.open(Inline::Code, "", &mut self.prose);
                self.prose
                    .push(&self.html.restore(&text), &self.styles.style());
                self.styles.close(Inline::Code, &Styles::default());
            }
            Event::SoftBreak => self.prose.push(" ", &self.styles.style()),
            Event::HardBreak => self.prose.push_break(),
            Event::Rule => self.end_prose(),
            // Tags are marks, so that this is text.
            Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            // Their extensions are not enabled.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&text);
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: cmark::Tag<'_>) {
        match tag {
            cmark::Tag::Heading { .. } => {
                self.end_prose();
                self.styles.open_title();
            }
            cmark::Tag::CodeBlock(kind) => {
                self.end_prose();
                self.code = Some(CodeBlock {
                    text: String::new(),
                    indented: kind == CodeBlockKind::Indented,
                });
            }
            cmark::Tag::BlockQuote(_) => self.enter(Kind::Quote(None)),
            cmark::Tag::List(start) => {
                let start = start.map(|start| u32::try_from(start).unwrap_or(1));
                self.enter(Kind::List(start));
            }
            cmark::Tag::Item => self.enter(Kind::Item),
            cmark::Tag::Table(_) => self.enter(Kind::Table),
            cmark::Tag::TableHead => {
                self.in_head = true;
                self.enter(Kind::Row);
            }
            cmark::Tag::TableRow => self.enter(Kind::Row),
            cmark::Tag::TableCell => self.enter(Kind::Cell(self.in_head)),
            cmark::Tag::Emphasis => self.styles.change(1, (1, 0)),
            cmark::Tag::Strong => self.styles.change(1, (0, 1)),
            cmark::Tag::Link { dest_url, .. } | cmark::Tag::Image { dest_url, .. } => {
                self.open_link(&dest_url);
            }
            _ => self.end_prose(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::Table
            | TagEnd::TableRow
            | TagEnd::TableCell => self.leave(),
            TagEnd::TableHead => {
                self.leave();
                self.in_head = false;
            }
            TagEnd::Emphasis => self.styles.change(-1, (1, 0)),
            TagEnd::Strong => self.styles.change(-1, (0, 1)),
            TagEnd::Link | TagEnd::Image => self.close_link(),
            _ => self.end_prose(),
        }
    }

    fn text(&mut self, text: &str) {
        for part in self.html.parts(text) {
            match part {
                Part::Text(text) => self.prose.push(text, &self.styles.style()),
                Part::Html(html) => Tokens::new(html).for_each(|token| self.token(token)),
            }
        }
    }

    /// A token of HTML within a paragraph.
    fn token(&mut self, token: Token<'_>) {
        match token {
            Token::Text(text) => self
                .prose
                .push(&decode_entities(text), &self.styles.style()),
            Token::Autolink(address) => {
                self.open_link(address);
                self.prose.push(address, &self.styles.style());
                self.close_link();
            }
            Token::Open {
                name,
                attributes,
                empty,
                raw,
            } => match Tag::new(name) {
                Tag::Inline(Inline::Break) => self.prose.push_break(),
                Tag::Inline(tag) if !empty => self.styles.open(tag, attributes, &mut self.prose),
                // `<bucket>` is a placeholder, unless `</bucket>` follows.
                Tag::Unknown if self.is_in_code() || !self.html.is_closed(name) => {
                    self.prose.push(raw, &self.styles.style());
                }
                _ => {}
            },
            Token::Close { name, raw } => match Tag::new(name) {
                Tag::Inline(Inline::Break) => self.prose.push_break(),
                Tag::Inline(tag) => self.styles.close(tag, &Styles::default()),
                Tag::Unknown if self.is_in_code() => self.prose.push(raw, &self.styles.style()),
                _ => {}
            },
        }
    }

    fn is_in_code(&self) -> bool {
        self.styles.style().code
    }

    fn open_link(&mut self, address: &str) {
        // An address in `<` and `>` looks like an autolink, so that it is a mark.
        let address = self.html.restore(address);
        let address = web_address(address.trim_matches(['<', '>']));
        self.links.push(address.clone());
        self.styles.link_to(address);
    }

    /// Closes the innermost link. An image can be within a link.
    fn close_link(&mut self) {
        self.links.pop();
        self.styles
            .link_to(self.links.last().cloned().unwrap_or_default());
    }

    fn end_prose(&mut self) {
        self.styles = Styles::default();
        if let Some(prose) = self.prose.take() {
            self.add(Block::Prose(prose));
        }
    }

    /// An indented block is not code: in models, indentation comes from the source that the text
    /// was extracted from.
    fn end_code(&mut self) {
        let Some(block) = self.code.take() else {
            return;
        };
        if block.indented && self.depth < MAX_DEPTH {
            for block in blocks(&dedent(&block.text), self.html, self.depth + 1) {
                self.add(block);
            }
        } else if let Some(block) = code(&self.html.restore(&block.text)) {
            self.add(block);
        }
    }

    fn enter(&mut self, kind: Kind) {
        self.end_prose();
        if self.frames.len() <= MAX_DEPTH {
            self.frames.push((Some(kind), Vec::new()));
        } else {
            self.ignored += 1;
        }
    }

    fn leave(&mut self) {
        self.end_prose();
        if self.ignored > 0 {
            self.ignored -= 1;
        } else if let Some((Some(kind), blocks)) = self.frames.pop() {
            let node = Block::Node(kind, blocks);
            // An empty cell counts, unless all cells are empty.
            if matches!(kind, Kind::Row | Kind::Cell(_)) || node.has_text() {
                self.add(node);
            }
        }
    }

    fn add(&mut self, block: Block) {
        if let Some((_, blocks)) = self.frames.last_mut() {
            blocks.push(block);
        }
    }
}
