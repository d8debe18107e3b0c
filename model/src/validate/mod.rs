//! Checks of an assembled model, one concern a file. Errors here are events that Smithy's
//! specification calls `ERROR` or `DANGER`. Its warnings are warnings here, or not checked.

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
mod malformed_requests;
mod members;
mod messages;
mod names;
mod pagination;
mod pattern;
mod recursion;
mod references;
mod resources;
mod service_closure;
mod streaming;
mod suppressions;
mod targets;
mod traits;
mod waiters;

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::syntax::source::Sources;
use service_closure::ServiceClosure;

/// The maximum number of services in a model, since the checks visit the closure of each. AWS's models
/// have one service.
const MOST_SERVICES: usize = 100;

/// Checks a model that was assembled from other models of these files, with the same checks as
/// [`load`](crate::load).
pub fn check(model: &Model, sources: &Sources) -> Vec<Diagnostic> {
    let mut loading = Loading::new(sources);
    validate(model, &mut loading);
    loading.into_diagnostics(model)
}

/// Runs all checks.
pub(crate) fn validate(model: &Model, loading: &mut Loading) {
    for check in CHECKS {
        check(model, loading);
    }
    if let Some((shape, _)) = model.services().nth(MOST_SERVICES) {
        let message = format!("the model has more than {MOST_SERVICES} services");
        let problem = Diagnostic::error(Code::TooLarge, message)
            .at(shape.span)
            .shape(&shape.id);
        return loading.report(problem.help("remove the files of the other services"));
    }
    for (shape, service) in model.services() {
        let bound = ServiceClosure {
            id: &shape.id,
            closure: model.closure(service),
        };
        closures::check(model, &bound, loading);
        http_operations::check_routes(model, &bound, loading);
        pagination::check_bound(model, &bound, loading);
        bindings::check_bound(model, &bound, loading);
        http_payload::check_bound(model, &bound, loading);
        auth::check_bound(model, &bound, loading);
        context_params::check_bound(model, &bound, loading);
        waiters::check_bound(model, &bound, loading);
    }
}

/// The checks that need no service.
const CHECKS: &[fn(&Model, &mut Loading)] = &[
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
    malformed_requests::check,
];
