//! Excerpts of bodies that do not come from the service, such as the error page of a proxy.

use std::borrow::Cow;

/// The number of bytes of a body that an excerpt is taken from.
const INSPECTED: usize = 16 * 1024;
/// The maximum number of characters of an excerpt.
const MAX_CHARACTERS: usize = 256;

/// The start of a body's text in one line, without the tags, comments, styles and scripts of
/// markup. `None` for a JSON object, binary data and a body without text.
pub(crate) fn excerpt(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body.get(..INSPECTED).unwrap_or(body));
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') || text.contains('\0') {
        return None;
    }
    let text = if text.starts_with('<') {
        Cow::Owned(without_tags(text))
    } else {
        Cow::Borrowed(text)
    };
    let mut excerpt = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        if !excerpt.is_empty() {
            excerpt.push(' ');
        }
        excerpt.push_str(word);
        length += word.chars().count() + 1;
        if length > MAX_CHARACTERS {
            break;
        }
    }
    if let Some((end, _)) = excerpt.char_indices().nth(MAX_CHARACTERS) {
        excerpt.truncate(end);
        excerpt.push('…');
    }
    (!excerpt.is_empty()).then_some(excerpt)
}

/// The excerpt of a body that is markup. `None` for other bodies: the body of a successful response
/// may come from the service and contain secrets.
pub(crate) fn markup_excerpt(body: &[u8]) -> Option<String> {
    let text = body
        .strip_prefix("\u{feff}".as_bytes())
        .unwrap_or(body)
        .trim_ascii_start();
    if text.starts_with(b"<") {
        excerpt(text)
    } else {
        None
    }
}

/// The text between tags. This is not an HTML parser: a mistake only affects the excerpt.
fn without_tags(markup: &str) -> String {
    let mut text = String::new();
    let mut rest = markup;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        rest = after_tag(tag);
    }
    text.push_str(rest);
    text
}

/// The rest of the text after a tag whose `<` was read, or after an element without text. Empty if
/// the tag is not closed.
fn after_tag(tag: &str) -> &str {
    if let Some(comment) = tag.strip_prefix("!--") {
        return comment.split_once("-->").map_or("", |(_, after)| after);
    }
    for element in ["style", "script"] {
        if tag
            .get(..element.len())
            .is_some_and(|name| name.eq_ignore_ascii_case(element))
        {
            // Up to the end tag, which is then removed like any other tag.
            return tag
                .find("</")
                .and_then(|end| tag.get(end..))
                .unwrap_or_default();
        }
    }
    let mut quote = None;
    for (at, character) in tag.char_indices() {
        match (quote, character) {
            (None, '>') => return tag.get(at + 1..).unwrap_or_default(),
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
    }
    ""
}
