use super::service_closure::operations;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::{Member, Shape, ShapeKind, Simple};
use crate::syntax::shape_id::ShapeId;
use crate::traits::registry::http_bindings::{HTTP, HTTP_PAYLOAD};
use crate::traits::registry::streaming::{REQUIRES_LENGTH, STREAMING};
use crate::traits::registry::type_refinement::{DEFAULT, REQUIRED};
use indexmap::IndexSet;
use std::collections::HashSet;

/// Checks the use of streaming blobs and event streams (Smithy specification, "streaming trait").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    let mut containers: HashSet<&ShapeId> = HashSet::new();
    for shape in model.shapes.values() {
        let streams: Vec<&Member> = shape
            .members()
            .filter(|member| is_streaming(member, model))
            .collect();
        if streams.is_empty() {
            continue;
        }
        containers.insert(&shape.id);
        check_members(shape, &streams, model, loading);
    }
    for member in model
        .shapes
        .values()
        .flat_map(Shape::members)
        .filter(|m| containers.contains(&m.target))
    {
        if !containers.contains(&member.id.container()) {
            let message = format!(
                "`{}` targets `{}`, which contains a stream",
                member.id, member.target
            );
            let problem = Diagnostic::error(Code::InvalidStreaming, message)
                .at(member.span)
                .shape(&member.id);
            loading.report(problem.help("move the stream to the input or output structure"));
        }
    }
    check_payloads(model, loading);
    check_lengths(model, loading);
}

/// Checks that streams are the payload of messages over HTTP.
fn check_payloads(model: &Model, loading: &mut Loading) {
    let bound = operations(model).filter(|(shape, _)| HTTP.is_on(&shape.traits));
    let messages: IndexSet<&ShapeId> = bound
        .flat_map(|(_, operation)| [&operation.input, &operation.output])
        .collect();
    let members = messages
        .into_iter()
        .filter_map(|id| model.shape(id))
        .flat_map(Shape::members);
    for member in members.filter(|member| is_streaming(member, model)) {
        if !HTTP_PAYLOAD.is_on(&member.traits) {
            let message = format!(
                "the stream `{}` is not the payload of its message",
                member.id
            );
            let problem = Diagnostic::error(Code::InvalidStreaming, message)
                .at(member.span)
                .shape(&member.id);
            loading.report(problem.help(format!(
                "add `\"{HTTP_PAYLOAD}\": {{}}`, which HTTP requires for streams"
            )));
        }
    }
}

fn check_members(shape: &Shape, streams: &[&Member], model: &Model, loading: &mut Loading) {
    let mut report = |member: &Member, id: &ShapeId, message: String, help: &str| {
        loading.report(
            Diagnostic::error(Code::InvalidStreaming, message)
                .at(member.span)
                .shape(id)
                .help(help),
        );
    };
    for member in streams {
        if !matches!(shape.kind, ShapeKind::Structure(_)) {
            let message = format!(
                "the {} member `{}` targets a stream",
                shape.kind.name(),
                member.name
            );
            report(
                member,
                &member.id,
                message,
                "use a stream only as a member of an input or output structure",
            );
        } else if !has_value(member) && is_blob(member, model) {
            let message = format!(
                "the streaming blob `{}` is not required and has no default",
                member.name
            );
            report(
                member,
                &member.id,
                message,
                "add `\"smithy.api#required\": {}` or `\"smithy.api#default\": \"\"`",
            );
        }
    }
    if let (ShapeKind::Structure(_), [first, second, ..]) = (&shape.kind, streams) {
        let message = format!("`{}` and `{}` are both streams", first.name, second.name);
        report(
            second,
            &shape.id,
            message,
            "remove one of them; a message has one body",
        );
    }
}

/// Checks that `requiresLength` is used only for requests.
fn check_lengths(model: &Model, loading: &mut Loading) {
    let of_known_length = |member: &&Member| {
        model
            .target(member)
            .is_some_and(|target| REQUIRES_LENGTH.is_on(&target.traits))
    };
    for (_, operation) in operations(model) {
        let Some(output) = model.shape(&operation.output) else {
            continue;
        };
        if let Some(member) = output.members().find(of_known_length) {
            let message = format!(
                "the output stream `{}` has the `requiresLength` trait",
                member.id
            );
            let problem = Diagnostic::error(Code::InvalidStreaming, message)
                .at(member.span)
                .shape(&output.id);
            loading.report(problem.help("target another blob; the trait is only for requests"));
        }
    }
}

fn is_streaming(member: &Member, model: &Model) -> bool {
    model
        .target(member)
        .is_some_and(|target| STREAMING.is_on(&target.traits))
}

fn is_blob(member: &Member, model: &Model) -> bool {
    model
        .target(member)
        .is_some_and(|target| matches!(target.kind, ShapeKind::Simple(Simple::Blob)))
}

fn has_value(member: &Member) -> bool {
    REQUIRED.is_on(&member.traits) || DEFAULT.is_on(&member.traits)
}
