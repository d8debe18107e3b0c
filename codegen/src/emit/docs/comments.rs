//! Documentation comments.

use crate::graph::member::{Bounds, Constraints, Deprecated, Member, Type};
use crate::text::Text;
use crate::text::docs::Docs;
use crate::text::markdown::{Markdown, code, markdown};

/// The value that the client sets if a member is absent.
pub(crate) fn filled_in(member: &Member) -> Option<Markdown> {
    if member.token {
        return Some("Defaults to a random UUID.".into());
    }
    member
        .fallback
        .map(|fallback| markdown!("Sent as {} if it is not set.", code(fallback)))
}

/// The maximum width of a line.
pub(crate) const WIDTH: usize = 96;

/// The sentence about a streaming member.
pub(crate) const STREAM: &str = "A stream of bytes: see [`rt::Body`].";

/// The documentation of a type: that of the model, or `otherwise`.
pub(crate) fn of_type(docs: &Docs, otherwise: Markdown) -> Vec<Markdown> {
    if docs.is_empty() {
        vec![otherwise]
    } else {
        docs.lines().to_vec()
    }
}

/// The documentation of a member: that of the model, then its constraints.
pub(crate) fn of_member(
    docs: &Docs,
    otherwise: Markdown,
    ty: &Type,
    constraints: &Constraints,
) -> Vec<Markdown> {
    let mut lines = of_type(docs, otherwise);
    facts(&mut lines, limits(ty, constraints));
    lines
}

/// Adds sentences: to the paragraph if the documentation has only one, else as another one.
pub(crate) fn facts(lines: &mut Vec<Markdown>, facts: impl IntoIterator<Item = Markdown>) {
    let mut facts = facts.into_iter().peekable();
    if facts.peek().is_none() {
        return;
    }
    if !is_paragraph(lines) {
        lines.push(Markdown::default());
        lines.extend(facts.next());
    }
    append(lines, facts);
}

/// Whether the lines are one paragraph.
fn is_paragraph(lines: &[Markdown]) -> bool {
    let is_text = |line: &str| line.starts_with(|c: char| c.is_alphabetic() || c == '`');
    lines
        .iter()
        .all(|line| is_text(line.as_str()) && !line.as_str().starts_with("```"))
}

/// Appends sentences to a paragraph: to its last line, as far as there is space.
pub(crate) fn append(lines: &mut Vec<Markdown>, sentences: impl IntoIterator<Item = Markdown>) {
    for sentence in sentences {
        let Some(last) = lines.last_mut() else {
            lines.push(sentence);
            continue;
        };
        *last = closed(last);
        let longer = markdown!("{} {}", *last, sentence);
        if longer.as_str().len() <= WIDTH {
            *last = longer;
        } else {
            lines.push(sentence);
        }
    }
}

/// A sentence with a full stop, so that another one can follow.
pub(crate) fn closed(sentence: &Markdown) -> Markdown {
    if sentence.as_str().ends_with(['.', '!', '?', ':']) {
        sentence.clone()
    } else {
        markdown!("{}.", *sentence)
    }
}

/// The paragraph of a page about deprecation.
pub(crate) fn deprecation(deprecated: &Deprecated) -> Markdown {
    let since = deprecated
        .since
        .as_ref()
        .map(|since| markdown!(" since {}", since.plain()));
    let message = deprecation_note(deprecated, false).map(|message| markdown!(": {}", message));
    markdown!(
        "**Deprecated{}**{}",
        since.unwrap_or_default(),
        message.unwrap_or_default()
    )
}

/// The message of a deprecation in one line of Markdown; `since` adds the version or date.
pub(crate) fn deprecation_note(deprecated: &Deprecated, since: bool) -> Option<Markdown> {
    let message = deprecated.message.as_ref().map(Text::line);
    let since = deprecated.since.as_ref().filter(|_| since).map(Text::plain);
    match (since, message) {
        (Some(since), Some(message)) => Some(markdown!("since {}: {}", since, message)),
        (Some(since), None) => Some(markdown!("since {}", since)),
        (None, message) => message,
    }
}

/// The constraints of a member in one line.
pub(crate) fn limits(ty: &Type, constraints: &Constraints) -> Option<Markdown> {
    let unit = match ty {
        Type::List { .. } => [" item", " items"],
        Type::Map { .. } => [" entry", " entries"],
        Type::Blob | Type::Stream { .. } => [" byte", " bytes"],
        _ => [" character", " characters"],
    };
    let length = constraints
        .length
        .as_ref()
        .and_then(|bounds| length(bounds, unit));
    let value = constraints
        .range
        .as_ref()
        .map(|bounds| range("Value", bounds, ["", ""]));
    let pattern = constraints
        .pattern
        .as_ref()
        .map(|pattern| markdown!("Pattern: {}", pattern.code()));
    let unique = constraints.unique.then(|| "Items: unique".into());
    let parts: Vec<Markdown> = [length, value, unique, pattern]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| markdown!("{}.", Markdown::join(&parts, ". ")))
}

/// The bounds of a length. 0 is no limit.
fn length(bounds: &Bounds, unit: [&'static str; 2]) -> Option<Markdown> {
    let min = bounds.min.clone().filter(|min| *min != "0");
    let max = bounds.max.clone();
    let limits = min.is_some() || max.is_some();
    limits.then(|| range("Length", &Bounds { min, max }, unit))
}

fn range(what: &'static str, bounds: &Bounds, [one, several]: [&'static str; 2]) -> Markdown {
    let last = bounds.max.as_ref().or(bounds.min.as_ref());
    let unit = if last.is_some_and(|last| *last == "1") {
        one
    } else {
        several
    };
    match (&bounds.min, &bounds.max) {
        (Some(min), Some(max)) if min == max => markdown!("{}: {}{}", what, min.plain(), unit),
        (Some(min), Some(max)) => markdown!("{}: {} to {}{}", what, min.plain(), max.plain(), unit),
        (Some(min), None) => markdown!("{}: at least {}{}", what, min.plain(), unit),
        (None, Some(max)) => markdown!("{}: at most {}{}", what, max.plain(), unit),
        (None, None) => markdown!("{}: any", what),
    }
}
