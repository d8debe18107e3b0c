use super::service_closure::operations;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::prelude::UNIT;
use crate::traits::registry::behavior::REQUEST_COMPRESSION;
use crate::traits::registry::streaming::REQUIRES_LENGTH;

/// Checks that a compressed request has a body, and no stream that requires a length (Smithy
/// specification, "requestCompression trait").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for (shape, operation) in operations(model) {
        let Some(span) = REQUEST_COMPRESSION.span(&shape.traits) else {
            continue;
        };
        let Some(input) = model.shape(&operation.input) else {
            continue;
        };
        let of_known_length = input.members().find(|member| {
            model
                .target(member)
                .is_some_and(|target| REQUIRES_LENGTH.is_on(&target.traits))
        });
        let reason = match of_known_length {
            Some(member) => format!("`{}` has the trait `smithy.api#requiresLength`", member.id),
            None if input.id.as_str() == UNIT => "the operation has no input".to_owned(),
            None => continue,
        };
        let message = format!(
            "the request of `{}` cannot be compressed: {reason}",
            shape.id
        );
        let problem = Diagnostic::error(Code::MisplacedTrait, message)
            .at(span)
            .shape(&shape.id);
        loading.report(problem.help(format!("remove `{REQUEST_COMPRESSION}`")));
    }
}
