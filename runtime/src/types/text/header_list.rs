//! Lists in the value of a header (RFC 9110 sections 5.6.1 and 5.6.4; Smithy, *HTTP bindings*,
//! httpHeader).

use crate::types::text::error::TextError;
use std::borrow::Cow;

/// Formats an item of a list. With `quoted`, an item that would not parse back is put in quotes.
pub(crate) fn item(item: Cow<'_, str>, quoted: bool) -> Cow<'_, str> {
    if !quoted || !needs_quotes(&item) {
        return item;
    }
    let mut text = String::from("\"");
    for character in item.chars() {
        if matches!(character, '"' | '\\') {
            text.push('\\');
        }
        text.push(character);
    }
    text.push('"');
    Cow::Owned(text)
}

fn needs_quotes(item: &str) -> bool {
    item.is_empty() || item.contains(['"', ',']) || item.trim() != item
}

/// Splits a list into items. Empty items are dropped unless they are quoted (RFC 9110 section
/// 5.6.1).
pub(crate) fn items(list: &str) -> Result<Vec<Cow<'_, str>>, TextError> {
    let mut items = Vec::new();
    let mut rest = list.trim_start();
    while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix('"') {
            let (item, after) =
                quoted_item(quoted).ok_or(TextError::new("list: a quote is not closed"))?;
            items.push(item);
            rest = after.trim_start();
            if !rest.is_empty() && !rest.starts_with(',') {
                return Err(TextError::new(
                    "list: a quoted item is not followed by a comma",
                ));
            }
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            let (item, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            if !item.trim_end().is_empty() {
                items.push(Cow::Borrowed(item.trim_end()));
            }
            rest = after;
        }
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    Ok(items)
}

/// Parses a quoted item after its opening quote. Returns the item and the rest of the text.
fn quoted_item(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let end = text.find(['"', '\\'])?;
    let (plain, rest) = text.split_at_checked(end)?;
    if let Some(after) = rest.strip_prefix('"') {
        return Some((Cow::Borrowed(plain), after));
    }
    let mut item = plain.to_owned();
    let mut characters = rest.chars();
    loop {
        match characters.next()? {
            '"' => return Some((Cow::Owned(item), characters.as_str())),
            '\\' => item.push(characters.next()?),
            character => item.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(parts: &[&str]) -> String {
        parts
            .iter()
            .map(|part| item(Cow::Borrowed(part), true))
            .collect::<Vec<_>>()
            .join(", ")
    }

    #[test]
    fn items_are_quoted_as_in_the_protocol_tests() {
        assert_eq!(joined(&["b,c", "\"def\"", "a"]), r#""b,c", "\"def\"", a"#);
        assert_eq!(
            items(r#""b,c", "\"def\"", a"#).unwrap(),
            ["b,c", "\"def\"", "a"]
        );
        assert_eq!(items("a, b, c").unwrap(), ["a", "b", "c"]);
    }

    #[test]
    fn joined_items_are_split_again() {
        for parts in [
            &["", "a"][..],
            &[" a ", "\\", "\\\"", "é,"],
            &["a b", "c;d=\"e\""],
            &[],
        ] {
            assert_eq!(items(&joined(parts)).unwrap(), parts);
        }
    }

    #[test]
    fn empty_items_are_dropped_unless_quoted() {
        assert_eq!(items(" ,a,, b ,\"\",").unwrap(), ["a", "b", ""]);
        assert!(items("").unwrap().is_empty());
    }

    #[test]
    fn unclosed_quotes_are_errors() {
        for list in ["\"a", "\"a\\", "\"a\" b", "a, \""] {
            assert!(items(list).is_err(), "{list}");
        }
    }
}
