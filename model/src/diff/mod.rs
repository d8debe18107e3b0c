//! What changed between two models, and how bad that is for those who use the older one.
//!
//! The rules and the ids of events are those of Smithy's own diff (smithy-diff, "Smithy Diff" in
//! its documentation), one concern a file, in the order of `EVALUATORS`. They speak of the model:
//! whether generated Rust breaks is another question.

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

/// What changed from the old model to the new one, the worst first, then by shape and id.
///
/// Suppressions of the new model hold for events, too: what they name is
/// [`EventSeverity::Suppressed`], unless it is an error.
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
