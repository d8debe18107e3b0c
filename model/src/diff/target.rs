//! Members that target another shape. If the name of the target has no meaning, the differences
//! between the two targets decide.

use super::differences::{Change, Differences};
use super::event::Event;
use crate::shapes::shape::{Member, Shape, ShapeKind};
use crate::traits::change::EventSeverity;
use crate::traits::registry::type_refinement::ENUM;
use std::fmt::Write;

/// Finds all changes between two models.
type EvaluateAll = fn(&Differences<'_>) -> Vec<Event>;

pub(super) fn evaluate(
    differences: &Differences<'_>,
    evaluate_all: EvaluateAll,
    events: &mut Vec<Event>,
) {
    for Change { old, new } in &differences.members {
        if old.target != new.target {
            events.extend(retargeted(differences, evaluate_all, old, new));
        }
    }
}

fn retargeted(
    differences: &Differences<'_>,
    evaluate_all: EvaluateAll,
    old: &Member,
    new: &Member,
) -> Option<Event> {
    let targets = Change {
        old: differences.old.target(old)?,
        new: differences.new.target(new)?,
    };
    let (severity, verdict) = compare(differences, evaluate_all, targets);
    let message = format!(
        "The shape targeted by the member `{}` changed from `{}` ({}) to `{}` ({}). {verdict}",
        new.id,
        old.target,
        targets.old.kind.name(),
        new.target,
        targets.new.kind.name(),
    );
    Some(
        severity
            .event("ChangedMemberTarget", &new.id, message)
            .in_new(new.span),
    )
}

fn compare(
    differences: &Differences<'_>,
    evaluate_all: EvaluateAll,
    targets: Change<&Shape>,
) -> (EventSeverity, String) {
    let (before, after) = (targets.old.kind.name(), targets.new.kind.name());
    if before != after {
        let verdict = format!("The type of the targeted shape changed from {before} to {after}.");
        return (EventSeverity::Error, verdict);
    }
    let is_inline = matches!(
        targets.old.kind,
        ShapeKind::Simple(_) | ShapeKind::List(_) | ShapeKind::Map { .. }
    );
    if !is_inline {
        return (
            EventSeverity::Error,
            format!("The name of a {before} is significant."),
        );
    }
    if ENUM.is_on(&targets.old.traits) {
        let verdict = "The target has `smithy.api#enum`, so its name is significant.";
        return (EventSeverity::Error, verdict.to_owned());
    }
    let events = evaluate_all(&Differences::of_targets(
        differences.old,
        differences.new,
        targets,
    ));
    verdict(&events)
}

fn verdict(events: &[Event]) -> (EventSeverity, String) {
    const COMPATIBLE: &str = "This was determined backward compatible.";
    let Some(worst) = events.iter().map(|event| event.severity).max() else {
        return (EventSeverity::Warning, COMPATIBLE.to_owned());
    };
    let severity = worst.max(EventSeverity::Warning);
    let mut text = String::new();
    if severity == EventSeverity::Warning {
        text.push_str(COMPATIBLE);
        text.push(' ');
    }
    text.push_str("This will result in the following effective differences:\n");
    for event in events {
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n- [{}] {}",
            event.severity,
            event.message.replace('\n', "\n  ")
        );
    }
    (severity, text)
}
