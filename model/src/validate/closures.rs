use super::service_closure::ServiceClosure;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::prelude::UNIT;
use crate::shapes::shape::{Member, Shape, ShapeKind};
use crate::syntax::shape_id::{IDENTIFIERS, ShapeId, flaw};
use crate::traits::registry::type_refinement::ERROR;
use indexmap::{IndexMap, IndexSet};

/// Checks that shape names in a service differ in more than case, and its `rename` (Smithy
/// specification, "Service closure").
pub(super) fn check(model: &Model, bound: &ServiceClosure<'_>, loading: &mut Loading) {
    let Some(Shape {
        kind: ShapeKind::Service(service),
        span,
        ..
    }) = model.shape(bound.id)
    else {
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
        if let Some(reason) = invalid_rename(from, to, &all, model, loading) {
            let (reason, help) = reason;
            let message = format!("`{from}` cannot be renamed to `{to}`: {reason}");
            let span = loading.rename_place(bound.id, from).or(*span);
            loading.report(
                Diagnostic::error(Code::InvalidRename, message)
                    .at(span)
                    .shape(bound.id)
                    .help(help),
            );
        }
    }
    let mut names: IndexMap<String, &ShapeId> = IndexMap::new();
    // `smithy.api#Unit` stands for "no structure", so a service can have a shape named `Unit`. AWS
    // has such shapes.
    for id in all.into_iter().filter(|id| id.as_str() != UNIT) {
        let name = service.rename.get(id).map_or(id.name(), String::as_str);
        let Some(other) = names.insert(name.to_ascii_lowercase(), id) else {
            continue;
        };
        // `names` reports ids that differ only in case.
        if !id.as_str().eq_ignore_ascii_case(other.as_str())
            && let (Some(shape), Some(first)) = (model.shape(id), model.shape(other))
            && !is_harmless(shape, first, model, 0)
        {
            // Shapes of the prelude are not in a file, and cannot be changed.
            let (shape, first) = if id.is_prelude() {
                (first, shape)
            } else {
                (shape, first)
            };
            loading.report(conflict(shape, first, bound.id, loading));
        }
    }
}

fn conflict(shape: &Shape, first: &Shape, service: &ShapeId, loading: &Loading) -> Diagnostic {
    let place = loading.position_suffix(first.span);
    let (id, other) = (&shape.id, &first.id);
    let message =
        format!("`{id}` and `{other}`{place} have the same name in the service `{service}`");
    // Operations and resources cannot be renamed.
    let renamed = [shape, first]
        .into_iter()
        .find(|shape| !is_fixed(shape) && !shape.id.is_prelude());
    let help = match renamed {
        Some(shape) => {
            format!(
                "rename one of them, such as with `\"rename\": {{\"{}\": \"…\"}}` in `{service}`",
                shape.id
            )
        }
        None => "change the id of one of them".to_owned(),
    };
    Diagnostic::error(Code::ConflictingShapeNames, message)
        .at(shape.span)
        .shape(id)
        .help(help)
}

/// Returns whether a service cannot rename the shape.
fn is_fixed(shape: &Shape) -> bool {
    matches!(
        shape.kind,
        ShapeKind::Operation(_) | ShapeKind::Resource(_) | ShapeKind::Service(_)
    ) || ERROR.is_on(&shape.traits)
}

/// Returns why a rename is invalid, with the help.
fn invalid_rename(
    from: &ShapeId,
    to: &str,
    all: &IndexSet<&ShapeId>,
    model: &Model,
    loading: &mut Loading,
) -> Option<(String, String)> {
    const REMOVE: &str = "remove it from the `rename`";
    let reason = |reason: &str, help: &str| Some((reason.to_owned(), help.to_owned()));
    if let Some(flaw) = flaw(to) {
        return Some((format!("the name {flaw}"), IDENTIFIERS.to_owned()));
    }
    if !all.contains(from) {
        let names = all.iter().map(|id| id.as_str());
        let help = loading.suggest(from.as_str(), names, REMOVE);
        return Some(("it is not in the closure of the service".to_owned(), help));
    }
    if from.name() == to {
        return reason("it already has this name", REMOVE);
    }
    let shape = model.shape(from).filter(|shape| is_fixed(shape))?;
    if ERROR.is_on(&shape.traits) {
        return reason(
            "errors cannot be renamed",
            "remove it from the `rename`, and change the id of the error",
        );
    }
    reason(
        "only data shapes can be renamed",
        "remove it from the `rename`, and change the id of the shape",
    )
}

/// The maximum depth to which lists are compared, more than models have.
const MAX_DEPTH: usize = 8;

/// Returns whether two shapes may share a name: simple shapes and lists that are equal.
fn is_harmless(a: &Shape, b: &Shape, model: &Model, depth: usize) -> bool {
    let same_traits = |a: &crate::shapes::shape::Traits, b: &crate::shapes::shape::Traits| {
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
