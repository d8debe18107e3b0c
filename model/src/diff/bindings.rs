//! Operations and resources that were bound to services and resources, or unbound from them.

use super::differences::{Change, Differences};
use super::event::Event;
use crate::shapes::model::Model;
use crate::shapes::shape::{Resource, Service, Shape, ShapeKind};
use crate::syntax::shape_id::ShapeId;
use crate::traits::change::EventSeverity;

pub(super) fn evaluate(differences: &Differences<'_>, events: &mut Vec<Event>) {
    for change in &differences.shapes {
        let Change { old, new } = *change;
        let Some(before) = bound(old) else { continue };
        let Some(after) = bound(new) else { continue };
        for (what, before, after) in [
            ("Operation", before.operations, after.operations),
            ("Resource", before.resources, after.resources),
        ] {
            for id in after.iter().filter(|id| !before.contains(id)) {
                events.push(added(what, id, new));
            }
            for id in before.iter().filter(|id| !after.contains(id)) {
                events.push(removed(differences.new, what, id, *change));
            }
        }
    }
}

/// The shapes in `operations` and `resources` of a service or resource. Like in Smithy's diff,
/// lifecycle and collection operations are ignored.
struct Bound<'m> {
    operations: Vec<&'m ShapeId>,
    resources: Vec<&'m ShapeId>,
}

fn bound(shape: &Shape) -> Option<Bound<'_>> {
    match &shape.kind {
        ShapeKind::Service(Service {
            operations,
            resources,
            ..
        }) => Some(Bound {
            operations: operations.iter().collect(),
            resources: resources.iter().collect(),
        }),
        ShapeKind::Resource(Resource {
            operations,
            resources,
            ..
        }) => Some(Bound {
            operations: operations.iter().collect(),
            resources: resources.iter().collect(),
        }),
        _ => None,
    }
}

fn added(what: &str, id: &ShapeId, to: &Shape) -> Event {
    let kind = to.kind.name();
    let event = format!("Added{what}Binding.To{}.{}", capitalized(kind), id.name());
    let message = format!(
        "{what} binding of `{id}` was added to the {kind} shape, `{}`",
        to.id
    );
    EventSeverity::Note
        .event(event, &to.id, message)
        .in_new(to.span)
}

fn removed(model: &Model, what: &str, id: &ShapeId, shapes: Change<&Shape>) -> Event {
    let from = shapes.new;
    let kind = from.kind.name();
    let event = format!(
        "Removed{what}Binding.From{}.{}",
        capitalized(kind),
        id.name()
    );
    let message = format!(
        "{what} binding of `{id}` was removed from {kind} shape, `{}`",
        from.id
    );
    let stays = match &from.kind {
        ShapeKind::Service(service) => model.closure(service).operations.contains(id),
        _ => false,
    };
    if stays {
        let message = format!(
            "{message}, but the operation remains in the service closure through a resource"
        );
        return EventSeverity::Note
            .event(event, &from.id, message)
            .in_old(shapes.old.span);
    }
    EventSeverity::Error
        .event(event, &from.id, message)
        .in_old(shapes.old.span)
}

fn capitalized(kind: &str) -> &'static str {
    if kind == "service" {
        "Service"
    } else {
        "Resource"
    }
}
