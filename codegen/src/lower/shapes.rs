//! Shapes that become Rust items.

use crate::graph::member::Type;
use crate::graph::shape::{Enum, EnumValue, ErrorShape, IntEnum, Shape, TypeName, Union, Variant};
use crate::graph::wire::{Location, Response};
use crate::lower::documentation::{deprecated, docs, member_docs};
use crate::lower::structures::{document, served, structure};
use crate::lower::tables::Tables;
use crate::lower::{constraints, form, types};
use crate::protocol::interface::Container;
use crate::text::Text;
use indexmap::IndexMap;
use smithy_model::traits::{ENUM_VALUE, INTERNAL, SENSITIVE};
use smithy_model::{Log, Node, ShapeId, ShapeKind};
use std::collections::HashMap;

type Members = IndexMap<String, smithy_model::Member>;

/// The shapes of the closure, sorted by shape id.
pub(crate) fn lower(tables: &Tables<'_, '_>, log: &mut Log) -> IndexMap<ShapeId, Shape> {
    let mut shapes = IndexMap::new();
    for (id, shape) in &tables.closure.data {
        let Some(name) = tables.names.types.get(*id) else {
            continue;
        };
        let lowered = match &shape.kind {
            ShapeKind::Structure(_) if tables.closure.errors.contains(*id) => {
                Shape::Error(error(tables, shape, name, log))
            }
            ShapeKind::Structure(_) => {
                Shape::Structure(structure(tables, shape, name, Container::Nested, log))
            }
            ShapeKind::Union(members) => Shape::Union(union(tables, shape, members, name)),
            ShapeKind::Enum(members) => Shape::Enum(Enum {
                id: shape.id.clone(),
                name: name.clone(),
                values: enum_values(tables, members, |node| node.as_str().map(Text::new)),
                sensitive: SENSITIVE.is_on(&shape.traits),
                deprecated: deprecated(&shape.traits),
                docs: docs(tables, &shape.traits),
            }),
            ShapeKind::IntEnum(members) => Shape::IntEnum(IntEnum {
                id: shape.id.clone(),
                name: name.clone(),
                values: enum_values(tables, members, |node| {
                    node.as_number().and_then(|text| text.parse().ok())
                }),
                sensitive: SENSITIVE.is_on(&shape.traits),
                deprecated: deprecated(&shape.traits),
                docs: docs(tables, &shape.traits),
            }),
            _ => continue,
        };
        shapes.insert((*id).clone(), lowered);
    }
    shapes
}

fn error(
    tables: &Tables<'_, '_>,
    shape: &smithy_model::Shape,
    name: &TypeName,
    log: &mut Log,
) -> ErrorShape {
    let structure = structure(tables, shape, name, Container::Error, log);
    let protocol = tables.protocol;
    ErrorShape {
        response: Response {
            status: protocol.error_key(shape).status,
            document: document(protocol, Container::Error, Some(shape), &structure),
            served: served(protocol, Container::Error, Some(shape), &structure),
        },
        structure,
        nested: tables.closure.is_member(&shape.id),
    }
}

fn union(
    tables: &Tables<'_, '_>,
    shape: &smithy_model::Shape,
    members: &Members,
    name: &TypeName,
) -> Union {
    let mut uses: HashMap<&ShapeId, usize> = HashMap::new();
    for member in members.values() {
        *uses.entry(&member.target).or_default() += 1;
    }
    let variant = |member: &smithy_model::Member| {
        let ty = types::of_member(tables, member);
        // A structure or union determines the variant for `From`; a string does not.
        let distinct = matches!(ty.unboxed(), Type::Named(_))
            && member.target != shape.id
            && uses.get(&member.target) == Some(&1);
        Some(Variant {
            model: member.name.clone(),
            wire: tables.protocol.wire_name(member, shape).name,
            rust: tables.names.members.get(&member.id)?.clone(),
            ty,
            form: form::of_member(tables, member, &Location::Body),
            distinct,
            sensitive: constraints::is_sensitive(tables.closure.model, member),
            constraints: constraints::of_member(tables.closure.model, member),
            deprecated: deprecated(&member.traits),
            docs: member_docs(tables, member),
        })
    };
    let mut variants: Vec<Variant> = members.values().filter_map(variant).collect();
    variants.sort_by(|a, b| a.model.cmp(&b.model));
    Union {
        id: shape.id.clone(),
        name: name.clone(),
        variants,
        has_blank: tables.blanks.unions.contains(&shape.id),
        sensitive: SENSITIVE.is_on(&shape.traits),
        deprecated: deprecated(&shape.traits),
        docs: docs(tables, &shape.traits),
    }
}

fn enum_values<T>(
    tables: &Tables<'_, '_>,
    members: &Members,
    value: impl Fn(&Node) -> Option<T>,
) -> Vec<EnumValue<T>> {
    let convert = |member: &smithy_model::Member| {
        Some(EnumValue {
            model: member.name.clone(),
            rust: tables.names.members.get(&member.id)?.clone(),
            value: value(ENUM_VALUE.of(&member.traits)?)?,
            internal: INTERNAL.is_on(&member.traits),
            deprecated: deprecated(&member.traits),
            docs: docs(tables, &member.traits),
        })
    };
    let mut values: Vec<EnumValue<T>> = members.values().filter_map(convert).collect();
    values.sort_by(|a, b| a.model.cmp(&b.model));
    values
}
