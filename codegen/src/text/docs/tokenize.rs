//! HTML tokens and entities.
//!
//! The input is what people typed into a documentation trait, so a token is only what is certainly
//! HTML: everything else, a lone `<` or an unfinished tag among it, stays text.

use std::borrow::Cow;

/// Longest tag that is recognized; it bounds the search for `>`, which keeps adversarial input
/// linear.
const MAX_TAG: usize = 4096;

/// Longest address that is recognized, for the same reason.
pub(super) const MAX_ADDRESS: usize = 2048;

/// A piece of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text in which entities are not decoded yet.
    Text(&'a str),
    /// `<name attributes>`; `raw` is all of it.
    Open {
        name: &'a str,
        attributes: &'a str,
        empty: bool,
        raw: &'a str,
    },
    /// `</name>`; `raw` is all of it.
    Close { name: &'a str, raw: &'a str },
    /// `<https://example.com>`, the address within.
    Autolink(&'a str),
}

/// Iterates over the tokens of a text.
pub(super) struct Tokens<'a> {
    text: &'a str,
    pos: usize,
    /// Whether no `-->` follows, so that a text with many `<!--` is searched once.
    comments_end: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            pos: 0,
            comments_end: false,
        }
    }

    /// Where the next token starts.
    pub(super) fn pos(&self) -> usize {
        self.pos
    }

    /// Continues elsewhere in the same text.
    pub(super) fn seek(&mut self, pos: usize) {
        self.pos = pos;
    }

    /// The token that starts with the `<` at `pos`, and its end. `None` for a `<` that is text.
    /// Comments have no token.
    pub(super) fn markup(&mut self, pos: usize) -> Option<(Option<Token<'a>>, usize)> {
        let rest = self.text.get(pos..)?;
        let second = *rest.as_bytes().get(1)?;
        if second == b'!' || second == b'?' {
            return self.declaration(rest).map(|len| (None, pos + len));
        }
        let (token, len) = if second == b'/' {
            close_tag(rest)?
        } else {
            open_tag(rest).or_else(|| autolink(rest))?
        };
        Some((Some(token), pos + len))
    }

    /// Length of a comment, a document type or a processing instruction.
    fn declaration(&mut self, rest: &str) -> Option<usize> {
        if rest.starts_with("<!--") {
            if self.comments_end {
                return None;
            }
            let end = rest.find("-->");
            self.comments_end = end.is_none();
            return end.map(|at| at + 3);
        }
        let third = *rest.as_bytes().get(2)?;
        if !third.is_ascii_alphabetic() {
            return None;
        }
        head(rest, MAX_TAG).find('>').map(|at| at + 1)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let start = self.pos;
        let mut at = start;
        while let Some(found) = self.text.get(at..).and_then(|rest| rest.find('<')) {
            at += found;
            match self.markup(at) {
                None => at += 1,
                // The text comes first. The next call finds the markup again.
                Some(_) if at > start => {
                    self.pos = at;
                    return self.text.get(start..at).map(Token::Text);
                }
                Some((Some(token), end)) => {
                    self.pos = end;
                    return Some(token);
                }
                Some((None, end)) => {
                    self.pos = end;
                    return self.next_after_comment();
                }
            }
        }
        self.pos = self.text.len();
        self.text
            .get(start..)
            .filter(|text| !text.is_empty())
            .map(Token::Text)
    }
}

impl<'a> Tokens<'a> {
    /// An empty text represents a comment, so that many comments need no recursion.
    fn next_after_comment(&self) -> Option<Token<'a>> {
        Some(Token::Text(""))
    }
}

/// At most `limit` bytes of a text, in whole characters.
pub(super) fn head(text: &str, limit: usize) -> &str {
    let end = (0..=limit.min(text.len()))
        .rev()
        .find(|&end| text.is_char_boundary(end));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

fn name_len(text: &str) -> usize {
    let named = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return 0;
    }
    text.bytes().position(|b| !named(b)).unwrap_or(text.len())
}

