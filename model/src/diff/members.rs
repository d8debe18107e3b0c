//! Required members that were added, and changes of the order of members.

use super::differences::{Change, Differences, Entity};
use super::event::Event;
use crate::shapes::shape::{Shape, ShapeKind};
use crate::traits::change::EventSeverity;
use crate::traits::registry::type_refinement::{CLIENT_OPTIONAL, DEFAULT, REQUIRED};

pub(super) fn evaluate(differences: &Differences<'_>, events: &mut Vec<Event>) {
    for entity in &differences.added {
        let Entity::Member(member) = entity else {
            continue;
        };
        let container = differences.new.shapes.get(&member.id.container());
        let in_structure =
            container.is_some_and(|shape| matches!(shape.kind, ShapeKind::Structure(_)));
        if in_structure
            && entity.has(REQUIRED)
            && !entity.has(DEFAULT)
            && !entity.has(CLIENT_OPTIONAL)
        {
            let message = "Adding a new required member without a default and without `@clientOptional` breaks those \
                           who make values of the structure";
            events.push(
                EventSeverity::Error
                    .event("AddedRequiredMember", &member.id, message)
                    .in_new(member.span),
            );
        }
    }
    for Change { old, new } in &differences.shapes {
        if reordered(old, new) {
            let message = format!(
                "{} shape members were reordered. Languages whose values have a layout, such as C, may break",
                new.kind.name()
            );
            events.push(
                EventSeverity::Danger
                    .event("ChangedMemberOrder", &new.id, message)
                    .in_new(new.span),
            );
        }
    }
}

/// Returns whether a position of the old order has another member in the new one. New members at the
/// end are allowed.
fn reordered(old: &Shape, new: &Shape) -> bool {
    match (&old.kind, &new.kind) {
        (ShapeKind::Structure(before), ShapeKind::Structure(after))
        | (ShapeKind::Union(before), ShapeKind::Union(after)) => before
            .keys()
            .zip(after.keys())
            .any(|(before, after)| before != after),
        _ => false,
    }
}
