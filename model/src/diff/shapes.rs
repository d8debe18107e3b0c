//! Shapes and members that were added or removed, and shapes whose type changed.

use super::differences::{Change, Differences, Entity};
use super::event::Event;
use crate::shapes::shape::{Shape, ShapeKind, Simple};
use crate::traits::change::EventSeverity;
use crate::traits::registry::constraints::PRIVATE;
use crate::traits::registry::meta::TRAIT;
use crate::traits::registry::type_refinement::ENUM;

pub(super) fn evaluate(differences: &Differences<'_>, events: &mut Vec<Event>) {
    for entity in &differences.added {
        let (id, kind) = (entity.id(), entity.kind());
        let message = format!("Added {kind} `{id}`");
        events.push(
            EventSeverity::Note
                .event("AddedShape", id, message)
                .in_new(entity.span()),
        );
        if entity.has(TRAIT) {
            let message = format!("Trait definition `{id}` was added");
            events.push(
                EventSeverity::Note
                    .event("AddedTraitDefinition", id, message)
                    .in_new(entity.span()),
            );
        }
    }
    for entity in &differences.removed {
        removed(*entity, events);
    }
    for change in &differences.shapes {
        type_changed(*change, events);
    }
}

fn removed(entity: Entity<'_>, events: &mut Vec<Event>) {
    let (id, kind) = (entity.id(), entity.kind());
    if !entity.has(PRIVATE) {
        let (severity, event) = match entity {
            Entity::Shape(shape) if is_scalar(shape) => {
                (EventSeverity::Warning, "RemovedShape.ScalarShape")
            }
            _ => (EventSeverity::Error, "RemovedShape"),
        };
        events.push(
            severity
                .event(event, id, format!("Removed {kind} `{id}`"))
                .in_old(entity.span()),
        );
    }
    if entity.has(TRAIT) {
        let message = format!("Trait definition `{id}` was removed");
        events.push(
            EventSeverity::Error
                .event("RemovedTraitDefinition", id, message)
                .in_old(entity.span()),
        );
    }
}

/// Returns whether generators use the shape in place, without a name of its own.
fn is_scalar(shape: &Shape) -> bool {
    matches!(shape.kind, ShapeKind::Simple(simple) if simple != Simple::Document)
        && !ENUM.is_on(&shape.traits)
}

fn type_changed(Change { old, new }: Change<&Shape>, events: &mut Vec<Event>) {
    let (before, after) = (old.kind.name(), new.kind.name());
    let was_enum_trait = before == "string" && ENUM.is_on(&old.traits) && after == "enum";
    if before != after && !was_enum_trait {
        let message = format!(
            "Shape `{}` type was changed from {before} to {after}",
            new.id
        );
        events.push(
            EventSeverity::Error
                .event("ChangedShapeType", &new.id, message)
                .in_new(new.span),
        );
    }
}