fn close_tag(rest: &str) -> Option<(Token<'_>, usize)> {
    let inner = rest.get(2..)?;
    let (name, after) = inner
        .split_at_checked(name_len(inner))
        .filter(|(name, _)| !name.is_empty())?;
    let space = after.bytes().position(|b| !b.is_ascii_whitespace())?;
    if after.as_bytes().get(space) != Some(&b'>') {
        return None;
    }
    let len = 2 + name.len() + space + 1;
    Some((
        Token::Close {
            name,
            raw: rest.get(..len)?,
        },
        len,
    ))
}

fn open_tag(rest: &str) -> Option<(Token<'_>, usize)> {
    let inner = rest.get(1..)?;
    let (name, after) = inner
        .split_at_checked(name_len(inner))
        .filter(|(name, _)| !name.is_empty())?;
    if !after.starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace()) {
        return None;
    }
    let after = head(after, MAX_TAG);
    // A `>` within quotes belongs to the value, unless the quotes are never closed.
    let end = end_of_attributes(after).or_else(|| after.find(['<', '>']))?;
    let body = after
        .get(..end)
        .filter(|_| after.as_bytes().get(end) == Some(&b'>'))?;
    let attributes = body.strip_suffix('/').unwrap_or(body);
    let len = 1 + name.len() + end + 1;
    let empty = attributes.len() < body.len() && !attributes.ends_with('=');
    Some((
        Token::Open {
            name,
            attributes,
            empty,
            raw: rest.get(..len)?,
        },
        len,
    ))
}

fn end_of_attributes(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = b' ';
    for (at, b) in text.bytes().enumerate() {
        match quote {
            Some(q) if b == q => quote = None,
            Some(_) => {}
            // Quotes are only special in values. An apostrophe elsewhere is a typing error.
            None if matches!(b, b'"' | b'\'') && before == b'=' => quote = Some(b),
            None if b == b'>' => return Some(at),
            None if b == b'<' => return None,
            None => {}
        }
        if !b.is_ascii_whitespace() {
            before = b;
        }
    }
    None
}

fn autolink(rest: &str) -> Option<(Token<'_>, usize)> {
    let inner = head(rest.get(1..)?, MAX_TAG);
    let end = inner.find(|c: char| c == '>' || c == '<' || c.is_whitespace())?;
    let address = inner
        .get(..end)
        .filter(|_| inner.as_bytes().get(end) == Some(&b'>'))?;
    let known = ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| address.starts_with(scheme));
    known.then_some((Token::Autolink(address), end + 2))
}

/// The value of an attribute, in whatever quotes it was written.
pub(super) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let mut rest = attributes.trim_start();
    while !rest.is_empty() {
        let key = rest
            .find(|c: char| c == '=' || c.is_whitespace())
            .unwrap_or(rest.len());
        let (found, after) = rest.split_at_checked(key)?;
        let after = after.trim_start();
        let Some(value) = after.strip_prefix('=') else {
            rest = after;
            continue;
        };
        let (value, after) = attribute_value(value.trim_start());
        if found.eq_ignore_ascii_case(name) {
            return Some(decode_entities(value.trim()));
        }
        rest = after.trim_start();
    }
    None
}

fn attribute_value(text: &str) -> (&str, &str) {
    let close = match text.chars().next() {
        Some(quote @ ('"' | '\'')) => quote,
        // Word processors turn quotes into these.
        Some('\u{201c}' | '\u{201d}') => '\u{201d}',
        _ => {
            let end = text.find(char::is_whitespace).unwrap_or(text.len());
            return text.split_at_checked(end).unwrap_or((text, ""));
        }
    };
    let mut inner = text.chars();
    inner.next();
    let inner = inner.as_str();
    inner.split_once(close).unwrap_or((inner, ""))
}

