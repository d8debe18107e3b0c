//! `@length` and `@range` that allow less than before.

use super::differences::{Differences, Entity};
use super::event::Event;
use crate::syntax::node::Node;
use crate::traits::change::EventSeverity;

pub(super) fn evaluate(differences: &Differences<'_>, events: &mut Vec<Event>) {
    for change in differences.entities() {
        for (name, what) in [
            ("smithy.api#length", "Length"),
            ("smithy.api#range", "Range"),
        ] {
            let (Some(old), Some(new)) =
                (change.old.traits().get(name), change.new.traits().get(name))
            else {
                continue;
            };
            tightened(change.new, what, old, new, events);
        }
    }
}

fn tightened(entity: Entity<'_>, what: &str, old: &Node, new: &Node, events: &mut Vec<Event>) {
    let bound =
        |node: &Node, key: &str| node.get(key).and_then(Node::as_number)?.parse::<f64>().ok();
    let id = format!("Changed{what}Trait");
    let name = what.to_ascii_lowercase();
    let mut push = |message: String| {
        events.push(
            EventSeverity::Error
                .event(&id, entity.id(), message)
                .in_new(new.span),
        );
    };
    // A minimum that is not there is 0, in Smithy's diff for ranges, too.
    let (before, after) = (
        bound(old, "min").unwrap_or(0.0),
        bound(new, "min").unwrap_or(0.0),
    );
    if after > before {
        push(format!(
            "{what} trait value `min` was made more restrictive by raising from {before} to {after}"
        ));
    }
    match (bound(old, "max"), bound(new, "max")) {
        (Some(before), Some(after)) if after < before => push(format!(
            "{what} trait value `max` was made more restrictive by lowering from {before} to {after}"
        )),
        (None, Some(after)) => push(format!(
            "A maximum of {after} was added to the {name} trait, which had none"
        )),
        _ => {}
    }
}
