//! HTML -> tree.

use std::collections::HashSet;
use std::rc::Rc;

use super::commonmark;
use super::tokenize::{Token, Tokens, attribute, decode_entities};
use super::tree::{Block, Kind, MAX_DEPTH, Prose, Style, code};

/// The effect of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Paragraph,
    /// A title: a paragraph of strong text.
    Title,
    /// Ends a paragraph and has no other effect.
    Boundary,
    Pre,
    Container(Kind),
    Term,
    Detail,
    Inline(Inline),
    /// Not a tag of HTML or of AWS's documentation.
    Unknown,
}

/// The effect of a tag in a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inline {
    Code,
    Emphasis,
    Strong,
    Link,
    Break,
    /// `10<sup>3</sup>` must not become 103.
    Superscript,
    /// No effect.
    Plain,
}

impl Tag {
    /// Returns the effect of a tag by its name.
    pub(super) fn new(name: &str) -> Tag {
        let mut lower = [0; 12];
        let Some(lower) = lower.get_mut(..name.len()) else {
            return Tag::Unknown;
        };
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        match &*lower {
            b"p" | b"para" => Tag::Paragraph,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"title" | b"fullname" | b"caption" => {
                Tag::Title
            }
            b"div" | b"section" | b"article" | b"header" | b"footer" | b"nav" | b"main"
            | b"center" | b"hr" | b"html" | b"head" | b"body" | b"details" | b"summary"
            | b"figure" | b"figcaption" | b"thead" | b"tbody" | b"tfoot" => Tag::Boundary,
            b"pre" => Tag::Pre,
            b"ul" | b"dl" | b"menu" => Tag::Container(Kind::List(None)),
            b"ol" => Tag::Container(Kind::List(Some(1))),
            b"li" => Tag::Container(Kind::Item),
            b"dt" => Tag::Term,
            b"dd" => Tag::Detail,
            b"blockquote" => Tag::Container(Kind::Quote(None)),
            b"note" => Tag::Container(Kind::Quote(Some("Note"))),
            b"important" => Tag::Container(Kind::Quote(Some("Important"))),
            b"caution" => Tag::Container(Kind::Quote(Some("Caution"))),
            b"warning" => Tag::Container(Kind::Quote(Some("Warning"))),
            b"tip" => Tag::Container(Kind::Quote(Some("Tip"))),
            b"table" => Tag::Container(Kind::Table),
            b"tr" => Tag::Container(Kind::Row),
            b"th" => Tag::Container(Kind::Cell(true)),
            b"td" => Tag::Container(Kind::Cell(false)),
            b"code" | b"tt" | b"samp" | b"kbd" | b"literal" => Tag::Inline(Inline::Code),
            b"i" | b"em" | b"cite" | b"var" | b"dfn" => Tag::Inline(Inline::Emphasis),
            b"b" | b"strong" => Tag::Inline(Inline::Strong),
            b"a" => Tag::Inline(Inline::Link),
            b"br" => Tag::Inline(Inline::Break),
            b"sup" => Tag::Inline(Inline::Superscript),
            b"span" | b"sub" | b"u" | b"s" | b"del" | b"ins" | b"small" | b"big" | b"font"
            | b"q" | b"abbr" | b"img" | b"mark" | b"link" | b"ulink" | b"replaceable" | b"wbr" => {
                Tag::Inline(Inline::Plain)
            }
            _ => Tag::Unknown,
        }
    }

    fn is_block(self) -> bool {
        !matches!(self, Tag::Inline(_) | Tag::Unknown)
    }
}

/// Whether a token starts an element that a paragraph of Markdown cannot hold.
pub(super) fn starts_block(token: Token<'_>) -> bool {
    match token {
        Token::Open { name, .. } | Token::Close { name, .. } => Tag::new(name).is_block(),
        _ => false,
    }
}

/// The numbers of open elements of each style.
#[derive(Clone, Debug, Default)]
pub(super) struct Styles {
    code: u32,
    strong: u32,
    emphasis: u32,
    link: Option<Rc<str>>,
}

impl Styles {
    pub(super) fn style(&self) -> Style {
        Style {
            code: self.code > 0,
            strong: self.strong > 0,
            emphasis: self.emphasis > 0,
            link: self.link.clone(),
        }
    }

    /// Makes text strong, as a title is.
    pub(super) fn open_title(&mut self) {
        self.strong += 1;
    }

