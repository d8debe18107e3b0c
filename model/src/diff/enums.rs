//! Values of enums.

use super::differences::{Change, Differences};
use super::{Event, EventSeverity};
use crate::{Node, Shape, ShapeKind};

pub(super) fn evaluate(differences: &Differences<'_>, events: &mut Vec<Event>) {
    for Change { old, new } in &differences.shapes {
        if let (Some(before), Some(after)) = (values(old), values(new)) {
            compare(new, &before, &after, events);
        }
    }
}

/// A value and its name, if it has one.
type Value<'m> = (&'m str, Option<&'m str>);

/// The values of an enum, or of a string with `@enum`, in their order.
fn values(shape: &Shape) -> Option<Vec<Value<'_>>> {
    if let ShapeKind::Enum(members) = &shape.kind {
        let pairs = members.values().filter_map(|member| {
            Some((member.traits.get("smithy.api#enumValue")?.as_str()?, Some(member.name.as_str())))
        });
        return Some(pairs.collect());
    }
    let list = shape.traits.get("smithy.api#enum")?.as_array()?;
    let pairs = list
        .iter()
        .filter_map(|node| Some((node.get("value")?.as_str()?, node.get("name").and_then(Node::as_str))));
    Some(pairs.collect())
}

fn compare(shape: &Shape, old: &[Value<'_>], new: &[Value<'_>], events: &mut Vec<Event>) {
    let mut push = |severity: EventSeverity, what: &str, index: usize, message: String| {
        let id = format!("ChangedEnumTrait.{what}.{index}");
        events.push(severity.event(id, &shape.id, message).in_new(shape.span));
    };
    for (index, (value, name)) in old.iter().enumerate() {
        match new.iter().find(|(other, _)| other == value) {
            None => push(EventSeverity::Error, "Removed", index, format!("Enum value `{value}` was removed")),
            Some((_, now)) if now != name => {
                let (before, after) = (name.unwrap_or_default(), now.unwrap_or_default());
                let message =
                    format!("Enum name changed from `{before}` to `{after}` for the `{value}` value");
                push(EventSeverity::Error, "NameChanged", index, message);
            }
            Some(_) => {}
        }
    }
    // The place up to which a new value pushes an old one back.
    let mut end = old.len();
    for (index, (value, _)) in new.iter().enumerate() {
        if old.iter().any(|(other, _)| other == value) {
            continue;
        }
        if index < end {
            end += 1;
            let message = format!(
                "Enum value `{value}` was inserted before the end of the list of existing values. This can cause \
                 compatibility issues where ordinal values are used"
            );
            push(EventSeverity::Error, "OrderChanged", index, message);
        } else {
            push(EventSeverity::Note, "Appended", index, format!("Enum value `{value}` was appended"));
        }
    }
}
