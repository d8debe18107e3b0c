//! The form of members' values where their type leaves a choice.

use crate::graph::wire::{Form, Location, TimestampFormat};
use crate::lower::tables::Tables;
use smithy_model::{Member, Shape, ShapeId, ShapeKind, Simple, Traits};

/// The form of a member's value at a location.
pub(crate) fn of_member(tables: &Tables<'_, '_>, member: &Member, location: &Location) -> Form {
    let timestamp = modeled_timestamp_format(tables, &member.target, &member.traits);
    let target = tables.target(member);
    let is_media = |shape: &Shape| {
        matches!(shape.kind, ShapeKind::Simple(Simple::String))
            && shape.traits.has("smithy.api#mediaType")
    };
    Form {
        timestamp: timestamp.map(|modeled| tables.protocol.timestamp_format(location, modeled)),
        base64: matches!(location, Location::Header(_)) && target.is_some_and(is_media),
    }
}

/// The format that `timestampFormat` gives the timestamps in a type; `None` if it holds no
/// timestamps.
fn modeled_timestamp_format(
    tables: &Tables<'_, '_>,
    target: &ShapeId,
    traits: &Traits,
) -> Option<Option<TimestampFormat>> {
    let shape = tables.closure.model.shape(target)?;
    match &shape.kind {
        ShapeKind::Simple(Simple::Timestamp) => {
            Some(timestamp_format(traits).or_else(|| timestamp_format(&shape.traits)))
        }
        ShapeKind::List(item) | ShapeKind::Map { value: item, .. } => {
            modeled_timestamp_format(tables, &item.target, &item.traits)
        }
        _ => None,
    }
}

/// The format that a `timestampFormat` trait names.
fn timestamp_format(traits: &Traits) -> Option<TimestampFormat> {
    match traits.get("smithy.api#timestampFormat")?.as_str()? {
        "date-time" => Some(TimestampFormat::DateTime),
        "epoch-seconds" => Some(TimestampFormat::EpochSeconds),
        "http-date" => Some(TimestampFormat::HttpDate),
        _ => None,
    }
}
