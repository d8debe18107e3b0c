//! Changes of the values of enums.

use super::differences::{Change, Differences};
use super::event::Event;
use crate::shapes::shape::{Member, Shape, ShapeKind};
use crate::syntax::source::Span;
use crate::traits::change::EventSeverity;
use crate::traits::registry::type_refinement::{ENUM, ENUM_VALUE};
use crate::traits::values::type_refinement::EnumDefinition;
use std::collections::HashMap;

pub(super) fn evaluate(differences: &Differences<'_>, events: &mut Vec<Event>) {
    for Change { old, new } in &differences.shapes {
        if let (Some(before), Some(after)) = (values(old), values(new)) {
            compare(new, &before, &after, events);
        }
    }
}

struct EnumValue<'m> {
    value: &'m str,
    name: Option<&'m str>,
    span: Option<Span>,
}

impl<'m> EnumValue<'m> {
    fn of_member(member: &'m Member) -> Option<Self> {
        let value = ENUM_VALUE.of(&member.traits)?.as_str()?;
        Some(Self {
            value,
            name: Some(&member.name),
            span: member.span,
        })
    }

    fn of_definition(definition: EnumDefinition<'m>) -> Self {
        Self {
            value: definition.value,
            name: definition.name,
            span: Some(definition.span),
        }
    }
}

/// Returns the values of an enum, or of a string with `@enum`, in their order.
fn values(shape: &Shape) -> Option<Vec<EnumValue<'_>>> {
    if let ShapeKind::Enum(members) = &shape.kind {
        return Some(members.values().filter_map(EnumValue::of_member).collect());
    }
    let definitions = ENUM.of(&shape.traits)?.into_iter();
    Some(definitions.map(EnumValue::of_definition).collect())
}

/// Returns values by their text; the first one of equal values.
fn by_value<'v, 'm>(values: &'v [EnumValue<'m>]) -> HashMap<&'m str, &'v EnumValue<'m>> {
    values
        .iter()
        .rev()
        .map(|value| (value.value, value))
        .collect()
}

fn compare(shape: &Shape, old: &[EnumValue<'_>], new: &[EnumValue<'_>], events: &mut Vec<Event>) {
    let event = |severity: EventSeverity, what: &str, index: usize, message: String| {
        severity.event(
            format!("ChangedEnumTrait.{what}.{index}"),
            &shape.id,
            message,
        )
    };
    let (of_old, of_new) = (by_value(old), by_value(new));
    // The position after the last old value.
    let mut end = old.len();
    for (index, EnumValue { value, name, span }) in old.iter().enumerate() {
        match of_new.get(value) {
            None => {
                end -= 1;
                let message = format!("Enum value `{value}` was removed");
                events.push(event(EventSeverity::Error, "Removed", index, message).in_old(*span));
            }
            Some(now) if now.name != *name => {
                let [before, after] = [*name, now.name].map(Option::unwrap_or_default);
                let message = format!(
                    "Enum name changed from `{before}` to `{after}` for the `{value}` value"
                );
                events.push(
                    event(EventSeverity::Error, "NameChanged", index, message).in_new(now.span),
                );
            }
            Some(_) => {}
        }
    }
    for (index, EnumValue { value, span, .. }) in new.iter().enumerate() {
        if of_old.contains_key(value) {
            continue;
        }
        let added = if index < end {
            end += 1;
            let message = format!(
                "Enum value `{value}` was inserted before the end of the list of existing values. This can cause \
                 compatibility issues where ordinal values are used"
            );
            event(EventSeverity::Error, "OrderChanged", index, message)
        } else {
            event(
                EventSeverity::Note,
                "Appended",
                index,
                format!("Enum value `{value}` was appended"),
            )
        };
        events.push(added.in_new(*span));
    }
}
