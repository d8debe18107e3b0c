use super::bound::Bound;
use super::suppressions;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::wording::code_list;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::Shape;
use crate::syntax::node::Node;

const AUTH: &str = "smithy.api#auth";
const API_KEY: &str = "smithy.api#httpApiKeyAuth";

/// Checks that an API key with a `scheme` is sent in a header (Smithy specification, "httpApiKeyAuth
/// trait").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for shape in model.shapes.values() {
        let Some(node) = shape
            .traits
            .get(API_KEY)
            .filter(|node| node.get("scheme").is_some())
        else {
            continue;
        };
        if let Some(place) = node
            .get("in")
            .filter(|place| place.as_str() == Some("query"))
        {
            let message = format!(
                "the API key of `{}` has a `scheme`, but is sent in the query string",
                shape.id
            );
            let problem = Diagnostic::error(Code::InvalidAuth, message)
                .at(place.span)
                .shape(&shape.id);
            loading.report(problem.help("write `\"in\": \"header\"`, or remove the `scheme`"));
        }
    }
}

/// Checks that the schemes of each operation are schemes of the service (Smithy specification, "auth
/// trait").
pub(super) fn check_bound(model: &Model, bound: &Bound<'_>, loading: &mut Loading) {
    let Some(service) = model.shape(bound.id) else {
        return;
    };
    for shape in bound
        .closure
        .operations
        .iter()
        .filter_map(|id| model.shape(id))
        .chain([service])
    {
        let Some(node) = shape.traits.get(AUTH) else {
            continue;
        };
        let schemes = node
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Node::as_str);
        let missing = code_list(schemes.filter(|scheme| !service.traits.has(scheme)));
        if !missing.is_empty() && !suppressions::has("AuthTrait", shape, model) {
            loading.report(missing_schemes(shape, node, service, &missing));
        }
    }
}

fn missing_schemes(shape: &Shape, node: &Node, service: &Shape, missing: &str) -> Diagnostic {
    let message = format!(
        "the `auth` trait of `{}` lists {missing}, which the service `{}` does not have",
        shape.id, service.id
    );
    let problem = Diagnostic::error(Code::InvalidAuth, message)
        .at(node.span)
        .shape(&shape.id);
    problem.help(format!(
        "add the trait to `{}`, or remove it from the list",
        service.id
    ))
}
