//! Prose -> inline Markdown.
//!
//! In the result, a space is a possible line end, [`GLUE`] is a space that is not, and `\n` is a
//! line break.

use super::tokenize::{MAX_ADDRESS, head};
use super::tree::{Prose, Style};
use crate::text::invisible::is_invisible;

/// A space at which a line must not end.
pub(super) const GLUE: char = '\u{1f}';

/// The context of inline Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Paragraph,
    /// A cell of a table, which a bar or a line break would end.
    Cell,
    /// A summary: one line without links and emphasis.
    Summary,
    /// A part of a line. No delimiter in it pairs with one of the surrounding text.
    Line,
    /// The same without links and emphasis, so that it can be the text of a link.
    Plain,
}

impl Place {
    /// Whether links and emphasis are omitted.
    fn is_bare(self) -> bool {
        matches!(self, Place::Summary | Place::Plain)
    }

    /// Whether unknown text surrounds it.
    fn is_part(self) -> bool {
        matches!(self, Place::Line | Place::Plain)
    }
}

/// The emphasis of a piece of prose. Strong text contains no further emphasis, because `***` is
/// hard to read and parsers disagree about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weight {
    Normal,
    Emphasis,
    Strong,
}

impl Weight {
    fn of(style: &Style) -> Weight {
        match (style.strong, style.emphasis) {
            (true, _) => Weight::Strong,
            (_, true) => Weight::Emphasis,
            _ => Weight::Normal,
        }
    }

    fn mark(self) -> &'static str {
        match self {
            Weight::Normal => "",
            Weight::Emphasis => "*",
            Weight::Strong => "**",
        }
    }
}

type Piece<'a> = (&'a str, &'a Style);

/// The Markdown of a prose.
pub(super) fn render(prose: &Prose, place: Place) -> String {
    let pieces: Vec<Piece<'_>> = prose.pieces().collect();
    let mut writer = Writer {
        out: String::with_capacity(prose.text().len() + prose.text().len() / 8),
        place,
        pairs: if place.is_part() {
            Pairs::ALL
        } else {
            Pairs::of(&pieces)
        },
        in_link: false,
        after_mark: false,
        after_code: false,
        next: ' ',
    };
    writer.links(&pieces);
    writer.out
}

/// The delimiters that occur at least twice, so that they could form a pair.
struct Pairs {
    star: bool,
    underscore: bool,
    tilde: bool,
}

impl Pairs {
    const ALL: Pairs = Pairs {
        star: true,
        underscore: true,
        tilde: true,
    };

