//! Constructs the service from the tables of all passes and its own traits.

use crate::graph::examples::Examples;
use crate::graph::protocol_tests::OperationTests;
use crate::graph::service::{ErrorVariant, Operation, Pagination, Patterns, Service, Shapes};
use crate::graph::shape::Structure;
use crate::graph::waiters::Waiter;
use crate::lower::auth::Authentication;
use crate::lower::documentation::{deprecated, docs};
use crate::lower::endpoint::bindings::BoundRules;
use crate::lower::names::ident;
use crate::lower::operations::Messages;
use crate::lower::tables::Tables;
use crate::options::Options;
use crate::select::service::Selected;
use crate::text::Text;
use indexmap::IndexMap;
use smithy_model::traits::{IDEMPOTENT, LONG_POLL, READONLY, SERVICE, TITLE, UNSIGNED_PAYLOAD};
use smithy_model::{Code, Diagnostic, Log, Shape, ShapeId, Traits};
use std::collections::{BTreeMap, BTreeSet};

/// The tables of the passes.
pub(crate) struct Passes<'m> {
    pub(crate) shapes: Shapes,
    pub(crate) messages: BTreeMap<ShapeId, Messages>,
    pub(crate) errors: BTreeMap<ShapeId, ErrorVariant>,
    pub(crate) auth: Authentication<'m>,
    pub(crate) endpoint: BoundRules,
    pub(crate) pagination: BTreeMap<ShapeId, Pagination>,
    pub(crate) waiters: BTreeMap<ShapeId, Vec<Waiter>>,
    pub(crate) examples: BTreeMap<ShapeId, Examples>,
    pub(crate) protocol_tests: BTreeMap<ShapeId, OperationTests>,
    pub(crate) patterns: Patterns,
    pub(crate) recursion_limit: Option<usize>,
}

/// Constructs the service.
pub(crate) fn service(
    tables: &Tables<'_, '_>,
    mut passes: Passes<'_>,
    options: &Options,
    log: &mut Log,
) -> Service {
    let selected = &tables.closure.service;
    let (shape, traits) = (selected.shape, &selected.shape.traits);
    let title = TITLE.of(traits);
    let sdk_id = selected.sdk_id().unwrap_or(shape.id.name());
    Service {
        id: shape.id.clone(),
        sdk_id: Text::new(sdk_id),
        title: Text::new(title.unwrap_or(sdk_id)),
        crate_name: crate_name(sdk_id, shape, options, log),
        version: Text::new(&selected.service.version),
        doc_id: doc_id(selected),
        docs: docs(tables, traits),
        operations: operations(tables, &mut passes),
        error_reader: tables.protocol.error_reader(),
        schemes: passes.auth.schemes,
        shapes: passes.shapes,
        errors: passes.errors.into_values().collect(),
        endpoint: passes.endpoint.rules,
        recursion_limit: passes.recursion_limit,
        serde: options.serde,
        server: options.server,
        patterns: passes.patterns,
    }
}

/// The name of an AWS service in URLs (Smithy, "aws.api#service trait", `docId`).
fn doc_id(service: &Selected<'_>) -> Option<String> {
    let value = SERVICE.of(&service.shape.traits)?;
    let of_sdk = || {
        format!(
            "{}-{}",
            value.sdk_id.replace(' ', "-"),
            service.service.version
        )
    };
    let id = value.doc_id.map_or_else(of_sdk, str::to_owned);
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    id.chars().all(is_name).then(|| id.to_ascii_lowercase())
}

/// Constructs the operations. Each takes its rows out of the tables.
fn operations(tables: &Tables<'_, '_>, passes: &mut Passes<'_>) -> IndexMap<ShapeId, Operation> {
    let operations = tables.closure.operations.iter();
    operations
        .filter_map(|(id, (shape, _))| Some(((*id).clone(), operation(tables, passes, shape)?)))
        .collect()
}

fn operation(tables: &Tables<'_, '_>, passes: &mut Passes<'_>, shape: &Shape) -> Option<Operation> {
    let (id, traits) = (&shape.id, &shape.traits);
    let names = tables.names.operations.get(id)?;
    let Messages {
        request,
        input,
        response,
        output,
    } = passes.messages.remove(id)?;
    Some(Operation {
        id: id.clone(),
        name: names.input.clone(),
        method: names.method.clone(),
        auth: passes.auth.operations.remove(id)?,
        signed_payload: !UNSIGNED_PAYLOAD.is_on(traits),
        idempotent: is_idempotent(traits, &request.head.method, &input),
        long_poll: LONG_POLL.is_on(traits),
        bindings: passes.endpoint.bindings.remove(id).unwrap_or_default(),
        request,
        input,
        response,
        output,
        errors: errors(tables, passes, id),
        pagination: passes.pagination.remove(id),
        waiters: passes.waiters.remove(id).unwrap_or_default(),
        examples: passes.examples.remove(id).unwrap_or_default(),
        deprecated: deprecated(traits),
        docs: docs(tables, traits),
        protocol_tests: passes.protocol_tests.remove(id).unwrap_or_default(),
    })
}

/// The errors of an operation, including those of the service.
fn errors(tables: &Tables<'_, '_>, passes: &Passes<'_>, operation: &ShapeId) -> Vec<ErrorVariant> {
    let own = tables.closure.operations.get(operation);
    let own = own.into_iter().flat_map(|(_, operation)| &operation.errors);
    let ids: BTreeSet<&ShapeId> = own.chain(&tables.closure.service.service.errors).collect();
    let variants = ids.into_iter().filter_map(|id| passes.errors.get(id));
    variants.cloned().collect()
}

/// The name in the options, or the SDK id in kebab case, such as `app-mesh` for `App Mesh`.
fn crate_name(sdk_id: &str, service: &Shape, options: &Options, log: &mut Log) -> String {
    let kebab = || {
        sdk_id
            .trim()
            .to_ascii_lowercase()
            .replace(|c: char| !c.is_ascii_alphanumeric(), "-")
    };
    let name = options.crate_name.clone().unwrap_or_else(kebab);
    if !ident::is_crate_name(&name) {
        let message = format!("`{name}` is not a valid crate name");
        let help = "give another one with `--crate-name`: ASCII letters, digits, `-` and `_`, a letter first, no \
                    keyword, and not the name of a crate that every program has";
        log.push(
            Diagnostic::error(Code::BadCrateName, message)
                .at(service.span)
                .shape(&service.id)
                .help(help),
        );
    }
    name
}

/// Whether the model marks an operation as idempotent, and neither its HTTP method nor an
/// idempotency token makes it idempotent.
fn is_idempotent(traits: &Traits, method: &str, input: &Structure) -> bool {
    let marked = IDEMPOTENT.is_on(traits) || READONLY.is_on(traits);
    let by_method =
        smithy_rt::Method::from_bytes(method.as_bytes()).is_ok_and(|method| method.is_idempotent());
    marked && !by_method && input.members.iter().all(|member| !member.token)
}
