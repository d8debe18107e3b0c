//! The shape graph and the passes that build it, one a file.

mod assemble;
mod auth;
mod body;
mod closure;
mod customize;
mod dump;
pub(crate) mod endpoint;
mod event_streams;
mod examples;
mod http;
mod ident;
pub(crate) mod jmespath;
mod limits;
mod log;
mod members;
mod names;
mod nesting;
mod protocol_tests;
mod recursion;
mod reserved;
mod scope;
mod select;
mod streams;
mod timestamp;
mod traits;
mod types;
pub(crate) mod waiters;
mod words;

pub(crate) use auth::{Auth, Scheme};
pub(crate) use body::BodyStep;
pub(crate) use dump::dump;
pub(crate) use examples::{Answer, ModelExample};
pub(crate) use http::{HostPart, PathPart};
pub(crate) use limits::{MOST_OF_CRATE, crate_too_large};
pub(crate) use protocol_tests::{Message, ProtocolTest, RequestTest, ResponseTest, TestBody};
pub(crate) use select::services;
pub(crate) use timestamp::Timestamp;
pub(crate) use types::*;
pub(crate) use words::snake_case;

use crate::Options;
use log::Log;
use recursion::Recursion;
use smithy_model::{Diagnostic, Model};
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
    let service = select::service(model, options).map_err(|problem| vec![problem])?;
    let closure = closure::walk(model, service, options, &mut log);
    // Every trait on them is handled, ignored for a reason, or reported.
    traits::check(&closure, &mut log);
    // Nothing is too large to be written down.
    if !limits::check(&closure, &mut log) {
        return log.fail();
    }
    // Which members need a `Box`, and which structures are read into one.
    let recursion = Recursion::of(&closure);
    // Every Rust name.
    let names = names::assign(&closure, &mut log);
    // All of it together: types, presence, HTTP bindings, documentation, endpoint rules, waiters,
    // protocol tests, single services' wishes.
    let graph = assemble::service(
        &assemble::Context {
            closure: &closure,
            recursion: &recursion,
            names: &names,
            blanks: RefCell::default(),
        },
        options,
        &mut log,
    );
    log.finish(graph)
}
