//! The shape types of botocore.

use crate::draft::definition::ShapeType;
use crate::shapes::shape::Simple;

const TYPES: &[(&str, ShapeType)] = &[
    ("bigdecimal", ShapeType::Simple(Simple::BigDecimal)),
    ("biginteger", ShapeType::Simple(Simple::BigInteger)),
    ("blob", ShapeType::Simple(Simple::Blob)),
    ("boolean", ShapeType::Simple(Simple::Boolean)),
    ("byte", ShapeType::Simple(Simple::Byte)),
    ("character", ShapeType::Simple(Simple::String)),
    ("double", ShapeType::Simple(Simple::Double)),
    ("float", ShapeType::Simple(Simple::Float)),
    ("integer", ShapeType::Simple(Simple::Integer)),
    ("list", ShapeType::List),
    ("long", ShapeType::Simple(Simple::Long)),
    ("map", ShapeType::Map),
    ("short", ShapeType::Simple(Simple::Short)),
    ("string", ShapeType::Simple(Simple::String)),
    ("structure", ShapeType::Structure),
    ("timestamp", ShapeType::Simple(Simple::Timestamp)),
];

/// Returns the type with this name in botocore, where unions and documents are structures, and enums
/// are strings.
pub(super) fn type_of(name: &str) -> Option<ShapeType> {
    TYPES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, ty)| *ty)
}

/// Returns the names of all types.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    TYPES.iter().map(|(name, _)| *name)
}
