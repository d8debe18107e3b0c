use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::{Resource, Shape, ShapeKind};

/// Checks the identifiers of resources (Smithy specification, "Resource identifiers").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for (shape, resource) in resources(model) {
        for name in resource.identifiers.keys() {
            if resource
                .properties
                .keys()
                .any(|property| property.eq_ignore_ascii_case(name))
            {
                let message = format!(
                    "`{name}` is both an identifier and a property of `{}`",
                    shape.id
                );
                loading.report(problem(message, shape).help("rename the property"));
            }
        }
        for child in resource.resources.iter().filter_map(|id| model.shape(id)) {
            if let ShapeKind::Resource(inner) = &child.kind {
                check_child(shape, resource, child, inner, loading);
            }
        }
    }
}

/// Checks that a child resource has the identifiers of its parent.
fn check_child(
    parent: &Shape,
    outer: &Resource,
    child: &Shape,
    inner: &Resource,
    loading: &mut Loading,
) {
    for (name, target) in &outer.identifiers {
        let message = match inner.identifiers.get(name) {
            Some(own) if own == target => continue,
            Some(own) => {
                format!("the identifier `{name}` targets `{own}`, but `{target}` in the parent")
            }
            None => format!(
                "the identifier `{name}` of the parent `{}` is missing",
                parent.id
            ),
        };
        let help = format!("add the identifier `{name}` with the target `{target}`");
        loading.report(problem(message, child).help(help));
    }
}

fn resources(model: &Model) -> impl Iterator<Item = (&Shape, &Resource)> {
    model.shapes.values().filter_map(|shape| match &shape.kind {
        ShapeKind::Resource(resource) => Some((shape, resource)),
        _ => None,
    })
}

fn problem(message: String, shape: &Shape) -> Diagnostic {
    Diagnostic::error(Code::InvalidResource, message)
        .at(shape.span)
        .shape(&shape.id)
}
