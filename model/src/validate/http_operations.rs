use super::service_closure::{ServiceClosure, operations};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::wording::with_article;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::{Member, Operation, Shape};
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use crate::traits::grammar::is_token;
use crate::traits::protocol_rules::PROTOCOLS;
use crate::traits::reader::Spanned;
use crate::traits::registry::endpoints::ENDPOINT;
use crate::traits::registry::http_bindings::{HTTP, HTTP_LABEL, HTTP_QUERY};
use crate::traits::registry::serialization::PROTOCOL_DEFINITION;
use crate::traits::values::http::{UriSegment, UriTemplate};
use indexmap::IndexMap;
use std::collections::HashSet;

/// Checks the `http` trait of operations: method, URI and status code, and that each label has a
/// member and each label member a label (Smithy specification, "http trait").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for (shape, operation) in operations(model) {
        let Some(http) = HTTP.of(&shape.traits) else {
            continue;
        };
        check_method(shape, http.method, loading);
        check_code(shape, http.code, loading);
        match http.uri_template() {
            Ok(template) => {
                check_labels(shape, operation, http.uri.span, &template, model, loading);
                check_literals(shape, operation, &template, model, loading);
            }
            Err(error) => {
                let problem = Diagnostic::error(Code::InvalidUri, error.to_string());
                loading.report(
                    problem
                        .at(http.uri.span)
                        .shape(&shape.id)
                        .help(error.help()),
                );
            }
        }
    }
}

fn check_method(shape: &Shape, method: Spanned<&str>, loading: &mut Loading) {
    if !method.value.is_empty() && !is_token(method.value) {
        let message = format!("`{}` is not an HTTP method", method.value);
        let problem = Diagnostic::error(Code::InvalidMethod, message)
            .at(method.span)
            .shape(&shape.id);
        loading.report(problem.help("write a method such as `GET` or `POST`"));
    }
}

fn check_code(shape: &Shape, code: Spanned<i64>, loading: &mut Loading) {
    if !(200..300).contains(&code.value) {
        let message = format!(
            "the successful response of `{}` has the status code {}",
            shape.id, code.value
        );
        let problem = Diagnostic::error(Code::InvalidStatusCode, message)
            .at(code.span)
            .shape(&shape.id);
        loading.report(problem.help("write a code between 200 and 299"));
    }
}

/// Checks that every label has a member, and every label member a label.
fn check_labels(
    shape: &Shape,
    operation: &Operation,
    uri: Span,
    template: &UriTemplate,
    model: &Model,
    loading: &mut Loading,
) {
    let Some(input) = model.shape(&operation.input) else {
        return;
    };
    for segment in &template.segments {
        let Some(name) = segment.label() else {
            continue;
        };
        match input
            .member(name)
            .filter(|member| HTTP_LABEL.is_on(&member.traits))
        {
            Some(member) => check_greedy(member, segment, model, loading),
            None => {
                let message = format!(
                    "the label `{name}` of `{}` has no member in `{}`",
                    shape.id, input.id
                );
                let problem = Diagnostic::error(Code::LabelWithoutMember, message)
                    .at(uri)
                    .shape(&shape.id);
                let help = format!(
                    "add a member `{name}` with the traits `{HTTP_LABEL}` and `smithy.api#required`"
                );
                loading.report(problem.help(help));
            }
        }
    }
    let labels: HashSet<&str> = template.labels().collect();
    for member in input
        .members()
        .filter(|member| HTTP_LABEL.is_on(&member.traits))
    {
        if !labels.contains(member.name.as_str()) {
            let message = format!(
                "`{}` is a label, but the URI of `{}` has no `{{{}}}`",
                member.id, shape.id, member.name
            );
            let problem = Diagnostic::error(Code::MemberWithoutLabel, message)
                .at(member.span)
                .shape(&shape.id);
            loading.report(problem.help(format!(
                "add `{{{}}}` to the URI, or remove `{HTTP_LABEL}`",
                member.name
            )));
        }
    }
}

/// Checks that no member is bound to a query parameter in the URI.
fn check_literals(
    shape: &Shape,
    operation: &Operation,
    template: &UriTemplate,
    model: &Model,
    loading: &mut Loading,
) {
    if template.query.is_empty() {
        return;
    }
    let literals: HashSet<&str> = template
        .query
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    for member in model
        .shape(&operation.input)
        .into_iter()
        .flat_map(Shape::members)
    {
        let Some(query) = HTTP_QUERY.spanned(&member.traits) else {
            continue;
        };
        let name = query.value;
        if literals.contains(name) {
            let message = format!(
                "`{}` is bound to the query parameter `{name}`, which is part of the URI of `{}`",
                member.id, shape.id
            );
            let problem = Diagnostic::error(Code::InvalidQuery, message).at(query.span);
            let help = "bind it to another parameter, or remove the parameter from the URI";
            loading.report(problem.shape(&member.id.container()).help(help));
        }
    }
}