    /// Opens or closes so many (emphases, strong emphases).
    pub(super) fn change(&mut self, sign: i32, (emphasis, strong): (u32, u32)) {
        let apply = |open: u32, by: u32| {
            if sign < 0 {
                open.saturating_sub(by)
            } else {
                open + by
            }
        };
        self.emphasis = apply(self.emphasis, emphasis);
        self.strong = apply(self.strong, strong);
    }

    /// Starts a link, or ends it.
    pub(super) fn link_to(&mut self, address: Option<Rc<str>>) {
        self.link = address;
    }

    /// Opens an inline element.
    pub(super) fn open(&mut self, tag: Inline, attributes: &str, prose: &mut Prose) {
        match tag {
            Inline::Code => {
                // Two elements are two code spans, which Markdown cannot tell apart without a
                // space.
                if self.code == 0 && prose.ends_in_code() {
                    prose.push(" ", &Style::default());
                }
                self.code += 1;
            }
            // Markdown has no emphasis within code.
            Inline::Emphasis if self.code == 0 => self.emphasis += 1,
            Inline::Strong if self.code == 0 => self.strong += 1,
            Inline::Link => {
                self.link = attribute(attributes, "href").and_then(|href| web_address(&href))
            }
            Inline::Break => prose.push_break(),
            Inline::Superscript if prose.text().ends_with(|c: char| c.is_alphanumeric()) => {
                prose.push("^", &self.style());
            }
            Inline::Emphasis | Inline::Strong | Inline::Superscript | Inline::Plain => {}
        }
    }

    /// Closes an inline element that was opened in the paragraph.
    pub(super) fn close(&mut self, tag: Inline, outside: &Styles) {
        match tag {
            Inline::Code => self.code = self.code.saturating_sub(1).max(outside.code),
            Inline::Emphasis if self.code == 0 => {
                self.emphasis = self.emphasis.saturating_sub(1).max(outside.emphasis);
            }
            Inline::Strong if self.code == 0 => {
                self.strong = self.strong.saturating_sub(1).max(outside.strong)
            }
            Inline::Link => self.link = None,
            _ => {}
        }
    }
}

/// The names of all end tags, in lower case.
pub(super) fn closed_names(text: &str) -> HashSet<String> {
    let names = Tokens::new(text).filter_map(|token| match token {
        Token::Close { name, .. } => Some(name.to_ascii_lowercase()),
        _ => None,
    });
    names.collect()
}

/// Returns an absolute address. Relative addresses have no base.
pub(super) fn web_address(href: &str) -> Option<Rc<str>> {
    let href = href.trim();
    let starts = |scheme: &str| {
        href.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    if href.starts_with("//") && href.len() > 2 {
        return Some(format!("https:{href}").into());
    }
    ["https://", "http://", "mailto:"]
        .iter()
        .any(|s| starts(s) && href.len() > s.len())
        .then(|| href.into())
}

/// A container that is open.
struct Frame {
    kind: Option<Kind>,
    blocks: Vec<Block>,
    /// The styles outside of it.
    outside: Styles,
}

/// Builds the tree from tokens.
pub(super) struct Builder<'a> {
    text: &'a str,
    frames: Vec<Frame>,
    prose: Prose,
    styles: Styles,
    /// The styles outside of the open paragraph.
    paragraph: Option<Styles>,
    /// The `<pre>` that is open.
    pre: Option<String>,
    /// The names of all end tags in lower case, when they are needed.
    closed: Option<HashSet<String>>,
}

/// The blocks of a documentation text.
pub(super) fn parse(text: &str) -> Vec<Block> {
    let root = Frame {
        kind: None,
        blocks: Vec::new(),
        outside: Styles::default(),
    };
    let mut builder = Builder {
        text,
        frames: vec![root],
        prose: Prose::default(),
        styles: Styles::default(),
        paragraph: None,
        pre: None,
        closed: None,
    };
    builder.run();
    builder.finish()
}

impl<'a> Builder<'a> {
    fn run(&mut self) {
        let mut tokens = Tokens::new(self.text);
        loop {
            // Outside of block elements, the text is CommonMark.
            if self.is_outside() {
                let start = tokens.pos();
                let (blocks, end) = commonmark::parse(self.text, start);
                blocks.into_iter().for_each(|block| self.add(block));
                tokens.seek(end);
            }
            match tokens.next() {
                Some(token) => self.token(token),
                None => break,
            }
        }
    }

