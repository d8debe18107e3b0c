//! Changes of the input, output and errors of operations, the errors and renames of services, and the
//! identifiers of resources.

use super::differences::{Change, Differences};
use super::event::Event;
use crate::shapes::model::Model;
use crate::shapes::shape::{Operation, Resource, Service, Shape, ShapeKind};
use crate::syntax::shape_id::ShapeId;
use crate::traits::change::EventSeverity;
use std::collections::BTreeSet;

pub(super) fn evaluate(differences: &Differences<'_>, events: &mut Vec<Event>) {
    for Change { old, new } in &differences.shapes {
        match (&old.kind, &new.kind) {
            (ShapeKind::Operation(before), ShapeKind::Operation(after)) => {
                operation(Change { old, new }, before, after, events);
            }
            (ShapeKind::Service(before), ShapeKind::Service(after)) => {
                service_errors(Change { old, new }, before, after, events);
                renames(differences.old, Change { old, new }, before, after, events);
            }
            (ShapeKind::Resource(before), ShapeKind::Resource(after)) => {
                identifiers(new, before, after, events);
            }
            _ => {}
        }
    }
}

fn operation(shapes: Change<&Shape>, old: &Operation, new: &Operation, events: &mut Vec<Event>) {
    let shape = shapes.new;
    for (what, before, after) in [
        ("Input", &old.input, &new.input),
        ("Output", &old.output, &new.output),
    ] {
        if before != after {
            let id = format!("ChangedOperation{what}.From.{before}.To.{after}");
            let message = format!(
                "Changed operation {} of `{}` from `{before}` to `{after}`",
                what.to_ascii_lowercase(),
                shape.id
            );
            events.push(
                EventSeverity::Error
                    .event(id, &shape.id, message)
                    .in_new(shape.span),
            );
        }
    }
    for error in new
        .errors
        .iter()
        .filter(|error| !old.errors.contains(error))
    {
        let id = format!("AddedOperationError.{}", error.name());
        let message = format!(
            "The `{error}` error was added to the `{}` operation. It breaks nobody only if it is returned where a \
             client asks for something new",
            shape.id
        );
        events.push(
            EventSeverity::Warning
                .event(id, &shape.id, message)
                .in_new(shape.span),
        );
    }
    for error in old
        .errors
        .iter()
        .filter(|error| !new.errors.contains(error))
    {
        let id = format!("RemovedOperationError.{}", error.name());
        let message = format!(
            "The `{error}` error was removed from the `{}` operation",
            shape.id
        );
        events.push(
            EventSeverity::Warning
                .event(id, &shape.id, message)
                .in_old(shapes.old.span),
        );
    }
}

fn service_errors(shapes: Change<&Shape>, old: &Service, new: &Service, events: &mut Vec<Event>) {
    let shape = shapes.new;
    for error in new
        .errors
        .iter()
        .filter(|error| !old.errors.contains(error))
    {
        let message = format!(
            "The `{error}` error was added to the `{}` service, so every operation has it",
            shape.id
        );
        events.push(
            EventSeverity::Warning
                .event("AddedServiceError", &shape.id, message)
                .in_new(shape.span),
        );
    }
    for error in old
        .errors
        .iter()
        .filter(|error| !new.errors.contains(error))
    {
        let message = format!(
            "The `{error}` error was removed from the `{}` service",
            shape.id
        );
        let event = EventSeverity::Warning.event("RemovedServiceError", &shape.id, message);
        events.push(event.in_old(shapes.old.span));
    }
}

/// Compares renames that change the name of a shape in the service.
fn renames(
    model: &Model,
    shapes: Change<&Shape>,
    old: &Service,
    new: &Service,
    events: &mut Vec<Event>,
) {
    let shape = shapes.new;
    let was_there = |id: &ShapeId| model.closure(old).shapes.contains(id);
    let ids: BTreeSet<&ShapeId> = old.rename.keys().chain(new.rename.keys()).collect();
    for id in ids {
        let message = match (old.rename.get(id), new.rename.get(id)) {
            (Some(before), None) => format!("Service rename of `{id}` to `{before}` was removed"),
            (Some(before), Some(after)) if before != after => {
                format!("Service rename of `{id}` was changed from `{before}` to `{after}`")
            }
            (None, Some(after)) if was_there(id) => {
                format!("Service rename to `{after}` was added to the old shape `{id}`")
            }
            _ => continue,
        };
        let event = EventSeverity::Error.event("ServiceRename", &shape.id, message);
        let is_removed = !new.rename.contains_key(id);
        events.push(if is_removed {
            event.in_old(shapes.old.span)
        } else {
            event.in_new(shape.span)
        });
    }
}

fn identifiers(shape: &Shape, old: &Resource, new: &Resource, events: &mut Vec<Event>) {
    if old.identifiers != new.identifiers {
        let list = |resource: &Resource| {
            let pairs = resource
                .identifiers
                .iter()
                .map(|(name, id)| format!("{name}: {id}"));
            pairs.collect::<Vec<_>>().join(", ")
        };
        let message = format!(
            "Identifiers of resource `{}` changed from {{{}}} to {{{}}}",
            shape.id,
            list(old),
            list(new)
        );
        events.push(
            EventSeverity::Error
                .event("ChangedResourceIdentifiers", &shape.id, message)
                .in_new(shape.span),
        );
    }
}
