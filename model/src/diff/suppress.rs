//! Suppressions and overrides of severities (Smithy specification, "Suppressions", "Severity
//! overrides").

use super::event::Event;
use crate::shapes::model::Model;
use crate::syntax::node::Node;
use crate::syntax::shape_id::ShapeId;
use crate::traits::change::EventSeverity;
use crate::traits::registry::meta::SUPPRESS;

/// Applies the metadata of the model and its `@suppress` traits.
pub(super) fn apply(model: &Model, events: &mut [Event]) {
    let list = |key: &str| {
        model
            .metadata
            .get(key)
            .and_then(Node::as_array)
            .unwrap_or_default()
    };
    let (suppressions, overrides) = (list("suppressions"), list("severityOverrides"));
    for event in events {
        let severity = overrides
            .iter()
            .filter(|entry| names(entry, event))
            .find_map(|entry| EventSeverity::parse(entry.get("severity").and_then(Node::as_str)?));
        // An override can only raise the severity.
        event.severity = event
            .severity
            .max(severity.unwrap_or(EventSeverity::Suppressed));
        let by_trait = event
            .shape
            .as_ref()
            .is_some_and(|shape| suppressed_on(model, shape, &event.id));
        let suppressed = by_trait || suppressions.iter().any(|entry| names(entry, event));
        if suppressed && event.severity < EventSeverity::Error {
            event.severity = EventSeverity::Suppressed;
        }
    }
}

/// Returns whether the `id` and `namespace` of an entry match the event.
fn names(entry: &Node, event: &Event) -> bool {
    let text = |key: &str| entry.get(key).and_then(Node::as_str);
    let namespace = text("namespace").unwrap_or_default();
    let here = event.shape.as_ref().map(ShapeId::namespace);
    covers(text("id").unwrap_or_default(), &event.id)
        && (namespace == "*" || here == Some(namespace))
}

fn suppressed_on(model: &Model, id: &ShapeId, event: &str) -> bool {
    let shape = model.shape(&id.container());
    let traits = match id.member() {
        Some(name) => shape
            .and_then(|shape| shape.member(name))
            .map(|member| &member.traits),
        None => shape.map(|shape| &shape.traits),
    };
    let ids = traits.and_then(|traits| SUPPRESS.of(traits));
    ids.is_some_and(|ids| ids.iter().any(|id| covers(id, event)))
}

/// Returns whether an id is that of the event, or a dotted prefix of it.
fn covers(id: &str, event: &str) -> bool {
    event
        .strip_prefix(id)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
