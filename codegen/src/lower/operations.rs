//! Messages of operations: their requests and responses.

use crate::graph::body::BodyStep;
use crate::graph::service::Shapes;
use crate::graph::shape::Structure;
use crate::graph::wire::{Head, Location, Request, Response};
use crate::lower::body;
use crate::lower::documentation::deprecated;
use crate::lower::host_prefix::host_prefix;
use crate::lower::jmespath::scope::Scope;
use crate::lower::quirks::{Change, HeaderValue};
use crate::lower::structures::{document, message, served};
use crate::lower::tables::Tables;
use crate::protocol::interface::Container;
use crate::text::Text;
use smithy_model::{Code, Diagnostic, Log, Operation, Shape, ShapeId};
use std::collections::BTreeMap;

/// The messages of an operation.
#[derive(Debug)]
pub(crate) struct Messages {
    pub(crate) request: Request,
    pub(crate) input: Structure,
    pub(crate) response: Response,
    pub(crate) output: Structure,
}

impl Messages {
    /// The scope of expressions over these messages.
    pub(crate) fn scope<'g>(&'g self, shapes: &'g Shapes) -> Scope<'g> {
        Scope {
            input: &self.input,
            output: &self.output,
            shapes,
        }
    }
}

/// The methods for which the `http` crate has constants.
const METHODS: [&str; 9] = [
    "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE",
];

/// The messages of each operation. Those that the protocol cannot bind are reported and left out.
pub(crate) fn messages(tables: &Tables<'_, '_>, log: &mut Log) -> BTreeMap<ShapeId, Messages> {
    let mut messages = BTreeMap::new();
    for (id, (shape, operation)) in &tables.closure.operations {
        match head(tables, shape) {
            Ok(head) => {
                check_method(&head.method, shape, log);
                let lowered = lower(tables, shape, operation, head, log);
                messages.extend(lowered.map(|lowered| ((*id).clone(), lowered)));
            }
            Err(problem) => log.push(problem),
        }
    }
    messages
}

fn lower(
    tables: &Tables<'_, '_>,
    shape: &Shape,
    operation: &Operation,
    head: Head,
    log: &mut Log,
) -> Option<Messages> {
    let names = tables.names.operations.get(&shape.id)?;
    let protocol = tables.protocol;
    let [input_shape, output_shape] = tables.closure.input_output(operation);

    let container = Container::Input(&head);
    let input = message(tables, input_shape, shape, &names.input, container, log);
    let document_of_request = document(protocol, container, input_shape, &input);
    let served_of_request = served(protocol, container, input_shape, &input);
    let mut body_steps = body::steps(shape, &input, log);
    body_steps.extend(customized_steps(tables, &shape.id));

    let container = Container::Output;
    let output = message(tables, output_shape, shape, &names.output, container, log);
    for structure in [&input, &output] {
        check_stream(structure, shape, log);
    }
    Some(Messages {
        request: Request {
            host_prefix: host_prefix(&shape.traits),
            head,
            document: document_of_request,
            served: served_of_request,
            body_steps,
        },
        input: Structure {
            // The operation is its input.
            deprecated: deprecated(&shape.traits).or(input.deprecated),
            ..input
        },
        response: Response {
            status: protocol.status(shape),
            document: document(protocol, container, output_shape, &output),
            served: served(protocol, container, output_shape, &output)
                .filter(|_| output.body().next().is_some() || !is_empty(protocol.status(shape))),
        },
        output,
    })
}

/// Whether responses with this status have no body (RFC 9110, sections 15.3.5 and 15.4.5).
fn is_empty(status: u16) -> bool {
    matches!(status, 204 | 304)
}

/// The head of an operation's requests, with the changes to its service.
fn head(tables: &Tables<'_, '_>, operation: &Shape) -> Result<Head, Diagnostic> {
    let mut head = tables.protocol.head(operation)?;
    for change in tables.quirks.changes(&operation.id) {
        match change {
            Change::Method(method) => head.method = (*method).to_owned(),
            Change::Header(name, value) => {
                let value = match value {
                    HeaderValue::Constant(value) => value,
                    HeaderValue::ServiceVersion => tables.closure.service.service.version.as_str(),
                };
                head.headers.push((Text::new(name), Text::new(value)));
            }
            Change::Body(_) | Change::Fallback { .. } => {}
        }
    }
    Ok(head)
}

fn customized_steps(
    tables: &Tables<'_, '_>,
    operation: &ShapeId,
) -> impl Iterator<Item = BodyStep> {
    let changes = tables.quirks.changes(operation);
    changes.iter().filter_map(|change| match change {
        Change::Body(step) => Some(step.clone()),
        _ => None,
    })
}

/// Documents have no form for streams, so that a stream has to be the whole body.
fn check_stream(structure: &Structure, operation: &Shape, log: &mut Log) {
    let Some(stream) = structure.stream() else {
        return;
    };
    if !matches!(stream.location, Location::Payload(_)) {
        let message = format!(
            "the protocol of operation `{}` does not support the stream `{}`",
            operation.id, stream.name.model
        );
        log.push(
            Diagnostic::error(Code::UnsupportedShape, message)
                .at(operation.span)
                .shape(&operation.id)
                .help("leave the operation out of `--operations`"),
        );
    }
}

fn check_method(method: &str, operation: &Shape, log: &mut Log) {
    if !METHODS.contains(&method) {
        let id = &operation.id;
        let message =
            format!("operation `{id}` has the HTTP method `{method}`, which is not supported");
        let problem = Diagnostic::error(Code::UnsupportedShape, message)
            .at(operation.span)
            .shape(id);
        log.push(problem.help(format!("use one of {}", METHODS.join(", "))));
    }
}
