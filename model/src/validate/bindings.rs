use super::service_closure::{ServiceClosure, operation_of};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::wording::code_list;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::{Member, Resource, Shape, ShapeKind};
use crate::syntax::shape_id::ShapeId;
use crate::traits::registry::behavior::{IDEMPOTENT, READONLY};
use crate::traits::registry::resources::RESOURCE_IDENTIFIER;
use crate::traits::registry::type_refinement::REQUIRED;
use indexmap::{IndexMap, IndexSet};

/// Checks the operations of resources (Smithy specification, "Binding identifiers to operations",
/// "Resource lifecycle operations"). The input of an instance operation has all identifiers of the
/// resource, that of a collection operation does not. Lifecycle operations have the required traits.
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
                format!(
                    "`{operation}` is a collection operation of `{id}`, but its input has all identifiers"
                )
            }
            (false, [_, ..]) => {
                let names = code_list(missing);
                format!(
                    "`{operation}` is an instance operation of `{id}`, but its input lacks the identifier {names}"
                )
            }
            _ => continue,
        };
        let help = "add a required input member with the name and target of the identifier";
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

/// Checks that collection operations of a child have the identifiers of the parent.
fn check_parent(
    parent: &Shape,
    outer: &Resource,
    child: &Shape,
    inner: &Resource,
    model: &Model,
    loading: &mut Loading,
) {
    let operations: IndexSet<&ShapeId> = inner.all_operations().collect();
    // `check_resource` checks instance operations: a child has the identifiers of its parent.
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
                "`{operation}` is bound to `{}`, but its input lacks the identifier {missing} of the parent `{}`",
                child.id, parent.id
            );
            let help = "add a required input member with the name and target of the identifier";
            loading.report(problem(message, operation, model).help(help));
        }
    }
}

/// Returns the identifiers of the resource that the input of an operation has, by member name or by
/// trait.
fn identifiers<'m>(
    operation: &ShapeId,
    resource: &'m Resource,
    model: &'m Model,
) -> Option<IndexSet<&'m str>> {
    let input = model.shape(&operation_of(model, operation)?.input)?;
    let name = |member: &'m Member| {
        let explicit = RESOURCE_IDENTIFIER
            .node(&member.traits)
            .and_then(|node| node.as_str());
        let name = explicit.unwrap_or(&member.name);
        let fits = resource.identifiers.get(name) == Some(&member.target);
        (fits && REQUIRED.is_on(&member.traits)).then_some(name)
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
                "`{}` is the `{place}` operation of `{resource}`, so it {must} `{name}`",
                operation.id
            );
            let problem = problem(message, &operation.id, model).shape(resource);
            loading.report(problem.help(format!("{help} `\"{id}\": {{}}`")));
        }
    };
    expect(READONLY.id(), matches!(place, "read" | "list"));
    if matches!(place, "put" | "delete") {
        expect(IDEMPOTENT.id(), true);
    }
}

/// Checks that no two members are the same identifier.
fn check_identifiers(shape: &Shape, loading: &mut Loading) {
    let mut seen: IndexMap<&str, &Member> = IndexMap::new();
    for member in shape.members() {
        let Some(identifier) = RESOURCE_IDENTIFIER.spanned(&member.traits) else {
            continue;
        };
        let name = identifier.value;
        if let Some(other) = seen.insert(name, member) {
            let place = loading.position_suffix(other.span);
            let message = format!(
                "`{}`{place} and `{}` are both the identifier `{name}`",
                other.name, member.name
            );
            let problem = Diagnostic::error(Code::InvalidResource, message)
                .at(identifier.span)
                .shape(&shape.id);
            loading
                .report(problem.help(format!("remove `{RESOURCE_IDENTIFIER}` from one of them")));
        }
    }
}

/// Checks that each resource and operation is bound by one shape in the closure of a service (Smithy
/// specification, "Service closure"). That shape may list an operation more than once, such as in
/// `put` and `operations`.
pub(super) fn check_bound(model: &Model, bound: &ServiceClosure<'_>, loading: &mut Loading) {
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
        loading.report(
            problem
                .shape(id)
                .help("remove it from all but one of these"),
        );
    }
}

fn problem(message: String, operation: &ShapeId, model: &Model) -> Diagnostic {
    let span = model.shape(operation).and_then(|shape| shape.span);
    Diagnostic::error(Code::InvalidResource, message)
        .at(span)
        .shape(operation)
}
