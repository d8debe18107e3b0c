//! Values of traits in messages.

use super::equality::same_node;
use crate::syntax::node::{Node, Value};

/// The maximum number of characters of a value in a message.
const LONGEST: usize = 300;

/// Returns whether a value is too long to be shown.
pub(super) fn is_long(node: Option<&Node>) -> bool {
    node.is_some_and(|node| node.to_json().chars().count() > LONGEST)
}

/// Returns a value as text, of a long one the beginning.
pub(super) fn text(node: Option<&Node>) -> String {
    let Some(node) = node else {
        return String::new();
    };
    let text = match &node.value {
        Value::String(text) => text.clone(),
        _ => node.to_json(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => {
            format!(
                "`{}…` ({} characters)",
                text.get(..end).unwrap_or_default(),
                text.chars().count()
            )
        }
        None => format!("`{text}`"),
    }
}

/// Returns the differences of two values by JSON pointers, only the first if there are many.
pub(super) fn differences(old: Option<&Node>, new: Option<&Node>) -> String {
    const SHOWN: usize = 5;
    let mut found = Vec::new();
    let mut open = vec![(String::new(), old, new)];
    while let Some((path, old, new)) = open.pop() {
        let (Some(before), Some(after)) = (old, new) else {
            found.push((path, old, new));
            continue;
        };
        match (&before.value, &after.value) {
            _ if same_node(before, after) => {}
            (Value::Object(members), Value::Object(others)) => {
                let added = others.keys().filter(|key| !members.contains_key(*key));
                let keys: Vec<&String> = members.keys().chain(added).collect();
                open.extend(keys.into_iter().rev().map(|key| {
                    let name = key.replace('~', "~0").replace('/', "~1");
                    (format!("{path}/{name}"), before.get(key), after.get(key))
                }));
            }
            (Value::Array(items), Value::Array(others)) => {
                let indexes = (0..items.len().max(others.len())).rev();
                open.extend(indexes.map(|i| (format!("{path}/{i}"), items.get(i), others.get(i))));
            }
            _ => found.push((path, old, new)),
        }
    }
    let count = found.len();
    let shown = found
        .into_iter()
        .take(SHOWN)
        .map(|(path, old, new)| match (old, new) {
            (None, _) => format!("at `{path}` to {}, which is new", text(new)),
            (_, None) => format!("at `{path}`, where {} was removed", text(old)),
            _ if path.is_empty() => difference_of_texts(old, new),
            _ => format!("at `{path}` {}", difference_of_texts(old, new)),
        });
    let shown: Vec<String> = shown.collect();
    let more = count.saturating_sub(SHOWN);
    let more = if more > 0 {
        format!("; and in {more} more places")
    } else {
        String::new()
    };
    format!("{}{more}", shown.join("; "))
}

/// Formats the change of one value to another, of long ones the part around the first difference.
fn difference_of_texts(old: Option<&Node>, new: Option<&Node>) -> String {
    const CONTEXT: usize = 30;
    let (Some(Value::String(before)), Some(Value::String(after))) =
        (old.map(|node| &node.value), new.map(|node| &node.value))
    else {
        return format!("from {} to {}", text(old), text(new));
    };
    if before.chars().count().max(after.chars().count()) <= LONGEST {
        return format!("from {} to {}", text(old), text(new));
    }
    let same = before
        .chars()
        .zip(after.chars())
        .take_while(|(before, after)| before == after)
        .count();
    let part = |text: &str| -> String {
        let start = same.saturating_sub(CONTEXT);
        let part: String = text.chars().skip(start).take(LONGEST).collect();
        let ends = start + LONGEST >= text.chars().count();
        format!(
            "`{}{part}{}`",
            if start > 0 { "…" } else { "" },
            if ends { "" } else { "…" }
        )
    };
    format!("from {} to {}", part(before), part(after))
}
