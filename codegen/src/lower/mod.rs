//! Lowers a model to the shape graph: one pass a file, and [`build`], which calls them.

mod auth;
mod blanks;
mod body;
mod constraints;
mod defaults;
mod documentation;
pub(crate) mod dump;
mod endpoint;
mod errors;
mod examples;
mod form;
mod host_prefix;
mod jmespath;
pub(crate) mod limits;
mod malformed_tests;
mod members;
pub(crate) mod names;
mod nesting;
mod operations;
mod pagination;
mod pattern;
mod presence;
mod protocol_tests;
mod quirks;
mod recursion;
mod sample;
mod sample_text;
mod service;
mod shapes;
mod structures;
mod tables;
mod test_messages;
mod timestamp;
mod trait_support;
mod types;
mod values;
mod waiters;

use crate::graph::service::Service;
use crate::lower::blanks::Blanks;
use crate::lower::dump::{Dump, Stage};
use crate::lower::names::assign::assign;
use crate::lower::quirks::Quirks;
use crate::lower::recursion::Recursion;
use crate::lower::service::Passes;
use crate::lower::tables::Tables;
use crate::options::Options;
use crate::select::{self, closure};
use smithy_model::{Diagnostic, Log, Model};
use std::collections::BTreeMap;

/// Builds the shape graph of the model's service, with warnings.
///
/// # Errors
///
/// Every problem found, if at least one is an error.
pub(crate) fn build(
    model: &Model,
    options: &Options,
) -> Result<(Service, Vec<Diagnostic>), Vec<Diagnostic>> {
    run(model, options, &mut Dump::default())
}

/// Prints the table of a stage.
///
/// # Errors
///
/// As [`build`].
pub(crate) fn dump(
    model: &Model,
    options: &Options,
    stage: Stage,
) -> Result<String, Vec<Diagnostic>> {
    let mut dump = Dump::of(stage);
    run(model, options, &mut dump)?;
    Ok(dump.into_text())
}

fn run(
    model: &Model,
    options: &Options,
    dump: &mut Dump,
) -> Result<(Service, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut log = Log::default();
    match passes(model, options, dump, &mut log) {
        Some(service) if !log.has_error() => Ok((service, log.into_vec())),
        _ => Err(log.into_vec()),
    }
}

/// The passes, in their order. Each returns a table. The result is `None` if a pass has reported an
/// error that ends them.
fn passes(model: &Model, options: &Options, dump: &mut Dump, log: &mut Log) -> Option<Service> {
    let selected = select::service::service(model, options)
        .map_err(|problem| log.push(problem))
        .ok()?;
    let protocol = (selected.protocol.of)(selected.shape);
    let closure = dump.table(Stage::Closure, closure::walk(model, selected, options, log));
    trait_support::check(&closure, &*protocol, log);
    if !limits::check(&closure, log) {
        return None;
    }

    // Tables that most passes read.
    let recursion = dump.table(Stage::Recursion, Recursion::of(&closure));
    let names = dump.table(Stage::Names, assign(&closure, log));
    let tables = &Tables {
        protocol: &*protocol,
        quirks: &dump.table(Stage::Quirks, Quirks::of(&closure)),
        blanks: &dump.table(Stage::Blanks, Blanks::of(&closure, &names)),
        closure: &closure,
        recursion: &recursion,
        names: &names,
    };
    let shapes = dump.table(Stage::Shapes, shapes::lower(tables, log));
    let messages = dump.table(Stage::Messages, operations::messages(tables, log));

    // Tables of what is typed against shapes and messages.
    let pages = pagination::lower(tables, &messages, &shapes, log);
    let waiters = waiters::lower(tables, &messages, &shapes, log);
    let rules = endpoint::parse::lower(selected.shape, log);
    let endpoint = endpoint::bindings::bind(rules, tables, &messages, &shapes, log);

    let errors = errors::lower(tables);
    let examples = examples::lower(&closure, &messages, &shapes, log);
    let tests = match options.protocol_tests {
        true => protocol_tests::lower(&closure, &messages, &shapes, &errors, options.server, log),
        false => BTreeMap::new(),
    };

    let patterns = match options.server {
        true => pattern::lower(&closure, log),
        false => BTreeMap::new(),
    };

    // A table that depends on neither.
    let auth = auth::lower(&closure, log);

    let passes = Passes {
        pagination: dump.table(Stage::Pagination, pages),
        waiters: dump.table(Stage::Waiters, waiters),
        endpoint: dump.table(Stage::Endpoint, endpoint),
        auth: dump.table(Stage::Auth, auth),
        errors: dump.table(Stage::Errors, errors),
        examples: dump.table(Stage::Examples, examples),
        protocol_tests: dump.table(Stage::ProtocolTests, tests),
        patterns,
        recursion_limit: nesting::recursion_limit(&closure),
        shapes,
        messages,
    };
    Some(dump.graph(service::service(tables, passes, options, log)))
}
