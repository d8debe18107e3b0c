//! The serialized form of values whose type allows several.

use crate::graph::wire::{Form, Location};
use crate::lower::tables::Tables;
use smithy_model::traits::{MEDIA_TYPE, TIMESTAMP_FORMAT, TimestampFormat};
use smithy_model::{Member, Shape, ShapeId, ShapeKind, Simple, Traits};

/// The form of the value of a member at a location.
pub(crate) fn of_member(tables: &Tables<'_, '_>, member: &Member, location: &Location) -> Form {
    let timestamp = modeled_timestamp_format(tables, &member.target, &member.traits);
    let target = tables.target(member);
    let is_media = |shape: &Shape| {
        matches!(shape.kind, ShapeKind::Simple(Simple::String)) && MEDIA_TYPE.is_on(&shape.traits)
    };
    Form {
        timestamp: timestamp.map(|modeled| tables.protocol.timestamp_format(location, modeled)),
        base64: matches!(location, Location::Header(_)) && target.is_some_and(is_media),
    }
}

/// The `timestampFormat` of the timestamps in a type; `None` if the type contains no timestamps.
fn modeled_timestamp_format(
    tables: &Tables<'_, '_>,
    target: &ShapeId,
    traits: &Traits,
) -> Option<Option<TimestampFormat>> {
    let shape = tables.closure.model.shape(target)?;
    match &shape.kind {
        ShapeKind::Simple(Simple::Timestamp) => {
            let format = TIMESTAMP_FORMAT.of(traits);
            Some(format.or_else(|| TIMESTAMP_FORMAT.of(&shape.traits)))
        }
        ShapeKind::List(item) | ShapeKind::Map { value: item, .. } => {
            modeled_timestamp_format(tables, &item.target, &item.traits)
        }
        _ => None,
    }
}
