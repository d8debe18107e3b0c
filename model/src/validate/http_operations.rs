use super::bound::{Bound, operations};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::wording::with_article;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::{Member, Operation, Shape};
use crate::syntax::node::Node;
use crate::syntax::shape_id::ShapeId;
use crate::traits::grammar::is_token;
use crate::traits::protocol_rules::PROTOCOLS;
use crate::traits::values::http::{HttpTrait, UriSegment, UriTemplate};
use indexmap::IndexMap;
use std::collections::HashSet;

const HTTP: &str = "smithy.api#http";
const LABEL: &str = "smithy.api#httpLabel";

/// Checks the `http` trait of operations: method, URI and status code, and that each label has a
/// member and each label member a label (Smithy specification, "http trait").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for (shape, operation) in operations(model) {
        let Some(http) = shape.traits.get(HTTP) else {
            continue;
        };
        check_method(shape, http, loading);
        check_code(shape, http, loading);
        let Some(uri) = http.get("uri") else { continue };
        match uri.as_str().map(UriTemplate::parse) {
            Some(Ok(template)) => {
                check_labels(shape, operation, uri, &template, model, loading);
                check_literals(shape, operation, &template, model, loading);
            }
            Some(Err(error)) => {
                let problem = Diagnostic::error(Code::InvalidUri, error.to_string());
                loading.report(problem.at(uri.span).shape(&shape.id).help(error.help()));
            }
            None => {}
        }
    }
}

fn check_method(shape: &Shape, http: &Node, loading: &mut Loading) {
    let Some(node) = http.get("method") else {
        return;
    };
    if let Some(method) = node
        .as_str()
        .filter(|method| !method.is_empty() && !is_token(method))
    {
        let message = format!("`{method}` is not an HTTP method");
        let problem = Diagnostic::error(Code::InvalidMethod, message)
            .at(node.span)
            .shape(&shape.id);
        loading.report(problem.help("write a method such as `GET` or `POST`"));
    }
}

fn check_code(shape: &Shape, http: &Node, loading: &mut Loading) {
    let Some(node) = http.get("code") else { return };
    if let Some(code) = node.as_i64().filter(|code| !(200..300).contains(code)) {
        let message = format!(
            "the successful response of `{}` has the status code {code}",
            shape.id
        );
        let problem = Diagnostic::error(Code::InvalidStatusCode, message)
            .at(node.span)
            .shape(&shape.id);
        loading.report(problem.help("write a code between 200 and 299"));
    }
}

/// Checks that every label has a member, and every label member a label.
fn check_labels(
    shape: &Shape,
    operation: &Operation,
    uri: &Node,
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
        match input.member(name).filter(|member| member.traits.has(LABEL)) {
            Some(member) => check_greedy(member, segment, model, loading),
            None => {
                let message = format!(
                    "the label `{name}` of `{}` has no member in `{}`",
                    shape.id, input.id
                );
                let problem = Diagnostic::error(Code::LabelWithoutMember, message)
                    .at(uri.span)
                    .shape(&shape.id);
                let help = format!(
                    "add a member `{name}` with the traits `{LABEL}` and `smithy.api#required`"
                );
                loading.report(problem.help(help));
            }
        }
    }
    let labels: HashSet<&str> = template.labels().collect();
    for member in input.members().filter(|member| member.traits.has(LABEL)) {
        if !labels.contains(member.name.as_str()) {
            let message = format!(
                "`{}` is a label, but the URI of `{}` has no `{{{}}}`",
                member.id, shape.id, member.name
            );
            let problem = Diagnostic::error(Code::MemberWithoutLabel, message)
                .at(member.span)
                .shape(&shape.id);
            loading.report(problem.help(format!(
                "add `{{{}}}` to the URI, or remove `{LABEL}`",
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
        let Some(node) = member.traits.get("smithy.api#httpQuery") else {
            continue;
        };
        if let Some(name) = node.as_str().filter(|name| literals.contains(name)) {
            let message = format!(
                "`{}` is bound to the query parameter `{name}`, which is part of the URI of `{}`",
                member.id, shape.id
            );
            let problem = Diagnostic::error(Code::InvalidQuery, message).at(node.span);
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
pub(super) fn check_routes(model: &Model, bound: &Bound<'_>, loading: &mut Loading) {
    let mut routes: IndexMap<String, (&ShapeId, &Node)> = IndexMap::new();
    let protocol = http_protocol(model, bound.id);
    for shape in bound
        .closure
        .operations
        .iter()
        .filter_map(|id| model.shape(id))
    {
        let Some(node) = shape.traits.get(HTTP) else {
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
        let Some(http) = HttpTrait::parse(node) else {
            continue;
        };
        if let Some((other, first)) = routes.insert(route(&http, shape), (&shape.id, node)) {
            let first = loading.whereabouts(first.span);
            let message = format!(
                "`{}` and `{other}`{first} have the same method and URI in `{}`",
                shape.id, bound.id
            );
            let problem = Diagnostic::error(Code::DuplicateRoute, message)
                .at(node.span)
                .shape(&shape.id);
            loading.report(problem.help(
                "change one of them; URIs must differ in more than label names and a final slash",
            ));
        }
    }
}

/// Returns a key that is equal for operations whose requests cannot be distinguished. Label names, a
/// final slash and the order of query parameters are ignored.
fn route(http: &HttpTrait, shape: &Shape) -> String {
    let host = shape
        .traits
        .get("smithy.api#endpoint")
        .and_then(|node| node.get("hostPrefix")?.as_str());
    let path = http.uri.segments.iter().map(|segment| match segment {
        UriSegment::Literal(text) => text.as_str(),
        UriSegment::Label { .. } => "{}",
        UriSegment::GreedyLabel { .. } => "{+}",
    });
    let path: Vec<&str> = path.filter(|segment| !segment.is_empty()).collect();
    let mut query: Vec<String> = http
        .uri
        .query
        .iter()
        .map(|(name, value)| format!("{name}={}", value.as_deref().unwrap_or_default()))
        .collect();
    query.sort_unstable();
    format!(
        "{} {}/{}?{}",
        http.method,
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
            let definition = model
                .shapes
                .get(id)
                .and_then(|s| s.traits.get("smithy.api#protocolDefinition"));
            let traits = definition.and_then(|definition| definition.get("traits")?.as_array());
            traits.is_some_and(|traits| traits.iter().any(|node| node.as_str() == Some(HTTP)))
        }
    };
    model
        .shape(service)?
        .traits
        .0
        .keys()
        .find(|id| needs_http(id))
}