    fn of(pieces: &[Piece<'_>]) -> Pairs {
        let marks = pieces
            .iter()
            .any(|(_, style)| style.strong || style.emphasis);
        let [mut stars, mut underscores, mut tildes] = [0_u32; 3];
        for (text, _) in pieces.iter().filter(|(_, style)| !style.code) {
            for b in text.bytes() {
                stars += u32::from(b == b'*');
                underscores += u32::from(b == b'_');
                tildes += u32::from(b == b'~');
            }
        }
        Pairs {
            star: marks || stars > 1,
            underscore: underscores > 1,
            tilde: tildes > 1,
        }
    }
}

struct Writer {
    out: String,
    place: Place,
    pairs: Pairs,
    in_link: bool,
    /// The text ends with a closing delimiter, which a further delimiter would extend.
    after_mark: bool,
    /// The text ends with a code span.
    after_code: bool,
    /// The character that follows what is being written.
    next: char,
}

impl Writer {
    fn links(&mut self, pieces: &[Piece<'_>]) {
        let mut rest = pieces;
        while let Some((_, first)) = rest.first() {
            let link = first.link.as_deref().filter(|_| !self.place.is_bare());
            let len = rest
                .iter()
                .take_while(|(_, style)| style.link == first.link)
                .count();
            let (group, after) = rest.split_at_checked(len).unwrap_or((rest, &[]));
            self.next = opening(after, false);
            match link {
                Some(address) => self.link(group, address),
                None => self.weights(group),
            }
            rest = after;
        }
    }

    fn link(&mut self, group: &[Piece<'_>], address: &str) {
        let next = self.next;
        let text = group.iter().map(|(text, _)| *text).collect::<String>();
        if text.starts_with([' ', '\n']) {
            self.space();
        }
        let trimmed = text.trim_matches([' ', '\n']);
        if trimmed.is_empty() {
            return;
        }
        if trimmed == address && is_autolink(address) {
            self.raw("<");
            self.raw(address);
            self.raw(">");
        } else {
            self.raw("[");
            self.in_link = true;
            self.next = ']';
            self.weights(&trim(group));
            self.in_link = false;
            self.raw("](");
            self.address(address);
            self.raw(")");
        }
        self.next = next;
        if text.ends_with([' ', '\n']) {
            self.space();
        }
    }

    /// The target of a link, in the form without angle brackets.
    fn address(&mut self, address: &str) {
        for c in address.chars() {
            match c {
                ' ' | '(' | ')' | '<' | '>' | '\\' | '`' | '|' | '"' => {
                    self.out.push_str(&format!("%{:02X}", u32::from(c)));
                }
                '&' => self.out.push_str("\\&"),
                c if is_invisible(c) || c.is_whitespace() => {}
                c => self.out.push(c),
            }
        }
    }

    fn weights(&mut self, pieces: &[Piece<'_>]) {
        let after = self.next;
        let mut rest = pieces;
        while let Some((_, first)) = rest.first() {
            let weight = Weight::of(first);
            let len = rest
                .iter()
                .take_while(|(_, style)| Weight::of(style) == weight)
                .count();
            let (group, tail) = rest.split_at_checked(len).unwrap_or((rest, &[]));
            self.next = if tail.is_empty() {
                after
            } else {
                opening(tail, self.in_link)
            };
            if weight == Weight::Normal || self.place.is_bare() {
                self.spans(group);
            } else {
                self.weighty(group, weight);
            }
            rest = tail;
        }
        self.next = after;
    }

    /// Writes emphasis, if CommonMark allows it to start and end at these characters.
    fn weighty(&mut self, group: &[Piece<'_>], weight: Weight) {
        let blank = [' ', '\n'];
        let leads = group
            .first()
            .is_some_and(|(text, _)| text.starts_with(blank));
        let trails = group.last().is_some_and(|(text, _)| text.ends_with(blank));
        let mut inner = trim(group);
        let rest = if trails {
            ""
        } else {
            cut_punctuation(&mut inner, self.next)
        };
        let next = if trails {
            ' '
        } else {
            rest.chars().next().unwrap_or(self.next)
        };
        let before = if leads {
            ' '
        } else {
            self.out.chars().next_back().unwrap_or(' ')
        };
        let fit =
            edges(&inner).is_some_and(|(first, last)| fits(first, before) && fits(last, next));
        if !fit || (self.after_mark && !leads) {
            return self.spans(group);
        }
        if leads {
            self.space();
        }
        let follows = std::mem::replace(&mut self.next, '*');
        self.raw(weight.mark());
        self.spans(&inner);
        self.raw(weight.mark());
        self.after_mark = true;
        self.next = follows;
        if !rest.is_empty() {
            self.text(rest);
        }
        if trails {
            self.space();
        }
    }

    fn spans(&mut self, pieces: &[Piece<'_>]) {
        let after = self.next;
        for (i, (text, style)) in pieces.iter().enumerate() {
            let tail = pieces.get(i + 1..).unwrap_or_default();
            self.next = if tail.is_empty() {
                after
            } else {
                opening(tail, self.in_link)
            };
            if style.code {
                self.code(text);
            } else {
                self.text(text);
            }
        }
        self.next = after;
    }

    fn raw(&mut self, text: &str) {
        self.out.push_str(text);
        self.after_mark = false;
        self.after_code = false;
    }

    fn space(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with([' ', '\n']) {
            self.raw(" ");
        }
    }

    fn line_break(&mut self) {
        if self.place == Place::Paragraph {
            if self.out.ends_with(' ') {
                self.out.pop();
            }
            self.raw("\n");
        } else {
            self.space();
        }
    }

    /// A code span; a line break within ends it and begins another.
    fn code(&mut self, text: &str) {
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                self.line_break();
            }
            if line.starts_with(' ') {
                self.space();
            }
            let content = line.trim_matches(' ');
            if !content.is_empty() {
                self.code_span(content);
            }
            if line.ends_with(' ') {
                self.space();
            }
        }
    }

    fn code_span(&mut self, content: &str) {
        // A backslash before a bar would be ambiguous, so none remains.
        if self.place == Place::Cell && content.contains("\\|") {
            return self.text(content);
        }
        let runs = content.split(|c| c != '`').map(str::len);
        let fence = if content.contains('`') {
            unused(runs)
        } else {
            1
        };
        // A backtick at the edge, and the fence of another span, must not join the fence.
        if self.after_code {
            self.space();
        }
        let pad = content.starts_with('`') || content.ends_with('`');
        (0..fence).for_each(|_| self.raw("`"));
        if pad {
            self.out.push(GLUE);
        }
        for c in content.chars() {
            match c {
                ' ' => self.out.push(GLUE),
                '|' if self.place == Place::Cell => self.out.push_str("\\|"),
                c => self.out.push(c),
            }
        }
        if pad {
            self.out.push(GLUE);
        }
        (0..fence).for_each(|_| self.raw("`"));
        self.after_code = true;
    }

    /// Writes text, with a backslash before each character that would be markup at its position.
    fn text(&mut self, text: &str) {
        let mut at = 0;
        // Only here can two spaces meet, because prose has no double spaces.
        if text.starts_with(' ') {
            self.space();
            at = 1;
        }
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let plain = rest.bytes().position(is_special).unwrap_or(rest.len());
            if plain > 0 {
                self.raw(rest.get(..plain).unwrap_or_default());
                at += plain;
            }
            at += match rest.as_bytes().get(plain) {
                Some(b':') => self.url(text, at),
                Some(b'\n') => {
                    self.line_break();
                    1
                }
                Some(&byte) => self.special(text, at, byte),
                None => 0,
            };
        }
    }

    /// The character after the text, as far as it may be a part of an entity.
    fn after_text(&self) -> char {
        if self.place.is_part() { ';' } else { self.next }
    }

    /// A run of one special character.
    fn special(&mut self, text: &str, at: usize, byte: u8) -> usize {
        let rest = text.get(at..).unwrap_or_default();
        let run = rest.bytes().take_while(|&b| b == byte).count();
        let before = text
            .get(..at)
            .and_then(|text| text.chars().next_back())
            .or(self.out.chars().next_back());
        let after = rest
            .get(run..)
            .and_then(|rest| rest.chars().next())
            .unwrap_or(self.next);
        let before = before.unwrap_or(' ');
        // A line break is written as a backslash.
        let apart = !self.place.is_part()
            && run == 1
            && before.is_whitespace()
            && after.is_whitespace()
            && after != '\n';
        let within = before.is_alphanumeric() && after.is_alphanumeric();
        let escape = match byte {
            b'*' => self.pairs.star && !apart,
            b'_' => self.pairs.underscore && !apart && !within,
            b'~' => self.pairs.tilde && !apart,
            b'`' | b'[' => true,
            b']' => self.in_link || self.place == Place::Plain,
            // `!` before a link would make it an image.
            b'!' => after == '[' && rest.len() == run,
            b'|' => self.place == Place::Cell,
            b'<' => {
                run > 1
                    || after.is_ascii_alphabetic()
                    || matches!(after, '/' | '!' | '?')
                    || rest.len() == run
            }
            b'&' => after == '#' || entity_like(rest.trim_start_matches('&'), self.after_text()),
            // An address that follows may begin with `<`.
            b'\\' if rest.get(run..).is_some_and(|rest| rest.starts_with("http")) => true,
            b'\\' => {
                run > 1
                    || after.is_ascii_punctuation()
                    || after.is_whitespace()
                    || rest.len() == run
            }
            _ => false,
        };
        for i in 0..run {
            // rustdoc converts `--` to a dash, which breaks `--option`.
            if escape || (byte == b'-' && (i + 1 < run || (after == '-' && i + 1 == run))) {
                self.raw("\\");
            }
            self.raw(rest.get(i..=i).unwrap_or_default());
        }
        run
    }

    /// The address that contains the colon at `at`, if there is one. rustdoc warns about addresses
    /// without brackets.
    fn url(&mut self, text: &str, at: usize) -> usize {
        let rest = text.get(at..).unwrap_or_default();
        let scheme = ["https", "http"]
            .into_iter()
            .find(|scheme| !self.in_link && self.out.ends_with(scheme));
        let Some(scheme) =
            scheme.filter(|_| rest.starts_with("://") || rest == ":/" || rest == ":")
        else {
            self.raw(":");
            return 1;
        };
        let rest = head(rest, MAX_ADDRESS);
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '"' | '`' | '“' | '”' | '‘' | '’'));
        let tail = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        let tail = tail.get(..url_len(tail)).unwrap_or_default();
        if !tail.contains('.') {
            // The next piece can complete an address.
            self.raw(if end.is_none() { "\\:" } else { ":" });
            return 1;
        }
        self.out.truncate(self.out.len() - scheme.len());
        self.after_code = at <= scheme.len() && self.out.ends_with('`');
        if self.place.is_bare() || !is_autolink(tail) {
            self.code_span(&format!("{scheme}{tail}"));
        } else {
            self.raw(&format!("<{scheme}{tail}>"));
        }
        tail.len()
    }
}

/// Bytes that [`Writer::text`] looks at.
fn is_special(b: u8) -> bool {
    matches!(
        b,
        b'\n'
            | b':'
            | b'!'
            | b'*'
            | b'_'
            | b'~'
            | b'`'
            | b'['
            | b']'
            | b'|'
            | b'<'
            | b'&'
            | b'\\'
            | b'-'
    )
}

/// Whether text after `&` would be an entity, given the character that follows the text.
fn entity_like(text: &str, next: char) -> bool {
    let name = text
        .bytes()
        .take(40)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    match text.as_bytes().get(name) {
        Some(&b) => name > 0 && b == b';',
        None => next == ';' || next.is_ascii_alphanumeric(),
    }
}

/// Whether an address is valid between angle brackets. An address with placeholders is not.
fn is_autolink(address: &str) -> bool {
    !address.contains(|c: char| c.is_whitespace() || is_invisible(c) || "<>{}[]|\\^`*".contains(c))
}

/// The length of an address without the punctuation of its sentence.
fn url_len(text: &str) -> usize {
    let mut end = text.len();
    while let Some(last) = text.get(..end).and_then(|text| text.chars().next_back()) {
        let inner = text.get(..end - last.len_utf8()).unwrap_or_default();
        let opened = |open: char| inner.matches(open).count() > inner.matches(last).count();
        let keep = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '…' => false,
            ')' => opened('('),
            ']' => opened('['),
            '}' => opened('{'),
            '>' => opened('<'),
            _ => true,
        };
        if keep {
            break;
        }
        end = inner.len();
    }
    end
}

