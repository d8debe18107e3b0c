use super::service_closure::operations;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::wording::code_list;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::Shape;
use crate::syntax::shape_id::ShapeId;
use crate::traits::registry::type_refinement::{INPUT, OUTPUT};
use indexmap::IndexMap;

/// Checks that a structure with the `input` or `output` trait is used only as the input or output of
/// one operation (Smithy specification, "input trait", "output trait").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    let mut users: IndexMap<(&'static str, &ShapeId), Vec<&Shape>> = IndexMap::new();
    for (shape, operation) in operations(model) {
        users
            .entry(("input", &operation.input))
            .or_default()
            .push(shape);
        users
            .entry(("output", &operation.output))
            .or_default()
            .push(shape);
    }
    for ((place, id), users) in users {
        let Some(message) = model.shape(id) else {
            continue;
        };
        if let Some(other) = marked(message).filter(|marked| *marked != place) {
            for user in users {
                let text = format!(
                    "the {place} of `{}` is `{id}`, which has the trait `{other}`",
                    user.id
                );
                let span = loading.place(&user.id, id).or(user.span);
                let problem = Diagnostic::error(Code::MisusedMessage, text)
                    .at(span)
                    .shape(&user.id);
                loading.report(problem.help(format!("use a separate structure as the {place}")));
            }
        } else if marked(message).is_some() && users.len() > 1 {
            let names = code_list(users.iter().map(|user| &user.id));
            let text = format!(
                "`{id}` has the trait `{place}`, but is the {place} of several operations: {names}"
            );
            let problem = Diagnostic::error(Code::MisusedMessage, text)
                .at(message.span)
                .shape(id);
            let help = "use a separate structure for each operation, or remove the trait";
            loading.report(problem.help(help));
        }
    }
    for member in model.shapes.values().flat_map(Shape::members) {
        if let Some(place) = model.target(member).and_then(marked) {
            let text = format!(
                "`{}` targets `{}`, which has the trait `{place}`",
                member.id, member.target
            );
            let problem = Diagnostic::error(Code::MisusedMessage, text)
                .at(member.span)
                .shape(&member.id);
            loading.report(problem.help("target another structure, or remove the trait"));
        }
    }
}

/// Returns the `input` or `output` trait of a structure, without namespace.
fn marked(shape: &Shape) -> Option<&'static str> {
    // `smithy.api#Unit` may be the input and output of any operation.
    if shape.id.is_prelude() {
        None
    } else if INPUT.is_on(&shape.traits) {
        Some("input")
    } else {
        OUTPUT.is_on(&shape.traits).then_some("output")
    }
}
