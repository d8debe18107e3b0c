//! Defaults that were added, changed or removed.

use super::differences::{Change, Differences, Entity};
use super::equality::same_node;
use super::event::Event;
use crate::shapes::model::Model;
use crate::syntax::node::{Node, Value};
use crate::traits::change::EventSeverity;
use crate::traits::registry::type_refinement::{ADDED_DEFAULT, DEFAULT};

pub(super) fn evaluate(differences: &Differences<'_>, events: &mut Vec<Event>) {
    for change in differences.entities() {
        let Change { old, new } = change;
        let (before, after) = (DEFAULT.of(old.traits()), DEFAULT.node(new.traits()));
        let is_member = matches!(new, Entity::Member(_));
        let found = match (before, after) {
            (Some(before), None) if removed_null(differences.new, before, new) => None,
            (Some(before), None) => Some((
                EventSeverity::Error,
                format!("Removed `@default` of {before}, which can break users"),
            )),
            (None, Some(after)) => added(new, is_member, after),
            (Some(before), Some(after)) if same_node(before, after) => None,
            (Some(before), Some(after)) => Some(changed(is_member, before, after)),
            (None, None) => None,
        };
        if let Some((severity, message)) = found {
            let event = severity.event("ChangedDefault", new.id(), message);
            events.push(match (before, after) {
                (Some(before), None) => event.in_old(before.span),
                (_, after) => event.in_new(after.map(|node| node.span).or(new.span())),
            });
        }
    }
}

/// Returns whether the default was null, which removes the default of the target, and the target has
/// no default now.
fn removed_null(model: &Model, before: &Node, new: Entity<'_>) -> bool {
    let Entity::Member(member) = new else {
        return false;
    };
    let target = model
        .target(member)
        .and_then(|shape| DEFAULT.of(&shape.traits));
    before.is_null() && target.is_none_or(Node::is_null)
}

fn added(new: Entity<'_>, is_member: bool, value: &Node) -> Option<(EventSeverity, String)> {
    let message = if !is_member {
        format!("Added `@default` of {value} to an existing root level shape")
    } else if !new.has(ADDED_DEFAULT) && !value.is_null() {
        format!("Added `@default` of {value} to a member without `@addedDefault`")
    } else {
        return None;
    };
    Some((EventSeverity::Error, message))
}

fn changed(is_member: bool, before: &Node, after: &Node) -> (EventSeverity, String) {
    if !is_member {
        let message = format!("Changed `@default` of a root level shape from {before} to {after}");
        return (EventSeverity::Error, message);
    }
    let message = format!("Changed `@default` from {before} to {after}");
    let severity = if is_zero(before) == is_zero(after) {
        EventSeverity::Danger
    } else {
        EventSeverity::Error
    };
    (severity, message)
}

/// Returns whether a default is the zero value of its type.
fn is_zero(node: &Node) -> bool {
    match &node.value {
        Value::Null => false,
        Value::Bool(value) => !value,
        Value::Number(text) => text.parse() == Ok(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
    }
}
