//! Checks of an assembled model, one concern a file. Smithy's specification calls most of what they
//! report `ERROR` or `DANGER`; what it merely warns of is a warning here, or passed over.

mod auth;
mod bindings;
mod closures;
mod compression;
mod constraints;
mod context_params;
mod defaults;
mod enums;
mod events;
mod examples;
mod host_prefix;
mod http_members;
mod http_operations;
mod http_payload;
mod members;
mod messages;
mod names;
mod pagination;
mod pattern;
mod recursion;
mod references;
mod resources;
mod streaming;
mod suppressions;
mod targets;
mod traits;
mod waiters;

use crate::load::Log;
use crate::{Closure, Code, Diagnostic, Model, ShapeId, ShapeKind};

/// How many services a model may have: all that belongs to a service is looked through for each of
/// them. AWS publishes one in a file.
const MOST_SERVICES: usize = 100;

/// Runs all checks.
pub(crate) fn validate(model: &Model, log: &mut Log) {
    for check in CHECKS {
        check(model, log);
    }
    if let Some((shape, _)) = model.services().nth(MOST_SERVICES) {
        let message = format!("the model has more than {MOST_SERVICES} services");
        let problem = Diagnostic::error(Code::TooLarge, message)
            .at(shape.span)
            .shape(&shape.id);
        return log.report(problem.help("leave the files of the other services out"));
    }
    for (shape, service) in model.services() {
        let bound = Bound {
            id: &shape.id,
            closure: model.closure(service),
        };
        closures::check(model, &bound, log);
        http_operations::check_routes(model, &bound, log);
        pagination::check_bound(model, &bound, log);
        bindings::check_bound(model, &bound, log);
        http_payload::check_bound(model, &bound, log);
        auth::check_bound(model, &bound, log);
        context_params::check_bound(model, &bound, log);
        waiters::check_bound(model, &bound, log);
    }
}

/// The checks that need no service.
const CHECKS: &[fn(&Model, &mut Log)] = &[
    targets::check,
    traits::check,
    defaults::check,
    constraints::check,
    enums::check,
    members::check,
    names::check,
    recursion::check,
    streaming::check,
    resources::check,
    http_operations::check,
    http_members::check,
    http_payload::check,
    host_prefix::check,
    pagination::check,
    messages::check,
    events::check,
    compression::check,
    bindings::check,
    references::check,
    auth::check,
    waiters::check,
    examples::check,
];

/// A service and what belongs to it.
struct Bound<'a> {
    id: &'a ShapeId,
    closure: Closure,
}

/// An operation by its id.
fn operation_of<'m>(model: &'m Model, id: &ShapeId) -> Option<&'m crate::Operation> {
    match &model.shape(id)?.kind {
        ShapeKind::Operation(operation) => Some(operation),
        _ => None,
    }
}

/// All operations of a model.
fn operations(model: &Model) -> impl Iterator<Item = (&crate::Shape, &crate::Operation)> {
    model.shapes.values().filter_map(|shape| match &shape.kind {
        ShapeKind::Operation(operation) => Some((shape, operation)),
        _ => None,
    })
}
