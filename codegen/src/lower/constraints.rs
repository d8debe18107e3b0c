//! Constraints, sensitivity and media types of members.

use crate::graph::member::{Bounds, Constraints};
use crate::lower::limits::DEEPEST;
use crate::text::Text;
use smithy_model::traits::{LENGTH, MEDIA_TYPE, PATTERN, RANGE, SENSITIVE, UNIQUE_ITEMS};
use smithy_model::{Member, Model, ShapeId, ShapeKind};

/// Whether the value of a member is redacted in logs.
pub(crate) fn is_sensitive(model: &Model, member: &Member) -> bool {
    SENSITIVE.is_on(&member.traits) || is_sensitive_shape(model, &member.target, 0)
}

/// A collection is sensitive if its values are. A structure redacts its own members.
fn is_sensitive_shape(model: &Model, id: &ShapeId, depth: usize) -> bool {
    let Some(shape) = model.shape(id) else {
        return false;
    };
    let nested =
        |member: &Member| depth < DEEPEST && is_sensitive_shape(model, &member.target, depth + 1);
    SENSITIVE.is_on(&shape.traits)
        || match &shape.kind {
            ShapeKind::List(item) => nested(item),
            ShapeKind::Map { key, value } => nested(key) || nested(value),
            _ => false,
        }
}

/// The `mediaType` trait of the target.
pub(crate) fn media_type(model: &Model, member: &Member) -> Option<Text> {
    let target = model.shape(&member.target)?;
    MEDIA_TYPE.of(&target.traits).map(Text::new)
}

/// The constraints of a member: its own traits, or else those of its target, and those of the values
/// in a collection.
pub(crate) fn of_member(model: &Model, member: &Member) -> Constraints {
    at_depth(model, member, 0)
}

fn at_depth(model: &Model, member: &Member, depth: usize) -> Constraints {
    let target = model.shape(&member.target);
    let traits = || {
        [&member.traits]
            .into_iter()
            .chain(target.map(|shape| &shape.traits))
    };
    let length = traits().find_map(|traits| LENGTH.of(traits));
    let range = traits().find_map(|traits| RANGE.of(traits));
    let pattern = traits().find_map(|traits| PATTERN.of(traits));
    let number = |bound: Option<i64>| bound.map(|bound| Text::new(&bound.to_string()));
    let nested = |member: &Member| {
        let constraints = (depth < DEEPEST).then(|| at_depth(model, member, depth + 1));
        constraints
            .filter(|nested| !nested.is_empty())
            .map(Box::new)
    };
    let (item, key) = match target.map(|shape| &shape.kind) {
        Some(ShapeKind::List(item)) => (nested(item), None),
        Some(ShapeKind::Map { key, value }) => (nested(value), nested(key)),
        _ => (None, None),
    };
    Constraints {
        length: length.map(|length| Bounds {
            min: number(length.min),
            max: number(length.max),
        }),
        range: range.map(|range| Bounds {
            min: range.min.map(Text::new),
            max: range.max.map(Text::new),
        }),
        pattern: pattern.map(Text::new),
        unique: traits().any(|traits| UNIQUE_ITEMS.is_on(traits)),
        item,
        key,
    }
}