    fn is_outside(&self) -> bool {
        self.frames.len() == 1
            && self.paragraph.is_none()
            && self.pre.is_none()
            && self.prose.text().is_empty()
    }

    fn token(&mut self, token: Token<'a>) {
        if self.pre.is_some() {
            return self.preformatted(token);
        }
        match token {
            Token::Text(text) => self.text(&decode_entities(text)),
            Token::Autolink(address) => {
                let link = self.styles.link.replace(address.into());
                self.prose.push(address, &self.styles.style());
                self.styles.link = link;
            }
            Token::Open {
                name,
                attributes,
                empty,
                raw,
            } => match Tag::new(name) {
                Tag::Unknown => self.unknown(name, raw),
                Tag::Inline(Inline::Break) => {
                    self.styles.open(Inline::Break, attributes, &mut self.prose)
                }
                Tag::Inline(tag) if !empty => self.styles.open(tag, attributes, &mut self.prose),
                Tag::Inline(_) => {}
                tag if empty => self.boundary(tag),
                tag => self.open(tag),
            },
            Token::Close { name, raw } => match Tag::new(name) {
                // Unknown tags in code are text.
                Tag::Unknown if self.styles.code > 0 => self.text(raw),
                Tag::Unknown => {}
                Tag::Inline(Inline::Break) => self.prose.push_break(),
                Tag::Inline(tag) => {
                    let frame = self.frames.last().map(|frame| &frame.outside);
                    if let Some(outside) = self.paragraph.as_ref().or(frame) {
                        self.styles.close(tag, outside);
                    }
                }
                tag => self.close(tag),
            },
        }
    }

    /// Appends text. Text between backticks is code.
    fn text(&mut self, text: &str) {
        let mut style = self.styles.style();
        if style.code || !text.contains('`') {
            return self.prose.push(text, &style);
        }
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('`') {
            let fence = 1 + after.bytes().take_while(|&b| b == b'`').count();
            let content = after.get(fence - 1..).unwrap_or_default();
            let closing = content.find('`').filter(|&at| {
                let run = content.bytes().skip(at).take_while(|&b| b == b'`').count();
                run == fence && !content.get(..at).unwrap_or_default().trim().is_empty()
            });
            self.prose.push(before, &style);
            if let Some(at) = closing {
                style.code = true;
                self.prose
                    .push(content.get(..at).unwrap_or_default(), &style);
                style.code = false;
                rest = content.get(at + fence..).unwrap_or_default();
            } else {
                (0..fence).for_each(|_| self.prose.push("`", &style));
                rest = content;
            }
        }
        self.prose.push(rest, &style);
    }

    /// `<bucket>` is a placeholder, but `<replaceable>x</replaceable>` is an unknown element.
    fn unknown(&mut self, name: &str, raw: &str) {
        let text = self.text;
        let closed = self.closed.get_or_insert_with(|| closed_names(text));
        if self.styles.code > 0 || !closed.contains(&name.to_ascii_lowercase()) {
            self.prose.push(raw, &self.styles.style());
        }
    }

    fn preformatted(&mut self, token: Token<'a>) {
        let Some(pre) = &mut self.pre else { return };
        match token {
            Token::Text(text) => pre.push_str(&decode_entities(text)),
            Token::Autolink(address) => pre.push_str(address),
            Token::Open { name, raw, .. } | Token::Close { name, raw } => match Tag::new(name) {
                Tag::Pre if raw.starts_with("</") => self.close(Tag::Pre),
                Tag::Inline(Inline::Break) => pre.push('\n'),
                Tag::Unknown => pre.push_str(raw),
                _ => {}
            },
        }
    }

    /// Handles an empty element, which ends elements that cannot contain it.
    fn boundary(&mut self, tag: Tag) {
        self.end_paragraph();
        if let Tag::Container(Kind::Cell(head)) = tag {
            self.open(Tag::Container(Kind::Cell(head)));
            self.close(Tag::Container(Kind::Cell(head)));
        }
    }

