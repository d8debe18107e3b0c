//! What a body says that is not the protocol's: a proxy's page, a load balancer's line.

use std::borrow::Cow;

/// Bytes of a body that are looked at.
const LOOKED_AT: usize = 16 * 1024;
/// Characters of an excerpt.
const LONGEST: usize = 256;

/// The start of a body's text, in one line: without tags, comments, styles and scripts if it is
/// markup. `None` for a JSON object, for what is binary, and without text.
pub(super) fn excerpt(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body.get(..LOOKED_AT).unwrap_or(body));
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
        if length > LONGEST {
            break;
        }
    }
    if let Some((end, _)) = excerpt.char_indices().nth(LONGEST) {
        excerpt.truncate(end);
        excerpt.push('…');
    }
    (!excerpt.is_empty()).then_some(excerpt)
}

/// The excerpt of a page in markup. `None` for any other text: that of a success may be the
/// service's, with secrets.
pub(super) fn page(body: &[u8]) -> Option<String> {
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

/// The text between tags. Not an HTML parser: what it mistakes is shown, and nothing more.
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

/// What follows a tag whose `<` was read, or an element whose content is no text; nothing if it
/// does not end.
fn after_tag(tag: &str) -> &str {
    if let Some(comment) = tag.strip_prefix("!--") {
        return comment.split_once("-->").map_or("", |(_, after)| after);
    }
    for element in ["style", "script"] {
        if tag
            .get(..element.len())
            .is_some_and(|name| name.eq_ignore_ascii_case(element))
        {
            // Up to its end tag, which is passed over as any other.
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