/// Replaces `&amp;`, `&#39;`, `&#x27;` and the like; what is not an entity stays as it is.
pub(super) fn decode_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        if let Some((c, len)) = entity(after) {
            out.push(c);
            rest = after.get(len..).unwrap_or_default();
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character an entity stands for, and the entity's length without its `&`.
pub(super) fn entity(after: &str) -> Option<(char, usize)> {
    let end = after.bytes().take(12).position(|b| b == b';')?;
    let name = after.get(..end)?;
    let c = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        char::from_u32(code.ok()?)?
    } else {
        let at = ENTITIES
            .binary_search_by_key(&name, |(known, _)| known)
            .ok()?;
        ENTITIES.get(at)?.1
    };
    Some((c, end + 1))
}

/// The entities that occur in prose, sorted by name.
const ENTITIES: &[(&str, char)] = &[
    ("Omega", 'Ω'),
    ("alpha", 'α'),
    ("amp", '&'),
    ("apos", '\''),
    ("ast", '*'),
    ("beta", 'β'),
    ("bull", '•'),
    ("cent", '¢'),
    ("colon", ':'),
    ("comma", ','),
    ("copy", '©'),
    ("deg", '°'),
    ("delta", 'δ'),
    ("divide", '÷'),
    ("dollar", '$'),
    ("eacute", 'é'),
    ("emsp", '\u{2003}'),
    ("ensp", '\u{2002}'),
    ("equals", '='),
    ("euro", '€'),
    ("excl", '!'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("ge", '≥'),
    ("gt", '>'),
    ("harr", '↔'),
    ("hellip", '…'),
    ("infin", '∞'),
    ("laquo", '«'),
    ("larr", '←'),
    ("lbrace", '{'),
    ("lbrack", '['),
    ("lcub", '{'),
    ("ldquo", '“'),
    ("le", '≤'),
    ("lowbar", '_'),
    ("lpar", '('),
    ("lsqb", '['),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("micro", 'µ'),
    ("middot", '·'),
    ("minus", '−'),
    ("mu", 'μ'),
    ("nbsp", '\u{a0}'),
    ("ndash", '–'),
    ("ne", '≠'),
    ("num", '#'),
    ("para", '¶'),
    ("percnt", '%'),
    ("period", '.'),
    ("pi", 'π'),
    ("plus", '+'),
    ("plusmn", '±'),
    ("pound", '£'),
    ("quest", '?'),
    ("quot", '"'),
    ("raquo", '»'),
    ("rarr", '→'),
    ("rbrace", '}'),
    ("rbrack", ']'),
    ("rcub", '}'),
    ("rdquo", '”'),
    ("reg", '®'),
    ("rpar", ')'),
    ("rsqb", ']'),
    ("rsquo", '’'),
    ("sect", '§'),
    ("semi", ';'),
    ("shy", '\u{ad}'),
    ("sol", '/'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("tilde", '˜'),
    ("times", '×'),
    ("trade", '™'),
    ("uuml", 'ü'),
    ("verbar", '|'),
    ("yen", '¥'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_sorted() {
        assert!(ENTITIES.is_sorted_by_key(|(name, _)| name));
    }

    #[test]
    fn attributes_in_any_quotes() {
        for (attributes, href) in [
            (" href=\"a>b\"", Some("a>b")),
            (" class=x HREF = 'y'", Some("y")),
            (" href=bare target=_blank", Some("bare")),
            (" href=\u{201c}curly\u{201d}", Some("curly")),
            (" data-href=\"no\" download", None),
        ] {
            assert_eq!(
                attribute(attributes, "href").as_deref(),
                href,
                "{attributes}"
            );
        }
    }

    #[test]
    fn only_valid_markup_is_a_token() {
        let tokens: Vec<_> = Tokens::new("a < b <= c <1> <b <i>x</i ></ p><!-- <u> -->").collect();
        let raw = "<i>";
        assert_eq!(
            tokens,
            [
                Token::Text("a < b <= c <1> <b "),
                Token::Open {
                    name: "i",
                    attributes: "",
                    empty: false,
                    raw
                },
                Token::Text("x"),
                Token::Close {
                    name: "i",
                    raw: "</i >"
                },
                Token::Text("</ p>"),
                Token::Text(""),
            ]
        );
    }
}