    fn open(&mut self, tag: Tag) {
        self.end_paragraph();
        match tag {
            Tag::Paragraph => self.paragraph = Some(self.styles.clone()),
            Tag::Title => {
                self.paragraph = Some(self.styles.clone());
                self.styles.open_title();
            }
            Tag::Pre => self.pre = Some(String::new()),
            Tag::Container(kind) => self.enter(kind),
            Tag::Term => {
                self.enter(Kind::Item);
                self.paragraph = Some(self.styles.clone());
                self.styles.open_title();
            }
            // A detail is part of the item of its term.
            Tag::Detail if !self.is_within(Kind::Item) => self.enter(Kind::Item),
            Tag::Detail | Tag::Boundary | Tag::Inline(_) | Tag::Unknown => {}
        }
    }

    fn close(&mut self, tag: Tag) {
        if tag == Tag::Pre {
            if let Some(block) = self.pre.take().and_then(|pre| code(&pre)) {
                self.add(block);
            }
            return;
        }
        self.end_paragraph();
        if let Tag::Container(kind) = tag {
            self.leave(kind);
        }
    }

    /// Opens a container. Closes the containers that cannot contain it.
    fn enter(&mut self, kind: Kind) {
        if let Some(parent) = parent_of(kind) {
            while self.is_within(kind) && !self.is_top(parent) {
                self.pop();
            }
            if !self.is_top(parent)
                && matches!(kind, Kind::Row | Kind::Cell(_))
                && !self.is_within(parent)
            {
                self.enter(parent);
            } else if !self.is_top(parent) && kind == Kind::Item {
                self.enter(Kind::List(None));
            }
        }
        if self.frames.len() < MAX_DEPTH {
            let outside = self.styles.clone();
            self.frames.push(Frame {
                kind: Some(kind),
                blocks: Vec::new(),
                outside,
            });
        }
    }

    /// Closes the innermost container of a kind, with all that it contains.
    fn leave(&mut self, kind: Kind) {
        if self.is_within(kind) {
            while !self.is_top(kind) {
                self.pop();
            }
            self.pop();
        }
    }

    fn is_top(&self, kind: Kind) -> bool {
        self.frames
            .last()
            .and_then(|frame| frame.kind)
            .is_some_and(|top| same(top, kind))
    }

    /// Whether a container of a kind is open. For an item or a cell, only the innermost list or
    /// table counts.
    fn is_within(&self, kind: Kind) -> bool {
        for open in self.frames.iter().rev().filter_map(|frame| frame.kind) {
            if same(open, kind) {
                return true;
            }
            let walled = match kind {
                Kind::Item => matches!(open, Kind::List(_)),
                Kind::Row | Kind::Cell(_) => open == Kind::Table,
                _ => false,
            };
            if walled {
                return false;
            }
        }
        false
    }

    fn pop(&mut self) {
        if self.frames.len() > 1
            && let Some(frame) = self.frames.pop()
        {
            self.styles = frame.outside;
            let Some(kind) = frame.kind else { return };
            let node = Block::Node(kind, frame.blocks);
            // An empty cell counts, unless all cells are empty.
            if matches!(kind, Kind::Row | Kind::Cell(_)) || node.has_text() {
                self.add(node);
            }
        }
    }

    fn end_paragraph(&mut self) {
        if let Some(prose) = self.prose.take() {
            self.add(Block::Prose(prose));
        }
        if let Some(outside) = self.paragraph.take() {
            self.styles = outside;
        }
    }

    fn add(&mut self, block: Block) {
        if let Some(frame) = self.frames.last_mut() {
            frame.blocks.push(block);
        }
    }

    fn finish(mut self) -> Vec<Block> {
        if self.pre.is_some() {
            self.close(Tag::Pre);
        }
        self.end_paragraph();
        while self.frames.len() > 1 {
            self.pop();
        }
        self.frames
            .pop()
            .map(|root| root.blocks)
            .unwrap_or_default()
    }
}

/// What directly contains a container of this kind.
fn parent_of(kind: Kind) -> Option<Kind> {
    match kind {
        Kind::Item => Some(Kind::List(None)),
        Kind::Row => Some(Kind::Table),
        Kind::Cell(_) => Some(Kind::Row),
        _ => None,
    }
}

/// Whether an end tag of one kind closes a container of the other.
fn same(a: Kind, b: Kind) -> bool {
    matches!(
        (a, b),
        (Kind::List(_), Kind::List(_)) | (Kind::Cell(_), Kind::Cell(_))
    ) || a == b
}
