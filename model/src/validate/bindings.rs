use super::bound::{Bound, operation_of};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::wording::code_list;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::{Member, Resource, Shape, ShapeKind};
use crate::syntax::shape_id::ShapeId;
use indexmap::{IndexMap, IndexSet};

const IDENTIFIER: &str = "smithy.api#resourceIdentifier";

/// Checks how operations are bound to resources: their input has the identifiers of an instance, or
/// not all of them if they are for the collection; and they keep what their place in the life cycle
/// promises (Smithy specification, "Binding identifiers to operations", "Resource lifecycle
/// operations").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for shape in model.shapes.values() {
        match &shape.kind {
            ShapeKind::Resource(resource) => check_resource(shape, resource, model, loading),
            ShapeKind::Structure(_) => check_identifiers(shape, loading),
            _ => {}
        }
    }
}

fn check_resource(shape: &Shape, resource: &Resource, model: &Model, loading: &mut Loading) {
    let id = &shape.id;
    let operations: IndexSet<&ShapeId> = resource.all_operations().collect();
    for (operation, bound) in operations
        .iter()
        .filter_map(|id| Some((*id, identifiers(id, resource, model)?)))
    {
        let missing = resource
            .identifiers
            .keys()
            .filter(|name| !bound.contains(name.as_str()));
        let missing: Vec<&String> = missing.collect();
        let of_collection = resource.is_for_collection(operation);
        let message = match (of_collection, missing.as_slice()) {
            (true, []) if !resource.identifiers.is_empty() => {
                format!("`{operation}` is for all of `{id}`, but its input identifies one")
            }
            (false, [_, ..]) => {
                let names = code_list(missing);
                format!(
                    "`{operation}` is for one `{id}`, but its input does not identify it: {names} is missing"
                )
            }
            _ => continue,
        };
        let help = "an identifier is a required member of the input that has its name and target";
        loading.report(problem(message, operation, model).help(help));
    }
    for (place, operation) in &resource.lifecycle {
        if let Some(shape) = model.shape(operation) {
            check_lifecycle(place, shape, id, model, loading);
        }
    }
    for child in resource.resources.iter().filter_map(|id| model.shape(id)) {
        if let ShapeKind::Resource(inner) = &child.kind {
            check_parent(shape, resource, child, inner, model, loading);
        }
    }
}

/// Operations of a child say which parent it is of.
fn check_parent(
    parent: &Shape,
    outer: &Resource,
    child: &Shape,
    inner: &Resource,
    model: &Model,
    loading: &mut Loading,
) {
    let operations: IndexSet<&ShapeId> = inner.all_operations().collect();
    // What is for one child lacks these with the child's own.
    for operation in operations
        .into_iter()
        .filter(|operation| inner.is_for_collection(operation))
    {
        let Some(bound) = identifiers(operation, inner, model) else {
            continue;
        };
        let missing = code_list(
            outer
                .identifiers
                .keys()
                .filter(|name| !bound.contains(name.as_str())),
        );
        if !missing.is_empty() {
            let message = format!(
                "`{operation}` is bound to `{}`, but its input does not identify the parent `{}`: {missing} is missing",
                child.id, parent.id
            );
            let help =
                "an identifier is a required member of the input that has its name and target";
            loading.report(problem(message, operation, model).help(help));
        }
    }
}

/// The identifiers of the resource that the input of an operation has: by its members' names, or by
/// their traits.
fn identifiers<'m>(
    operation: &ShapeId,
    resource: &'m Resource,
    model: &'m Model,
) -> Option<IndexSet<&'m str>> {
    let input = model.shape(&operation_of(model, operation)?.input)?;
    let name = |member: &'m Member| {
        let explicit = member.traits.get(IDENTIFIER).and_then(|node| node.as_str());
        let name = explicit.unwrap_or(&member.name);
        let fits = resource.identifiers.get(name) == Some(&member.target);
        (fits && member.traits.has("smithy.api#required")).then_some(name)
    };
    Some(input.members().filter_map(name).collect())
}

fn check_lifecycle(
    place: &str,
    operation: &Shape,
    resource: &ShapeId,
    model: &Model,
    loading: &mut Loading,
) {
    let mut expect = |id: &str, expected: bool| {
        if operation.traits.has(id) != expected {
            let (must, help) = if expected {
                ("must be", "add")
            } else {
                ("must not be", "remove")
            };
            let name = id.split('#').next_back().unwrap_or_default();
            let message = format!(
                "`{}` is `{place}` of `{resource}`, so it {must} `{name}`",
                operation.id
            );
            let problem = problem(message, &operation.id, model).shape(resource);
            loading.report(problem.help(format!("{help} `\"{id}\": {{}}`")));
        }
    };
    expect("smithy.api#readonly", matches!(place, "read" | "list"));
    if matches!(place, "put" | "delete") {
        expect("smithy.api#idempotent", true);
    }
}

/// No two members are the same identifier.
fn check_identifiers(shape: &Shape, loading: &mut Loading) {
    let mut seen: IndexMap<&str, &Member> = IndexMap::new();
    for member in shape.members() {
        let Some(node) = member.traits.get(IDENTIFIER) else {
            continue;
        };
        let Some(name) = node.as_str() else { continue };
        if let Some(other) = seen.insert(name, member) {
            let place = loading.whereabouts(other.span);
            let message = format!(
                "`{}`{place} and `{}` are both the identifier `{name}`",
                other.name, member.name
            );
            let problem = Diagnostic::error(Code::InvalidResource, message)
                .at(node.span)
                .shape(&shape.id);
            loading.report(problem.help(format!("remove `{IDENTIFIER}` from one of them")));
        }
    }
}

/// A resource and an operation are bound by one shape in the closure of a service (Smithy
/// specification, "Service closure"). That shape may name an operation in several places, such as
/// `put` and `operations`.
pub(super) fn check_bound(model: &Model, bound: &Bound<'_>, loading: &mut Loading) {
    let mut holders: IndexMap<&ShapeId, IndexSet<&ShapeId>> = IndexMap::new();
    for holder in bound
        .closure
        .resources
        .iter()
        .chain([bound.id])
        .filter_map(|id| model.shape(id))
    {
        let mut bind = |ids: &mut dyn Iterator<Item = &'_ ShapeId>| {
            ids.for_each(|id| {
                if let Some((id, _)) = model.shapes.get_key_value(id) {
                    holders.entry(id).or_default().insert(&holder.id);
                }
            });
        };
        match &holder.kind {
            ShapeKind::Service(service) => {
                bind(&mut service.resources.iter().chain(&service.operations))
            }
            ShapeKind::Resource(resource) => {
                bind(&mut resource.resources.iter().chain(resource.all_operations()));
            }
            _ => {}
        }
    }
    for (id, holders) in holders.into_iter().filter(|(_, holders)| holders.len() > 1) {
        let message = format!(
            "`{id}` is bound more than once in `{}`: by {}",
            bound.id,
            code_list(holders)
        );
        let problem = Diagnostic::error(Code::RepeatedBinding, message)
            .at(model.shape(id).and_then(|shape| shape.span));
        loading.report(problem.shape(id).help("remove it from all but one"));
    }
}

fn problem(message: String, operation: &ShapeId, model: &Model) -> Diagnostic {
    let span = model.shape(operation).and_then(|shape| shape.span);
    Diagnostic::error(Code::InvalidResource, message)
        .at(span)
        .shape(operation)
}
