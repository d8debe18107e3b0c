use crate::load::Log;
use crate::words::{a, ticked};
use crate::{Code, Diagnostic, Model, Shape, ShapeKind};

const HEADER: &str = "smithy.api#eventHeader";
const PAYLOAD: &str = "smithy.api#eventPayload";

/// Checks that events are structures, and that one with a payload has nothing else but headers
/// (Smithy specification, "Event streams").
pub(super) fn check(model: &Model, log: &mut Log) {
    for shape in model.shapes.values() {
        match &shape.kind {
            ShapeKind::Union(_) if shape.traits.has("smithy.api#streaming") => {
                check_stream(shape, model, log)
            }
            ShapeKind::Structure(_) => check_payload(shape, log),
            _ => {}
        }
    }
}

fn check_stream(shape: &Shape, model: &Model, log: &mut Log) {
    for member in shape.members() {
        let Some(target) = model.target(member) else {
            continue;
        };
        if !matches!(target.kind, ShapeKind::Structure(_)) {
            let message = format!(
                "the event `{}` is {}, not a structure",
                member.id,
                a(target.kind.name())
            );
            let problem = Diagnostic::error(Code::InvalidEvent, message)
                .at(member.span)
                .shape(&shape.id);
            log.report(problem.help(format!(
                "let it target a structure with a `{PAYLOAD}` member"
            )));
        }
    }
}

fn check_payload(shape: &Shape, log: &mut Log) {
    let Some(payload) = shape.members().find(|member| member.traits.has(PAYLOAD)) else {
        return;
    };
    let is_unbound = |traits: &crate::Traits| !traits.has(HEADER) && !traits.has(PAYLOAD);
    let others = ticked(
        shape
            .members()
            .filter(|member| is_unbound(&member.traits))
            .map(|member| &member.name),
    );
    if !others.is_empty() {
        let message = format!(
            "`{}` is the whole payload of the event, so {others} has no place",
            payload.id
        );
        let problem = Diagnostic::error(Code::InvalidEvent, message)
            .at(payload.span)
            .shape(&shape.id);
        log.report(problem.help(format!("add `\"{HEADER}\": {{}}`, or remove `{PAYLOAD}`")));
    }
}
