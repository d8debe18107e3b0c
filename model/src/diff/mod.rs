//! Compares two models, and judges each change by its effect on users of the older one.
//!
//! The rules and the ids of events are those of Smithy's own diff (smithy-diff, "Smithy Diff" in
//! its documentation), one concern a file, in the order of `EVALUATORS`. They apply to the model, not
//! to generated Rust.

mod auth;
mod bindings;
mod breaking;
mod constraints;
mod defaults;
mod differences;
mod enums;
mod equality;
mod event;
mod members;
mod metadata;
mod modified;
mod nullability;
mod operations;
mod shapes;
mod suppress;
mod target;
mod trait_change;
mod values;

pub use crate::traits::change::EventSeverity;
pub use event::{Event, Side};

use crate::shapes::model::Model;
use differences::Differences;

/// Finds one kind of change.
type Evaluator = fn(&Differences<'_>, &mut Vec<Event>);

const EVALUATORS: [Evaluator; 13] = [
    metadata::evaluate,
    shapes::evaluate,
    bindings::evaluate,
    operations::evaluate,
    members::evaluate,
    targets,
    nullability::evaluate,
    defaults::evaluate,
    enums::evaluate,
    constraints::evaluate,
    modified::evaluate,
    breaking::evaluate,
    auth::evaluate,
];

/// Returns the changes from the old model to the new one, by descending severity, shape and id.
///
/// Suppressions of the new model apply to events: the events that they match are
/// [`EventSeverity::Suppressed`], except errors.
pub fn diff(old: &Model, new: &Model) -> Vec<Event> {
    let mut events = evaluate(&Differences::between(old, new));
    suppress::apply(new, &mut events);
    events.sort_by(|a, b| {
        (b.severity, &a.shape, &a.id, &a.message).cmp(&(a.severity, &b.shape, &b.id, &b.message))
    });
    events.dedup();
    events
}

/// Compares targets with all evaluators, which include this one.
fn targets(differences: &Differences<'_>, events: &mut Vec<Event>) {
    target::evaluate(differences, evaluate, events);
}

fn evaluate(differences: &Differences<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    for evaluate in EVALUATORS {
        evaluate(differences, &mut events);
    }
    events
}
