//! From a model to the shape graph: one pass a file, and [`build`], which calls them.

mod assemble;
mod auth;
mod body;
mod customize;
mod endpoint;
mod examples;
mod host_prefix;
mod jmespath;
pub(crate) mod limits;
mod members;
pub(crate) mod names;
mod nesting;
mod protocol_tests;
mod recursion;
mod trait_support;
mod waiters;

use crate::graph::service::Service;
use crate::lower::recursion::Recursion;
use crate::options::Options;
use crate::select::{closure, service};
use smithy_model::{Diagnostic, Log, Model};
use std::cell::RefCell;

/// Builds the shape graph of the model's service, with warnings.
///
/// # Errors
///
/// Every problem found, if at least one is an error.
pub(crate) fn build(
    model: &Model,
    options: &Options,
) -> Result<(Service, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut log = Log::default();
    // Which service, which operations, and which shapes they reach.
    let service = service::service(model, options).map_err(|problem| vec![problem])?;
    let closure = closure::walk(model, service, options, &mut log);
    // Every trait on them is handled, ignored for a reason, or reported.
    trait_support::check(&closure, &mut log);
    // Nothing is too large to be written down.
    if !limits::check(&closure, &mut log) {
        return Err(log.into_vec());
    }
    // Which members need a `Box`, and which structures are read into one.
    let recursion = Recursion::of(&closure);
    // Every Rust name.
    let names = names::assign::assign(&closure, &mut log);
    // All of it together: types, presence, HTTP bindings, documentation, endpoint rules, waiters,
    // protocol tests, single services' wishes.
    let graph = assemble::service(
        &assemble::Context {
            protocol: &*(service.protocol.of)(service.shape),
            closure: &closure,
            recursion: &recursion,
            names: &names,
            blanks: RefCell::default(),
        },
        options,
        &mut log,
    );
    if log.has_error() {
        return Err(log.into_vec());
    }
    Ok((graph, log.into_vec()))
}
