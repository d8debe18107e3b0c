//! The Rust types of members.

use crate::graph::member::{Kind, Named, Type};
use crate::lower::tables::Tables;
use smithy_model::traits::{REQUIRES_LENGTH, SPARSE, STREAMING};
use smithy_model::{Member, Shape, ShapeId, ShapeKind, Simple, Traits};

/// The Rust type of a member.
pub(crate) fn of_member(tables: &Tables<'_, '_>, member: &Member) -> Type {
    let ty = of_target(tables, &member.target);
    if tables.recursion.boxes.contains(&member.id) {
        Type::Boxed(Box::new(ty))
    } else {
        ty
    }
}

fn of_target(tables: &Tables<'_, '_>, target: &ShapeId) -> Type {
    let Some(shape) = tables.closure.model.shape(target) else {
        return Type::Document;
    };
    match &shape.kind {
        ShapeKind::Simple(simple) => simple_type(*simple, &shape.traits),
        ShapeKind::List(item) => Type::List {
            item: Box::new(of_target(tables, &item.target)),
            sparse: SPARSE.is_on(&shape.traits),
        },
        ShapeKind::Map { key, value } => Type::Map {
            key: Box::new(of_target(tables, &key.target)),
            value: Box::new(of_target(tables, &value.target)),
            sparse: SPARSE.is_on(&shape.traits),
        },
        _ => named(tables, shape),
    }
}

fn named(tables: &Tables<'_, '_>, shape: &Shape) -> Type {
    let Some(name) = tables.names.types.get(&shape.id) else {
        return Type::Unit;
    };
    let kind = match &shape.kind {
        ShapeKind::Union(_) => Kind::Union,
        ShapeKind::Enum(_) => Kind::Enum,
        ShapeKind::IntEnum(_) => Kind::IntEnum,
        ShapeKind::Structure(_) => Kind::Structure(tables.blanks.of_shape(&shape.id)),
        _ => return Type::Document,
    };
    Type::Named(Named {
        id: shape.id.clone(),
        rust: name.rust.clone(),
        kind,
    })
}

fn simple_type(simple: Simple, target: &Traits) -> Type {
    match simple {
        Simple::Blob if STREAMING.is_on(target) => Type::Stream {
            sized: REQUIRES_LENGTH.is_on(target),
        },
        Simple::Blob => Type::Blob,
        Simple::Boolean => Type::Boolean,
        Simple::String => Type::String,
        Simple::Byte => Type::Byte,
        Simple::Short => Type::Short,
        Simple::Integer => Type::Integer,
        Simple::Long => Type::Long,
        Simple::Float => Type::Float,
        Simple::Double => Type::Double,
        Simple::BigInteger => Type::BigInteger,
        Simple::BigDecimal => Type::BigDecimal,
        Simple::Timestamp => Type::Timestamp,
        Simple::Document => Type::Document,
    }
}
