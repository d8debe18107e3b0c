use super::definition::{Body, Draft, Drafts, ShapeType, Version};
use super::loading::Loading;
use super::{enums, upgrade};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::shapes::prelude::UNIT;
use crate::shapes::shape::{Member, Operation, Shape, ShapeKind};
use crate::syntax::node::Value;
use crate::syntax::shape_id::ShapeId;
use crate::traits::registry::constraints::UNIQUE_ITEMS;
use indexmap::IndexMap;

/// Converts complete drafts into shapes, sorted by id.
pub(super) fn shapes(drafts: Drafts, loading: &mut Loading) -> IndexMap<ShapeId, Shape> {
    let mut shapes: IndexMap<ShapeId, Shape> = IndexMap::with_capacity(drafts.len());
    for (id, draft) in drafts {
        let missing: Vec<_> = draft
            .ty
            .fixed_members()
            .iter()
            .filter(|name| !draft.members.contains_key(**name))
            .collect();
        for name in &missing {
            let message = format!("the {} has no `{name}`", draft.ty.name());
            let problem = Diagnostic::error(Code::MissingProperty, message)
                .at(draft.span)
                .shape(&id);
            loading.report(problem.help(format!("add `\"{name}\": {{\"target\": …}}`")));
        }
        match shape(draft) {
            Some(shape) => drop(shapes.insert(id, shape)),
            None => drop(loading.broken.insert(id)),
        }
    }
    shapes.sort_unstable_keys();
    shapes
}

/// Returns `None` if a list or map lacks its members.
fn shape(mut draft: Draft) -> Option<Shape> {
    if draft.version == Version::V1 {
        upgrade::root(draft.ty, &mut draft.traits, draft.span);
    }
    if draft.ty == ShapeType::Set {
        draft.traits.imply(
            UNIQUE_ITEMS.id(),
            Value::Object(IndexMap::new()),
            draft.span,
        );
    }
    let kind = kind(draft.ty, draft.members, draft.body)?;
    Some(enums::from_string(Shape {
        id: draft.id,
        kind,
        traits: draft.traits,
        span: Some(draft.span),
    }))
}

fn kind(ty: ShapeType, mut members: IndexMap<String, Member>, body: Body) -> Option<ShapeKind> {
    let unit = || ShapeId::constant(UNIT);
    Some(match (body, ty) {
        (Body::Service(service), _) => ShapeKind::Service(service),
        (Body::Resource(resource), _) => ShapeKind::Resource(resource),
        (
            Body::Operation {
                input,
                output,
                errors,
            },
            _,
        ) => ShapeKind::Operation(Operation {
            input: input.unwrap_or_else(unit),
            output: output.unwrap_or_else(unit),
            errors,
        }),
        (Body::None, ShapeType::Simple(simple)) => ShapeKind::Simple(simple),
        (Body::None, ShapeType::Enum) => ShapeKind::Enum(enums::with_values(members)),
        (Body::None, ShapeType::IntEnum) => ShapeKind::IntEnum(members),
        (Body::None, ShapeType::Structure) => ShapeKind::Structure(members),
        (Body::None, ShapeType::Union) => ShapeKind::Union(members),
        (Body::None, ShapeType::List | ShapeType::Set) => {
            ShapeKind::List(members.swap_remove("member")?)
        }
        (Body::None, ShapeType::Map) => ShapeKind::Map {
            key: members.swap_remove("key")?,
            value: members.swap_remove("value")?,
        },
        (Body::None, ShapeType::Service | ShapeType::Resource | ShapeType::Operation) => {
            return None;
        }
    })
}
