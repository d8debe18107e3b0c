use super::service_closure::ServiceClosure;
use super::suppressions;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::wording::code_list;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::Shape;
use crate::syntax::source::Span;
use crate::traits::registry::authentication::{AUTH, HTTP_API_KEY_AUTH};
use crate::traits::values::authentication::ApiKeyLocation;

/// Checks that an API key with a `scheme` is sent in a header (Smithy specification, "httpApiKeyAuth
/// trait").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for shape in model.shapes.values() {
        let Some(auth) = HTTP_API_KEY_AUTH.of(&shape.traits) else {
            continue;
        };
        let location = auth.location;
        if auth.scheme.is_some() && location.value == ApiKeyLocation::Query {
            let message = format!(
                "the API key of `{}` has a `scheme`, but is sent in the query string",
                shape.id
            );
            let problem = Diagnostic::error(Code::InvalidAuth, message)
                .at(location.span)
                .shape(&shape.id);
            loading.report(problem.help("write `\"in\": \"header\"`, or remove the `scheme`"));
        }
    }
}

/// Checks that the schemes of each operation are schemes of the service (Smithy specification, "auth
/// trait").
pub(super) fn check_bound(model: &Model, bound: &ServiceClosure<'_>, loading: &mut Loading) {
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
        let Some(schemes) = AUTH.spanned(&shape.traits) else {
            continue;
        };
        let missing = code_list(
            schemes
                .value
                .iter()
                .filter(|scheme| !service.traits.has(scheme)),
        );
        if !missing.is_empty() && !suppressions::has("AuthTrait", shape, model) {
            loading.report(missing_schemes(shape, schemes.span, service, &missing));
        }
    }
}

fn missing_schemes(shape: &Shape, span: Span, service: &Shape, missing: &str) -> Diagnostic {
    let message = format!(
        "the `auth` trait of `{}` lists {missing}, which the service `{}` does not have",
        shape.id, service.id
    );
    let problem = Diagnostic::error(Code::InvalidAuth, message)
        .at(span)
        .shape(&shape.id);
    problem.help(format!(
        "add the trait to `{}`, or remove it from the list",
        service.id
    ))
}
