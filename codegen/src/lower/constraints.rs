//! Constraints, sensitivity and media types of members.

use crate::graph::member::{Bounds, Constraints};
use crate::lower::limits::DEEPEST;
use crate::text::Text;
use smithy_model::{Member, Model, Node, ShapeId, ShapeKind};

/// Whether the value of a member is redacted in logs.
pub(crate) fn is_sensitive(model: &Model, member: &Member) -> bool {
    member.traits.has("smithy.api#sensitive") || is_sensitive_shape(model, &member.target, 0)
}

/// A collection is sensitive if its values are. A structure redacts its own members.
fn is_sensitive_shape(model: &Model, id: &ShapeId, depth: usize) -> bool {
    let Some(shape) = model.shape(id) else {
        return false;
    };
    let nested =
        |member: &Member| depth < DEEPEST && is_sensitive_shape(model, &member.target, depth + 1);
    shape.traits.has("smithy.api#sensitive")
        || match &shape.kind {
            ShapeKind::List(item) => nested(item),
            ShapeKind::Map { key, value } => nested(key) || nested(value),
            _ => false,
        }
}

/// The `mediaType` trait of the target.
pub(crate) fn media_type(model: &Model, member: &Member) -> Option<Text> {
    let target = model.shape(&member.target)?;
    target
        .traits
        .get("smithy.api#mediaType")
        .and_then(Node::as_str)
        .map(Text::new)
}

/// The constraints of a member: its own traits, or else those of its target.
pub(crate) fn of_member(model: &Model, member: &Member) -> Constraints {
    let target = model.shape(&member.target).map(|shape| &shape.traits);
    let get = |name: &str| {
        member
            .traits
            .get(name)
            .or_else(|| target.and_then(|traits| traits.get(name)))
    };
    Constraints {
        length: get("smithy.api#length").map(bounds),
        range: get("smithy.api#range").map(bounds),
        pattern: get("smithy.api#pattern")
            .and_then(Node::as_str)
            .map(Text::new),
        unique: get("smithy.api#uniqueItems").is_some(),
    }
}

fn bounds(node: &Node) -> Bounds {
    let bound = |key| node.get(key).and_then(Node::as_number).map(Text::new);
    Bounds {
        min: bound("min"),
        max: bound("max"),
    }
}
