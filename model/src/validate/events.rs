use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::wording::{code_list, with_article};
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::{Shape, ShapeKind};
use crate::traits::registry::streaming::{EVENT_HEADER, EVENT_PAYLOAD, STREAMING};

/// Checks that events are structures, and that an event with an `eventPayload` member has only headers
/// beside it (Smithy specification, "Event streams").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for shape in model.shapes.values() {
        match &shape.kind {
            ShapeKind::Union(_) if STREAMING.is_on(&shape.traits) => {
                check_stream(shape, model, loading)
            }
            ShapeKind::Structure(_) => check_payload(shape, loading),
            _ => {}
        }
    }
}

fn check_stream(shape: &Shape, model: &Model, loading: &mut Loading) {
    for member in shape.members() {
        let Some(target) = model.target(member) else {
            continue;
        };
        if !matches!(target.kind, ShapeKind::Structure(_)) {
            let message = format!(
                "the event `{}` is {}, not a structure",
                member.id,
                with_article(target.kind.name())
            );
            let problem = Diagnostic::error(Code::InvalidEvent, message)
                .at(member.span)
                .shape(&shape.id);
            loading.report(problem.help(format!(
                "target a structure with a `{EVENT_PAYLOAD}` member"
            )));
        }
    }
}

fn check_payload(shape: &Shape, loading: &mut Loading) {
    let Some(payload) = shape
        .members()
        .find(|member| EVENT_PAYLOAD.is_on(&member.traits))
    else {
        return;
    };
    let is_unbound = |traits: &crate::shapes::shape::Traits| {
        !EVENT_HEADER.is_on(traits) && !EVENT_PAYLOAD.is_on(traits)
    };
    let others = code_list(
        shape
            .members()
            .filter(|member| is_unbound(&member.traits))
            .map(|member| &member.name),
    );
    if !others.is_empty() {
        let message = format!(
            "`{}` is the whole payload of the event, but {others} is not bound to a header",
            payload.id
        );
        let problem = Diagnostic::error(Code::InvalidEvent, message)
            .at(payload.span)
            .shape(&shape.id);
        loading.report(problem.help(format!(
            "add `\"{EVENT_HEADER}\": {{}}` to the other members, or remove `{EVENT_PAYLOAD}`"
        )));
    }
}
