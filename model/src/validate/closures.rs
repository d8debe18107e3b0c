use super::Bound;
use crate::load::Log;
use crate::prelude::UNIT;
use crate::shape_id::is_identifier;
use crate::{Code, Diagnostic, Member, Model, Shape, ShapeId, ShapeKind};
use indexmap::{IndexMap, IndexSet};

/// Checks that names in a service are unique ignoring case, and what it renames (Smithy specification, "Service
/// closure").
pub(super) fn check(model: &Model, bound: &Bound<'_>, log: &mut Log) {
    let Some(Shape { kind: ShapeKind::Service(service), span, .. }) = model.shape(bound.id) else {
        return;
    };
    let closure = &bound.closure;
    let all: IndexSet<&ShapeId> = closure
        .shapes
        .iter()
        .chain(&closure.operations)
        .chain(&closure.resources)
        .chain([bound.id])
        .collect();
    for (from, to) in &service.rename {
        if let Some(reason) = invalid_rename(from, to, &all, model) {
            let message = format!("`{from}` cannot be renamed to `{to}`: {reason}");
            log.report(Diagnostic::error(Code::InvalidRename, message).at(*span).shape(bound.id));
        }
    }
    let mut names: IndexMap<String, &ShapeId> = IndexMap::new();
    // `Unit` stands for "no structure" and takes no name in a service; AWS has shapes of its own called so.
    for id in all.into_iter().filter(|id| id.as_str() != UNIT) {
        let name = service.rename.get(id).map_or(id.name(), String::as_str);
        let Some(other) = names.insert(name.to_ascii_lowercase(), id) else {
            continue;
        };
        if let (Some(shape), Some(first)) = (model.shape(id), model.shape(other))
            && !is_harmless(shape, first, model, 0)
        {
            let message = format!("`{id}` and `{other}` have the same name in the service `{}`", bound.id);
            let problem = Diagnostic::error(Code::ConflictingShapeNames, message).at(shape.span).shape(id);
            log.report(problem.help("give one another name in the `rename` of the service"));
        }
    }
}

fn invalid_rename(from: &ShapeId, to: &str, all: &IndexSet<&ShapeId>, model: &Model) -> Option<&'static str> {
    let shape = model.shape(from);
    if !is_identifier(to) {
        return Some("that is no valid name");
    }
    if !all.contains(from) {
        return Some("it is not part of the service");
    }
    if from.name() == to {
        return Some("that is its name already");
    }
    match shape.map(|shape| &shape.kind) {
        Some(ShapeKind::Operation(_) | ShapeKind::Resource(_) | ShapeKind::Service(_)) => {
            Some("only data shapes can be renamed")
        }
        _ if shape.is_some_and(|shape| shape.traits.has("smithy.api#error")) => {
            Some("errors keep their names")
        }
        _ => None,
    }
}

/// How deep lists are compared; deeper than any that are meant.
const MAX_DEPTH: usize = 8;

/// Simple shapes and lists can share a name if nobody can tell them apart.
fn is_harmless(a: &Shape, b: &Shape, model: &Model, depth: usize) -> bool {
    let same_traits = |a: &crate::Traits, b: &crate::Traits| {
        a.0.len() == b.0.len() && a.iter().all(|(id, node)| b.get(id.as_str()) == Some(node))
    };
    if !same_traits(&a.traits, &b.traits) || depth > MAX_DEPTH {
        return false;
    }
    let target = |member: &Member| model.target(member);
    match (&a.kind, &b.kind) {
        (ShapeKind::Simple(a), ShapeKind::Simple(b)) => a == b,
        (ShapeKind::List(a), ShapeKind::List(b)) => {
            same_traits(&a.traits, &b.traits)
                && matches!((target(a), target(b)), (Some(a), Some(b)) if is_harmless(a, b, model, depth + 1))
        }
        _ => false,
    }
}