/// The smallest length above zero that does not occur.
fn unused(lens: impl Iterator<Item = usize>) -> usize {
    let mut seen: Vec<usize> = lens.collect();
    seen.sort_unstable();
    seen.dedup();
    (1..)
        .find(|len| seen.binary_search(len).is_err())
        .unwrap_or(1)
}

/// Removes punctuation at the end if a word follows: emphasis does not end in `**Note:**the`, but
/// in `**Note**:the`.
fn cut_punctuation<'a>(pieces: &mut [Piece<'a>], next: char) -> &'a str {
    let Some((text, _)) = pieces
        .last_mut()
        .filter(|(_, style)| !style.code && next.is_alphanumeric())
    else {
        return "";
    };
    let kept = text
        .trim_end_matches(|c: char| c.is_ascii_punctuation())
        .len();
    let (head, tail) = text.split_at_checked(kept).unwrap_or((text, ""));
    *text = head;
    tail
}

/// The first and the last character as they are written; code and addresses get punctuation around
/// them.
fn edges(pieces: &[Piece<'_>]) -> Option<(char, char)> {
    let edge = |style: &Style, word: Option<&str>, c: Option<char>| {
        let enclosed = style.code || word.is_some_and(|word| word.contains("://"));
        c.map(|c| {
            if enclosed && !c.is_whitespace() {
                '`'
            } else {
                c
            }
        })
    };
    let (head, first) = pieces.first()?;
    let (tail, last) = pieces.last()?;
    let first = edge(first, head.split(' ').next(), head.chars().next())?;
    Some((
        first,
        edge(last, tail.rsplit(' ').next(), tail.chars().next_back())?,
    ))
}

/// Whether a delimiter is valid between an inner and an outer character.
fn fits(inner: char, outer: char) -> bool {
    let apart = outer.is_whitespace() || outer.is_ascii_punctuation() || "“”‘’–—…".contains(outer);
    inner.is_alphanumeric() || (apart && !inner.is_whitespace())
}

/// The first character of the Markdown of the pieces.
fn opening(pieces: &[Piece<'_>], in_link: bool) -> char {
    match pieces.first() {
        None => ' ',
        Some((text, style)) => match text.chars().next().unwrap_or(' ') {
            space @ (' ' | '\n') => space,
            _ if style.link.is_some() && !in_link => '[',
            _ if style.code => '`',
            c => c,
        },
    }
}

/// The pieces without whitespace at the ends.
fn trim<'a>(pieces: &[Piece<'a>]) -> Vec<Piece<'a>> {
    let blank = |&(text, _): &Piece<'_>| text.trim_matches([' ', '\n']).is_empty();
    let start = pieces.iter().take_while(|piece| blank(piece)).count();
    let end = pieces.len() - pieces.iter().rev().take_while(|piece| blank(piece)).count();
    let mut kept = pieces.get(start..end).unwrap_or_default().to_vec();
    if let Some(first) = kept.first_mut() {
        first.0 = first.0.trim_start_matches([' ', '\n']);
    }
    if let Some(last) = kept.last_mut() {
        last.0 = last.0.trim_end_matches([' ', '\n']);
    }
    kept
}
