//! Operations whose input or output is an event stream: they are left out.

use crate::options::Options;
use crate::select::service::Selected;
use smithy_model::{Code, Diagnostic, Member, Model, Operation, Shape, ShapeKind};

/// The member of an operation's input or output that is an event stream: it targets a union that
/// has the `streaming` trait (Smithy specification, "Event streams").
pub(super) fn of<'m>(model: &'m Model, operation: &Operation) -> Option<&'m Member> {
    let structures = [&operation.input, &operation.output]
        .into_iter()
        .filter_map(|id| model.shape(id));
    let is_union = |shape: &Shape| matches!(shape.kind, ShapeKind::Union(_));
    let is_events = |shape: &Shape| is_union(shape) && shape.traits.has("smithy.api#streaming");
    structures
        .flat_map(Shape::members)
        .find(|member| model.target(member).is_some_and(is_events))
}

/// Tells which operations are left out; each comes with its event stream. Whoever asked for one by
/// its name gets an error, since there is nothing to give.
pub(super) fn tell(
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
        "everything else of the service is generated; shapes that only these use are left out, too";
    let id = &service.shape.id;
    vec![
        Diagnostic::warning(Code::UnsupportedTrait, message)
            .shape(id)
            .help(help),
    ]
}

fn refusal(operation: &Shape, stream: &Member) -> Diagnostic {
    let message = format!(
        "operation `{}` needs what is not implemented: `{}` is an event stream",
        operation.id, stream.id
    );
    Diagnostic::error(Code::UnsupportedTrait, message)
        .at(stream.span)
        .shape(&operation.id)
        .help("leave it out of `--operations`")
}
