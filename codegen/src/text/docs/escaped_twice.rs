//! Texts that are escaped twice, as in some models.

use super::html::Tag;
use std::borrow::Cow;

/// Removes the second escaping.
///
/// - `\<p>a\</p>`, with or without a backslash before `>`: a text whose tags are escaped has all
///   its punctuation escaped.
/// - `SPEC\\_COMPLIANT`: two backslashes before an underscore or asterisk within a word, outside of
///   code.
pub(super) fn unescaped_once(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        Cow::Borrowed(text)
    } else if has_escaped_element(text) {
        Cow::Owned(unescape(text))
    } else if text.contains("\\\\_") || text.contains("\\\\*") {
        Cow::Owned(unescape_words(text))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether an element of HTML has both of its tags escaped, and is nowhere written without.
fn has_escaped_element(text: &str) -> bool {
    text.match_indices("\\<").take(MANY).any(|(at, _)| {
        let rest = text.get(at + 2..).unwrap_or_default();
        let name = rest
            .get(..rest.bytes().take_while(u8::is_ascii_alphanumeric).count())
            .unwrap_or_default();
        let ends = rest
            .get(name.len()..)
            .is_some_and(|rest| rest.starts_with(['>', '\\', ' ']));
        ends && Tag::new(name) != Tag::Unknown
            && text.contains(&format!("\\</{name}"))
            && text.matches(&format!("<{name}>")).count()
                == text.matches(&format!("\\<{name}>")).count()
    })
}

/// The maximum number of positions that are searched, which bounds the time for a hostile text.
const MANY: usize = 8;

/// Without the backslash before each punctuation character.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => out.extend(chars.next()),
            _ => out.push(c),
        }
    }
    out
}

/// Without the backslashes within words.
fn unescape_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['`', '<', '\\']) {
        let (before, found) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let mark = found
            .strip_prefix("\\\\")
            .filter(|mark| mark.starts_with(['_', '*']));
        let (kept, after) = match mark {
            Some(mark) if word(out.chars().next_back()) && word(mark.chars().nth(1)) => ("", mark),
            Some(mark) => ("\\\\", mark),
            None => found
                .split_at_checked(code_len(found))
                .unwrap_or((found, "")),
        };
        out.push_str(kept);
        rest = after;
    }
    out + rest
}

/// The length of the code at the start of a text, or of one character.
fn code_len(text: &str) -> usize {
    let (start, end) = if text.starts_with('`') {
        ("`", "`")
    } else {
        ("<code>", "</code>")
    };
    let inner = text.strip_prefix(start).and_then(|inner| inner.find(end));
    inner.map_or(1, |inner| start.len() + inner + end.len())
}
