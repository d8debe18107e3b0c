use super::service_closure::{ServiceClosure, operations};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::wording::with_article;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::{Member, Shape};
use crate::syntax::shape_id::ShapeId;
use crate::traits::protocol_rules::PROTOCOLS;
use crate::traits::registry::endpoints::HOST_LABEL;
use crate::traits::registry::http_bindings::{
    HTTP, HTTP_HEADER, HTTP_LABEL, HTTP_PAYLOAD, HTTP_PREFIX_HEADERS, HTTP_QUERY,
    HTTP_QUERY_PARAMS, HTTP_RESPONSE_CODE,
};
use indexmap::IndexSet;

/// The traits that bind members of a request outside the body. A host label is only also in the host.
const REQUEST: &[&str] = &[
    HOST_LABEL.id(),
    HTTP_HEADER.id(),
    HTTP_LABEL.id(),
    HTTP_PAYLOAD.id(),
    HTTP_PREFIX_HEADERS.id(),
    HTTP_QUERY.id(),
    HTTP_QUERY_PARAMS.id(),
];

/// The traits that bind members of a response outside the body.
const RESPONSE: &[&str] = &[
    HTTP_HEADER.id(),
    HTTP_PAYLOAD.id(),
    HTTP_PREFIX_HEADERS.id(),
    HTTP_RESPONSE_CODE.id(),
];

/// Checks that a message with an `httpPayload` member has no other members in the body (Smithy
/// specification, "httpPayload trait").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    let mut requests: IndexSet<&ShapeId> = IndexSet::new();
    let mut responses: IndexSet<&ShapeId> = IndexSet::new();
    for (_, operation) in operations(model).filter(|(shape, _)| HTTP.is_on(&shape.traits)) {
        requests.insert(&operation.input);
        responses.extend(operation.errors.iter().chain([&operation.output]));
    }
    for (_, service) in model.services() {
        responses.extend(&service.errors);
    }
    for (messages, bindings) in [(requests, REQUEST), (responses, RESPONSE)] {
        for shape in messages.into_iter().filter_map(|id| model.shape(id)) {
            check_message(shape, bindings, loading);
        }
    }
}

/// Checks the types of payloads. AWS's JSON and XML protocols have no payload form for lists, maps and
/// numbers (AWS protocols, "httpPayload").
pub(super) fn check_bound(model: &Model, bound: &ServiceClosure<'_>, loading: &mut Loading) {
    let Some(can_be_body) = model.shape(bound.id).and_then(|service| {
        let mut protocols = PROTOCOLS.iter();
        protocols.find_map(|it| it.can_be_body.filter(|_| service.traits.has(it.id)))
    }) else {
        return;
    };
    let shapes = bound.closure.shapes.iter().filter_map(|id| model.shape(id));
    for member in shapes
        .flat_map(Shape::members)
        .filter(|member| HTTP_PAYLOAD.is_on(&member.traits))
    {
        let Some(target) = model.target(member).filter(|target| !can_be_body(target)) else {
            continue;
        };
        let message = format!(
            "`{}` is the payload, but targets {}",
            member.id,
            with_article(target.kind.name())
        );
        let problem = Diagnostic::error(Code::InvalidPayload, message)
            .at(member.span)
            .shape(&member.id);
        loading.report(problem.help("target a structure, union, document, blob or string"));
    }
}

fn check_message(shape: &Shape, bindings: &[&str], loading: &mut Loading) {
    let Some(payload) = shape
        .members()
        .find(|member| HTTP_PAYLOAD.is_on(&member.traits))
    else {
        return;
    };
    let is_unbound = |member: &&Member| !bindings.iter().any(|id| member.traits.has(id));
    for member in shape.members().filter(is_unbound) {
        let name = &member.name;
        let of_other = REQUEST
            .iter()
            .chain(RESPONSE)
            .find(|id| member.traits.has(id));
        let (kind, places) = match bindings {
            REQUEST => (
                "request",
                "`smithy.api#httpHeader` or `smithy.api#httpQuery`",
            ),
            _ => (
                "response",
                "`smithy.api#httpHeader` or `smithy.api#httpResponseCode`",
            ),
        };
        let meaningless = of_other
            .map(|id| format!("; `{id}` has no effect in a {kind}"))
            .unwrap_or_default();
        let message = format!(
            "`{}` is the whole body, but `{name}` is not bound to another part{meaningless}",
            payload.id
        );
        let problem = Diagnostic::error(Code::InvalidPayload, message)
            .at(member.span)
            .shape(&shape.id);
        let help = format!("bind `{name}` with {places}, or remove `smithy.api#httpPayload`");
        loading.report(problem.help(help));
    }
}
