use super::Bound;
use crate::load::Log;
use crate::words::ticked;
use crate::{Code, Diagnostic, Model, Resource, Shape, ShapeId, ShapeKind};
use indexmap::IndexMap;

/// Checks the identifiers of resources (Smithy specification, "Resource identifiers").
pub(super) fn check(model: &Model, log: &mut Log) {
    for (shape, resource) in resources(model) {
        for name in resource.identifiers.keys() {
            if resource.properties.keys().any(|property| property.eq_ignore_ascii_case(name)) {
                let message = format!("`{name}` is both an identifier and a property of `{}`", shape.id);
                log.report(problem(message, shape).help("rename the property"));
            }
        }
        for child in resource.resources.iter().filter_map(|id| model.shape(id)) {
            if let ShapeKind::Resource(inner) = &child.kind {
                check_child(shape, resource, child, inner, log);
            }
        }
    }
}

/// A child resource has the identifiers of its parent.
fn check_child(parent: &Shape, outer: &Resource, child: &Shape, inner: &Resource, log: &mut Log) {
    for (name, target) in &outer.identifiers {
        let message = match inner.identifiers.get(name) {
            Some(own) if own == target => continue,
            Some(own) => format!("the identifier `{name}` targets `{own}`, but `{target}` in the parent"),
            None => format!("the identifier `{name}` of the parent `{}` is missing", parent.id),
        };
        let help = format!("give it the identifier `{name}` with the target `{target}`");
        log.report(problem(message, child).help(help));
    }
}

/// A resource is bound once in the closure of a service.
pub(super) fn check_bindings(model: &Model, bound: &Bound<'_>, log: &mut Log) {
    let mut binders: IndexMap<&ShapeId, Vec<&ShapeId>> = IndexMap::new();
    let holders = bound.closure.resources.iter().chain([bound.id]).filter_map(|id| model.shape(id));
    for holder in holders {
        let children = match &holder.kind {
            ShapeKind::Service(service) => &service.resources,
            ShapeKind::Resource(resource) => &resource.resources,
            _ => continue,
        };
        for child in children {
            binders.entry(child).or_default().push(&holder.id);
        }
    }
    for (id, holders) in binders.into_iter().filter(|(_, holders)| holders.len() > 1) {
        let Some(shape) = model.shape(id) else { continue };
        let message = format!("`{id}` is bound more than once in `{}`: by {}", bound.id, ticked(holders));
        log.report(problem(message, shape).help("remove it from all but one"));
    }
}

fn resources(model: &Model) -> impl Iterator<Item = (&Shape, &Resource)> {
    model.shapes.values().filter_map(|shape| match &shape.kind {
        ShapeKind::Resource(resource) => Some((shape, resource)),
        _ => None,
    })
}

fn problem(message: String, shape: &Shape) -> Diagnostic {
    Diagnostic::error(Code::InvalidResource, message).at(shape.span).shape(&shape.id)
}
