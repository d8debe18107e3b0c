//! Adds the defaults that Smithy 1.0 implies and 2.0 requires as the `default` trait: numbers and
//! Booleans are zero unless they have the `box` trait (Smithy specification, "default trait"; Smithy
//! 1.0, "box trait").

use super::definition::{ShapeType, Version};
use crate::shapes::model::Model;
use crate::shapes::prelude::prelude;
use crate::shapes::shape::{Shape, ShapeKind, Simple, Traits};
use crate::syntax::node::Value;
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use crate::traits::registry::streaming::STREAMING;
use crate::traits::registry::type_refinement::REQUIRED;
use std::collections::HashMap;

const BOX: &str = crate::traits::registry::type_refinement::BOX.id();
const DEFAULT: &str = crate::traits::registry::type_refinement::DEFAULT.id();

/// Adds the implied default to a simple shape of a 1.0 file.
pub(super) fn root(ty: ShapeType, traits: &mut Traits, span: Span) {
    let zero = match ty {
        ShapeType::Simple(simple) => zero(simple),
        ShapeType::IntEnum => zero(Simple::Integer),
        _ => None,
    };
    if let Some(zero) = zero.filter(|_| !traits.has(BOX)) {
        traits.imply(DEFAULT, zero, span);
    }
}

/// Adds the implied defaults to structure members of 1.0 files.
pub(super) fn members(model: &mut Model, versions: &HashMap<ShapeId, Version>) {
    let mut upgrades: Vec<(ShapeId, usize, Value)> = Vec::new();
    for shape in model
        .shapes
        .values()
        .filter(|shape| versions.get(&shape.id) == Some(&Version::V1))
    {
        let ShapeKind::Structure(members) = &shape.kind else {
            continue;
        };
        for (index, member) in members.values().enumerate() {
            let Some(target) = model.shape(&member.target) else {
                continue;
            };
            if let Some(value) = member_default(&member.traits, target, versions) {
                upgrades.push((shape.id.clone(), index, value));
            }
        }
    }
    for (id, index, value) in upgrades {
        if let Some(ShapeKind::Structure(members)) =
            model.shapes.get_mut(&id).map(|shape| &mut shape.kind)
            && let Some((_, member)) = members.get_index_mut(index)
            && let Some(span) = member.span
        {
            member.traits.imply(DEFAULT, value, span);
        }
    }
}

fn member_default(
    traits: &Traits,
    target: &Shape,
    versions: &HashMap<ShapeId, Version>,
) -> Option<Value> {
    if traits.has(BOX) {
        return Some(Value::Null);
    }
    match &target.kind {
        ShapeKind::Simple(Simple::Blob) => {
            // A streaming blob that is not required defaults to an empty one.
            let implied = target.traits.has(STREAMING.id()) && !traits.has(REQUIRED.id());
            implied.then(|| Value::String(String::new()))
        }
        ShapeKind::Simple(simple) => zero(*simple).filter(|_| is_unboxed(target, versions)),
        ShapeKind::IntEnum(_) => zero(Simple::Integer).filter(|_| is_unboxed(target, versions)),
        _ => None,
    }
}

/// Returns whether a number or Boolean is never absent: in 1.0 unless it has the `box` trait, in 2.0
/// if its default is zero.
fn is_unboxed(target: &Shape, versions: &HashMap<ShapeId, Version>) -> bool {
    let by_default = || {
        target
            .traits
            .get(DEFAULT)
            .is_some_and(|node| matches!(&*node.to_json(), "0" | "false"))
    };
    if prelude(target.id.as_str()).is_some() {
        return by_default();
    }
    match versions.get(&target.id) {
        Some(Version::V1) => !target.traits.has(BOX),
        _ => by_default(),
    }
}

/// Returns the zero of the kinds of shapes that default to it in 1.0.
fn zero(simple: Simple) -> Option<Value> {
    match simple {
        Simple::Boolean => Some(Value::Bool(false)),
        Simple::Byte
        | Simple::Short
        | Simple::Integer
        | Simple::Long
        | Simple::Float
        | Simple::Double => Some(Value::Number("0".to_owned())),
        _ => None,
    }
}
