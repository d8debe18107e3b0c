//! `@length` and `@range` that became stricter.

use super::differences::{Change, Differences, Entity};
use super::event::Event;
use crate::syntax::source::Span;
use crate::traits::change::EventSeverity;
use crate::traits::reader::Spanned;
use crate::traits::registry::constraints::{LENGTH, RANGE};
use crate::traits::values::constraints::{Length, Range};

pub(super) fn evaluate(differences: &Differences<'_>, events: &mut Vec<Event>) {
    for Change { old, new } in differences.entities() {
        let length = |entity: Entity<'_>| LENGTH.spanned(entity.traits()).map(of_length);
        let range = |entity: Entity<'_>| RANGE.spanned(entity.traits()).map(of_range);
        if let (Some(before), Some(after)) = (length(old), length(new)) {
            tightened(new, "Length", &before, &after, events);
        }
        if let (Some(before), Some(after)) = (range(old), range(new)) {
            tightened(new, "Range", &before, &after, events);
        }
    }
}

/// The bounds of a length or a number.
struct Bounds {
    /// An absent minimum counts as 0. Smithy's diff does the same for ranges.
    min: f64,
    max: Option<f64>,
    span: Span,
}

#[allow(clippy::cast_precision_loss, reason = "lengths are far below 2^52")]
fn of_length(length: Spanned<Length>) -> Bounds {
    let Length { min, max } = length.value;
    Bounds {
        min: min.unwrap_or(0) as f64,
        max: max.map(|max| max as f64),
        span: length.span,
    }
}

fn of_range(range: Spanned<Range<'_>>) -> Bounds {
    let number = |bound: Option<&str>| bound?.parse().ok();
    Bounds {
        min: number(range.value.min).unwrap_or(0.0),
        max: number(range.value.max),
        span: range.span,
    }
}

fn tightened(entity: Entity<'_>, what: &str, old: &Bounds, new: &Bounds, events: &mut Vec<Event>) {
    let id = format!("Changed{what}Trait");
    let name = what.to_ascii_lowercase();
    let mut push = |message: String| {
        events.push(
            EventSeverity::Error
                .event(&id, entity.id(), message)
                .in_new(new.span),
        );
    };
    let (before, after) = (old.min, new.min);
    if after > before {
        push(format!(
            "{what} trait value `min` was made more restrictive by raising from {before} to {after}"
        ));
    }
    match (old.max, new.max) {
        (Some(before), Some(after)) if after < before => push(format!(
            "{what} trait value `max` was made more restrictive by lowering from {before} to {after}"
        )),
        (None, Some(after)) => push(format!(
            "A maximum of {after} was added to the {name} trait, which had none"
        )),
        _ => {}
    }
}
