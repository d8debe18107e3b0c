//! Operations with event streams, which are not generated.

use crate::options::Options;
use crate::select::service::Selected;
use smithy_model::traits::STREAMING;
use smithy_model::{Code, Diagnostic, Member, Model, Operation, Shape, ShapeKind};

/// The member of an operation's input or output that is an event stream: it targets a union that
/// has the `streaming` trait (Smithy specification, "Event streams").
pub(super) fn of<'m>(model: &'m Model, operation: &Operation) -> Option<&'m Member> {
    let structures = [&operation.input, &operation.output]
        .into_iter()
        .filter_map(|id| model.shape(id));
    let is_union = |shape: &Shape| matches!(shape.kind, ShapeKind::Union(_));
    let is_events = |shape: &Shape| is_union(shape) && STREAMING.is_on(&shape.traits);
    structures
        .flat_map(Shape::members)
        .find(|member| model.target(member).is_some_and(is_events))
}

/// Reports the operations that are left out, given with their event streams: as a warning, or as an
/// error if the options name them.
pub(super) fn report(
    left_out: &[(&Shape, &Member)],
    service: Selected<'_>,
    options: &Options,
) -> Vec<Diagnostic> {
    if !options.operations.is_empty() {
        return left_out
            .iter()
            .map(|(operation, stream)| refusal(operation, stream))
            .collect();
    }
    let names: Vec<_> = left_out
        .iter()
        .map(|(operation, _)| format!("`{}`", operation.id.name()))
        .collect();
    let message = match names.as_slice() {
        [] => return Vec::new(),
        [one] => {
            format!("operation {one} is left out: it has an event stream, which is not implemented")
        }
        [init @ .., last] => format!(
            "operations {} and {last} are left out: they have event streams, which are not implemented",
            init.join(", ")
        ),
    };
    let help =
        "the rest of the service is generated, without the shapes that only these operations use";
    let id = &service.shape.id;
    vec![
        Diagnostic::warning(Code::UnsupportedTrait, message)
            .shape(id)
            .help(help),
    ]
}

fn refusal(operation: &Shape, stream: &Member) -> Diagnostic {
    let message = format!(
        "operation `{}` has the event stream `{}`, which is not implemented",
        operation.id, stream.id
    );
    Diagnostic::error(Code::UnsupportedTrait, message)
        .at(stream.span)
        .shape(&operation.id)
        .help("remove it from `--operations`")
}
