//! Documentation comments.

use crate::graph::{Bounds, Constraints, Deprecated, Docs, Member, Type};

/// What is said of a member that the client fills in.
pub(crate) fn filled_in(member: &Member) -> Option<String> {
    if member.token {
        return Some("Filled in with a random UUID when it is not set.".to_owned());
    }
    member.fallback.map(|fallback| format!("Sent as {} when it is not set.", code(fallback)))
}

/// What is said of a member that is a stream.
pub(crate) const STREAM: &str = "A stream: [`rt::Body`] tells what it can be made of, and how it is read.";

/// The documentation of a type: the model's, or a line that says what it is; then deprecation.
pub(crate) fn of_type(docs: &Docs, otherwise: String, deprecated: Option<&Deprecated>) -> Vec<String> {
    let mut lines = if docs.is_empty() { vec![otherwise] } else { docs.lines().to_vec() };
    paragraph(&mut lines, deprecated.map(deprecation));
    lines
}

/// The documentation of a member: the model's, then its constraints, then deprecation.
pub(crate) fn of_member(
    docs: &Docs,
    otherwise: String,
    ty: &Type,
    constraints: &Constraints,
    deprecated: Option<&Deprecated>,
) -> Vec<String> {
    let mut lines = of_type(docs, otherwise, None);
    paragraph(&mut lines, limits(ty, constraints));
    paragraph(&mut lines, deprecated.map(deprecation));
    lines
}

/// Adds a paragraph.
pub(crate) fn paragraph(lines: &mut Vec<String>, text: Option<String>) {
    if let Some(text) = text {
        lines.push(String::new());
        lines.push(text);
    }
}

pub(crate) fn deprecation(deprecated: &Deprecated) -> String {
    let since = deprecated.since.as_ref().map(|since| format!(" since {since}")).unwrap_or_default();
    let message = deprecated
        .message
        .as_ref()
        .map(|message| format!(": {}", Docs::from_html(message).lines().join(" ")));
    format!("**Deprecated{since}**{}", message.unwrap_or_default())
}

/// What the service accepts, in one line.
pub(crate) fn limits(ty: &Type, constraints: &Constraints) -> Option<String> {
    let unit = match ty {
        Type::List { .. } => ["item", "items"],
        Type::Map { .. } => ["entry", "entries"],
        Type::Blob | Type::Stream { .. } => ["byte", "bytes"],
        _ => ["character", "characters"],
    };
    let length = constraints.length.as_ref().map(|bounds| range("Length", bounds, unit));
    let value = constraints.range.as_ref().map(|bounds| range("Value", bounds, [""; 2]));
    let pattern = constraints.pattern.as_ref().map(|pattern| format!("Pattern: {}", code(pattern)));
    let unique = constraints.unique.then(|| "Items: unique".to_owned());
    let parts: Vec<String> = [length, value, unique, pattern].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("{}.", parts.join(". ")))
}

fn range(what: &str, bounds: &Bounds, [one, several]: [&str; 2]) -> String {
    let last = bounds.max.as_deref().or(bounds.min.as_deref());
    let unit = if last == Some("1") { one } else { several };
    let text = match (bounds.min.as_deref(), bounds.max.as_deref()) {
        (Some(min), Some(max)) if min == max => format!("{what}: {min} {unit}"),
        (Some(min), Some(max)) => format!("{what}: {min} to {max} {unit}"),
        (Some(min), None) => format!("{what}: at least {min} {unit}"),
        (None, Some(max)) => format!("{what}: at most {max} {unit}"),
        (None, None) => format!("{what}: any"),
    };
    text.trim_end().to_owned()
}

/// A code span whose fence is longer than any run of backticks in it.
pub(crate) fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}