fn check_greedy(member: &Member, segment: &UriSegment, model: &Model, loading: &mut Loading) {
    let greedy = matches!(segment, UriSegment::GreedyLabel { .. });
    let target = model
        .target(member)
        .filter(|target| greedy && !crate::traits::subject::is_string(target));
    if let Some(target) = target {
        let message = format!(
            "the greedy label `{}` targets {}, not a string",
            member.name,
            with_article(target.kind.name())
        );
        let problem = Diagnostic::error(Code::InvalidLabel, message)
            .at(member.span)
            .shape(&member.id);
        loading.report(problem.help(format!(
            "target a string, or write `{{{}}}` in the URI",
            member.name
        )));
    }
}

/// Checks that the operations of a service differ in method, host or URI, and that all of them have
/// the `http` trait if a protocol requires it.
pub(super) fn check_routes(model: &Model, bound: &ServiceClosure<'_>, loading: &mut Loading) {
    let mut routes: IndexMap<String, (&ShapeId, Span)> = IndexMap::new();
    let protocol = http_protocol(model, bound.id);
    for shape in bound
        .closure
        .operations
        .iter()
        .filter_map(|id| model.shape(id))
    {
        if !HTTP.is_on(&shape.traits) {
            if let Some(protocol) = protocol {
                let message = format!(
                    "`{}` has no `http` trait, which `{protocol}` requires",
                    shape.id
                );
                let problem = Diagnostic::error(Code::MissingHttpTrait, message)
                    .at(shape.span)
                    .shape(&shape.id);
                loading.report(
                    problem.help(format!("add `\"{HTTP}\": {{\"method\": …, \"uri\": …}}`")),
                );
            }
            continue;
        };
        let Some(http) = HTTP.spanned(&shape.traits) else {
            continue;
        };
        let Ok(uri) = http.value.uri_template() else {
            continue;
        };
        let route = route(http.value.method.value, &uri, shape);
        if let Some((other, first)) = routes.insert(route, (&shape.id, http.span)) {
            let first = loading.position_suffix(first);
            let message = format!(
                "`{}` and `{other}`{first} have the same method and URI in `{}`",
                shape.id, bound.id
            );
            let problem = Diagnostic::error(Code::DuplicateRoute, message)
                .at(http.span)
                .shape(&shape.id);
            loading.report(problem.help(
                "change one of them; URIs must differ in more than label names and a final slash",
            ));
        }
    }
}

/// Returns a key that is equal for operations whose requests cannot be distinguished. Label names, a
/// final slash and the order of query parameters are ignored.
fn route(method: &str, uri: &UriTemplate, shape: &Shape) -> String {
    let host = ENDPOINT.of(&shape.traits).map(|prefix| prefix.value);
    let path = uri.segments.iter().map(|segment| match segment {
        UriSegment::Literal(text) => text.as_str(),
        UriSegment::Label { .. } => "{}",
        UriSegment::GreedyLabel { .. } => "{+}",
    });
    let path: Vec<&str> = path.filter(|segment| !segment.is_empty()).collect();
    let mut query: Vec<String> = uri
        .query
        .iter()
        .map(|(name, value)| format!("{name}={}", value.as_deref().unwrap_or_default()))
        .collect();
    query.sort_unstable();
    format!(
        "{} {}/{}?{}",
        method,
        host.unwrap_or_default(),
        path.join("/"),
        query.join("&")
    )
}

/// Returns a protocol of the service that requires the `http` trait.
fn http_protocol<'a>(model: &'a Model, service: &ShapeId) -> Option<&'a ShapeId> {
    let needs_http = |id: &ShapeId| match PROTOCOLS.iter().find(|it| id == it.id) {
        Some(protocol) => protocol.can_be_body.is_some(),
        None => {
            let definition = model.shapes.get(id);
            let definition = definition.and_then(|shape| PROTOCOL_DEFINITION.of(&shape.traits));
            definition.is_some_and(|definition| definition.traits.contains(&HTTP.id()))
        }
    };
    model
        .shape(service)?
        .traits
        .0
        .keys()
        .find(|id| needs_http(id))
}
