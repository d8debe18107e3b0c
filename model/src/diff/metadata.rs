//! Metadata that was added, changed or removed.

use super::differences::Differences;
use super::equality::same_node;
use super::event::{Event, Side};
use crate::syntax::source::Span;
use crate::traits::change::EventSeverity;

pub(super) fn evaluate(differences: &Differences<'_>, events: &mut Vec<Event>) {
    if differences.of_targets {
        return;
    }
    let (old, new) = (&differences.old.metadata, &differences.new.metadata);
    for (key, node) in new {
        let at = Some((Side::New, node.span));
        match old.get(key) {
            None => {
                let message = format!("Metadata key `{key}` was added");
                events.push(event(
                    EventSeverity::Note,
                    "AddedMetadata".to_owned(),
                    message,
                    at,
                ));
            }
            Some(before) if !same_node(before, node) => {
                let message = format!("Metadata key `{key}` was changed");
                events.push(event(
                    EventSeverity::Warning,
                    "ChangedMetadata".to_owned(),
                    message,
                    at,
                ));
            }
            Some(_) => {}
        }
    }
    for (key, node) in old.iter().filter(|(key, _)| !new.contains_key(*key)) {
        let message = format!("Metadata key `{key}` was removed");
        let id = format!("RemovedMetadata.{key}");
        events.push(event(
            EventSeverity::Danger,
            id,
            message,
            Some((Side::Old, node.span)),
        ));
    }
}

fn event(
    severity: EventSeverity,
    id: String,
    message: String,
    place: Option<(Side, Span)>,
) -> Event {
    Event {
        severity,
        id,
        shape: None,
        message,
        place,
    }
}
