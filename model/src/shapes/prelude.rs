use super::shape::{Shape, ShapeKind, Simple, Traits};
use crate::syntax::node::{Node, Value};
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::{SourceId, Span};
use indexmap::IndexMap;
use std::sync::LazyLock;

/// The id of the empty structure of the prelude, which stands for a missing input or output.
pub(crate) const UNIT: &str = "smithy.api#Unit";

/// The simple shapes of the prelude with their defaults (Smithy specification, "Prelude"). The
/// `Primitive*` shapes come from Smithy 1.0.
const SIMPLE: &[(&str, Simple, Option<&str>)] = &[
    ("smithy.api#BigDecimal", Simple::BigDecimal, None),
    ("smithy.api#BigInteger", Simple::BigInteger, None),
    ("smithy.api#Blob", Simple::Blob, None),
    ("smithy.api#Boolean", Simple::Boolean, None),
    ("smithy.api#Byte", Simple::Byte, None),
    ("smithy.api#Document", Simple::Document, None),
    ("smithy.api#Double", Simple::Double, None),
    ("smithy.api#Float", Simple::Float, None),
    ("smithy.api#Integer", Simple::Integer, None),
    ("smithy.api#Long", Simple::Long, None),
    ("smithy.api#Short", Simple::Short, None),
    ("smithy.api#String", Simple::String, None),
    ("smithy.api#Timestamp", Simple::Timestamp, None),
    (
        "smithy.api#PrimitiveBoolean",
        Simple::Boolean,
        Some("false"),
    ),
    ("smithy.api#PrimitiveByte", Simple::Byte, Some("0")),
    ("smithy.api#PrimitiveDouble", Simple::Double, Some("0")),
    ("smithy.api#PrimitiveFloat", Simple::Float, Some("0")),
    ("smithy.api#PrimitiveInteger", Simple::Integer, Some("0")),
    ("smithy.api#PrimitiveLong", Simple::Long, Some("0")),
    ("smithy.api#PrimitiveShort", Simple::Short, Some("0")),
];

static PRELUDE: LazyLock<IndexMap<ShapeId, Shape>> = LazyLock::new(|| {
    let simple = SIMPLE
        .iter()
        .map(|(name, kind, default)| (*name, ShapeKind::Simple(*kind), *default));
    let unit = (UNIT, ShapeKind::Structure(IndexMap::new()), None);
    simple
        .chain([unit])
        .map(|(name, kind, default)| shape(name, kind, default))
        .collect()
});

/// Returns a data shape of the prelude, such as `smithy.api#String`.
///
/// Trait definitions of the prelude are not shapes here: validation knows the values of traits.
pub fn prelude(id: &str) -> Option<&'static Shape> {
    PRELUDE.get(id)
}

/// Returns all shapes that [`prelude`] knows.
pub(crate) fn prelude_shapes<'a>() -> impl Iterator<Item = &'a Shape> {
    PRELUDE.values()
}

fn shape(id: &'static str, kind: ShapeKind, default: Option<&str>) -> (ShapeId, Shape) {
    let id = ShapeId::constant(id);
    let mut traits = Traits::default();
    if let Some(default) = default {
        // The prelude is not in any file; no diagnostic uses the span of this node.
        let span = Span {
            source: SourceId(u32::MAX),
            start: 0,
            end: 0,
        };
        let value = if default == "false" {
            Value::Bool(false)
        } else {
            Value::Number(default.to_owned())
        };
        traits.0.insert(
            ShapeId::constant("smithy.api#default"),
            Node { value, span },
        );
    }
    (
        id.clone(),
        Shape {
            id,
            kind,
            traits,
            span: None,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::{SIMPLE, prelude, prelude_shapes};
    use crate::shapes::shape::{ShapeKind, Simple};

    #[test]
    fn every_shape_is_found() {
        assert_eq!(prelude_shapes().count(), SIMPLE.len() + 1);
        assert!(matches!(
            prelude("smithy.api#String").unwrap().kind,
            ShapeKind::Simple(Simple::String)
        ));
        assert!(
            matches!(&prelude("smithy.api#Unit").unwrap().kind, ShapeKind::Structure(m) if m.is_empty())
        );
        assert!(prelude("smithy.api#required").is_none());
        let default = prelude("smithy.api#PrimitiveBoolean")
            .unwrap()
            .traits
            .get("smithy.api#default")
            .unwrap();
        assert_eq!(default.as_bool(), Some(false));
    }
}
