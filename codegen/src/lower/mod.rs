//! From a model to the shape graph: one pass a file, and [`build`], which calls them.

mod auth;
mod blanks;
mod body;
mod constraints;
mod defaults;
mod documentation;
mod endpoint;
mod errors;
mod examples;
mod form;
mod host_prefix;
mod jmespath;
pub(crate) mod limits;
mod members;
pub(crate) mod names;
mod nesting;
mod operations;
mod pagination;
mod presence;
mod protocol_tests;
mod quirks;
mod recursion;
mod service;
mod shapes;
mod structures;
mod tables;
mod trait_support;
mod types;
mod waiters;

use crate::graph::service::Service;
use crate::lower::blanks::Blanks;
use crate::lower::names::assign::assign;
use crate::lower::quirks::Quirks;
use crate::lower::recursion::Recursion;
use crate::lower::service::Passes;
use crate::lower::tables::Tables;
use crate::options::Options;
use crate::select::{self, closure};
use smithy_model::{Diagnostic, Log, Model};

/// Builds the shape graph of the model's service, with warnings.
///
/// # Errors
///
/// Every problem found, if at least one is an error.
pub(crate) fn build(
    model: &Model,
    options: &Options,
) -> Result<(Service, Vec<Diagnostic>), Vec<Diagnostic>> {
    let log = &mut Log::default();
    // Which service, which operations, and which shapes they reach.
    let selected = select::service::service(model, options).map_err(|problem| vec![problem])?;
    let protocol = (selected.protocol.of)(selected.shape);
    let closure = closure::walk(model, selected, options, log);
    // Every trait on them is handled, ignored for a reason, or reported.
    trait_support::check(&closure, log);
    // Nothing is too large to be written down.
    if !limits::check(&closure, log) {
        return Err(std::mem::take(log).into_vec());
    }
    // Tables that the other passes read.
    let recursion = Recursion::of(&closure);
    let names = assign(&closure, log);
    let tables = &Tables {
        protocol: &*protocol,
        closure: &closure,
        quirks: &Quirks::of(&closure),
        recursion: &recursion,
        names: &names,
        blanks: &Blanks::of(&closure, &names),
    };
    // Shapes and messages, and what is typed against them.
    let shapes = shapes::lower(tables, log);
    let messages = operations::messages(tables, log);
    let pagination = pagination::lower(tables, &messages, &shapes, log);
    let waiters = waiters::lower(tables, &messages, &shapes, log);
    let rules = endpoint::parse::lower(selected.shape, log);
    let endpoint = endpoint::bindings::bind(rules, tables, &messages, &shapes, log);
    // What depends on neither.
    let auth = auth::lower(&closure, log);
    let errors = errors::lower(tables);
    let examples = examples::lower(&closure);
    let protocol_tests = match options.protocol_tests {
        true => protocol_tests::lower(&closure, &errors),
        false => Default::default(),
    };
    let passes = Passes {
        shapes,
        messages,
        errors,
        auth,
        endpoint,
        pagination,
        waiters,
        examples,
        protocol_tests,
        recursion_limit: nesting::recursion_limit(&closure),
    };
    let service = service::service(tables, passes, options, log);
    let log = std::mem::take(log);
    if log.has_error() {
        return Err(log.into_vec());
    }
    Ok((service, log.into_vec()))
}
