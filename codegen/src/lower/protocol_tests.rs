//! The protocol tests of an operation (Smithy, "HTTP protocol compliance tests"): the cases that
//! apply to clients.

use crate::graph::protocol_tests::{Message, ProtocolTest, RequestTest, ResponseTest, TestBody};
use crate::graph::service::{ErrorVariant, Shapes};
use crate::graph::shape::{Shape, Structure};
use crate::lower::names::ident;
use crate::lower::names::scope::{Owner, Scope};
use crate::lower::operations::Messages;
use crate::lower::values::{Misfit, Values};
use crate::select::closure::Closure;
use crate::text::Text;
use crate::text::docs::Docs;
use smithy_model::{Code, Diagnostic, Log, Node, ShapeId, Traits};
use std::collections::BTreeMap;

const REQUESTS: &str = "smithy.test#httpRequestTests";
const RESPONSES: &str = "smithy.test#httpResponseTests";

/// The tests of each operation: its requests, its responses, and the errors whose first operation it
/// is. Those whose parameters do not fit their shape are reported as errors.
pub(crate) fn lower(
    closure: &Closure<'_>,
    messages: &BTreeMap<ShapeId, Messages>,
    shapes: &Shapes,
    errors: &BTreeMap<ShapeId, ErrorVariant>,
    log: &mut Log,
) -> BTreeMap<ShapeId, Vec<ProtocolTest>> {
    let mut tests = BTreeMap::new();
    for (id, (shape, _)) in &closure.operations {
        let Some(messages) = messages.get(*id) else {
            continue;
        };
        let mut found = Tests {
            operation: id,
            protocol: closure.service.protocol.id,
            values: Values { shapes },
            scope: Scope::files(),
            tests: Vec::new(),
            log,
        };
        found.of_operation(&shape.traits, messages);
        for (error, variant) in errors {
            if first_with(error, closure) == Some(*id)
                && let Some(shape) = closure.model.shape(error)
                && let Some(Shape::Error(lowered)) = shapes.get(error)
            {
                found.of_error(&shape.traits, variant, &lowered.structure);
            }
        }
        tests.insert((*id).clone(), found.tests);
    }
    tests
}

/// The first operation that may return an error, which has its tests.
fn first_with<'c>(error: &ShapeId, closure: &Closure<'c>) -> Option<&'c ShapeId> {
    let of_service = closure.service.service.errors.contains(error);
    let mut operations = closure.operations.iter();
    operations
        .find(|(_, (_, operation))| of_service || operation.errors.contains(error))
        .map(|(id, _)| *id)
}

/// The tests of an operation.
struct Tests<'g, 'l> {
    operation: &'g ShapeId,
    /// The id of the protocol whose tests apply.
    protocol: &'static str,
    values: Values<'g>,
    /// The names of the tests' functions.
    scope: Scope,
    tests: Vec<ProtocolTest>,
    log: &'l mut Log,
}

impl Tests<'_, '_> {
    fn of_operation(&mut self, traits: &Traits, messages: &Messages) {
        for case in cases(traits, REQUESTS, self.protocol) {
            self.add(case, &messages.input, Message::Request(request(case)));
        }
        for case in cases(traits, RESPONSES, self.protocol) {
            let message = Message::Response(response(case, None));
            self.add(case, &messages.output, message);
        }
    }

    fn of_error(&mut self, traits: &Traits, error: &ErrorVariant, structure: &Structure) {
        for case in cases(traits, RESPONSES, self.protocol) {
            let message = Message::Response(response(case, Some(error)));
            self.add(case, structure, message);
        }
    }

    fn add(&mut self, case: &Node, structure: &Structure, message: Message) {
        let id = case.get("id").and_then(Node::as_str).unwrap_or_default();
        let rust = self.name(id, case, &message);
        let no_members = Node {
            value: smithy_model::Value::Object(Default::default()),
            span: case.span,
        };
        let params = case.get("params").unwrap_or(&no_members);
        let params = match self.values.structure(structure, params) {
            Ok(params) => params,
            Err(misfit) => return self.log.push(self.inexpressible(id, &misfit)),
        };
        let docs = case.get("documentation").and_then(Node::as_str);
        self.tests.push(ProtocolTest {
            id: Text::new(id),
            rust,
            docs: docs.map(Docs::from_html).unwrap_or_default(),
            params,
            message,
        });
    }

    /// The name of a test's function. A request and a response may have the same id.
    fn name(&mut self, id: &str, case: &Node, message: &Message) -> String {
        let is_request_of_id =
            |test: &ProtocolTest| matches!(test.message, Message::Request(_)) && test.id == id;
        let of_both =
            matches!(message, Message::Response(_)) && self.tests.iter().any(is_request_of_id);
        let wanted = if of_both {
            ident::module(&format!("{id}_response"))
        } else {
            ident::module(id)
        };
        let owner = Owner::new(self.operation, Some(case.span));
        // Users do not call the function, so a changed name is not reported.
        self.scope.claim(&wanted, "", owner, &mut Log::default())
    }

    fn inexpressible(&self, id: &str, misfit: &Misfit) -> Diagnostic {
        let message = format!(
            "protocol test `{}` does not fit its shape: {}",
            Text::new(id).shown(),
            misfit.message("params")
        );
        Diagnostic::error(Code::BadTraitValue, message)
            .at(misfit.span)
            .shape(self.operation)
            .help("change its `params` to a value of the shape")
    }
}
/// The cases of a trait that apply to clients of a protocol. Loading has checked their form.
fn cases<'t>(traits: &'t Traits, name: &str, protocol: &'t str) -> impl Iterator<Item = &'t Node> {
    let cases = traits
        .get(name)
        .and_then(Node::as_array)
        .unwrap_or_default();
    let is =
        |case: &Node, key: &str, wanted: &str| case.get(key).and_then(Node::as_str) == Some(wanted);
    cases
        .iter()
        .filter(move |case| is(case, "protocol", protocol) && !is(case, "appliesTo", "server"))
}

fn request(case: &Node) -> RequestTest {
    let json = text(case, "bodyMediaType").is_some_and(|media| media.is(is_json));
    let body = text(case, "body").map(|body| match json && !body.is_empty() {
        true => TestBody::Json(body),
        false => TestBody::Bytes(body),
    });
    RequestTest {
        method: text(case, "method").unwrap_or_default(),
        uri: text(case, "uri").unwrap_or_default(),
        host: text(case, "host"),
        resolved_host: text(case, "resolvedHost"),
        query: texts(case, "queryParams"),
        forbidden_query: texts(case, "forbidQueryParams"),
        required_query: texts(case, "requireQueryParams"),
        headers: headers(case),
        forbidden_headers: texts(case, "forbidHeaders"),
        required_headers: texts(case, "requireHeaders"),
        body,
    }
}

fn response(case: &Node, error: Option<&ErrorVariant>) -> ResponseTest {
    let code = case
        .get("code")
        .and_then(Node::as_i64)
        .and_then(|code| code.try_into().ok());
    ResponseTest {
        code: code.unwrap_or_default(),
        headers: headers(case),
        body: text(case, "body").unwrap_or_default(),
        error: error.map(|error| error.rust.clone()),
    }
}

/// `application/json` and what is written in it.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence == "application/json" || essence.ends_with("+json")
}

fn text(case: &Node, key: &str) -> Option<Text> {
    case.get(key).and_then(Node::as_str).map(Text::new)
}

fn texts(case: &Node, key: &str) -> Vec<Text> {
    let items = case.get(key).and_then(Node::as_array).unwrap_or_default();
    items
        .iter()
        .filter_map(Node::as_str)
        .map(Text::new)
        .collect()
}

/// Names and values, sorted by name.
fn headers(case: &Node) -> Vec<(Text, Text)> {
    let entries = case
        .get("headers")
        .and_then(Node::as_object)
        .into_iter()
        .flatten();
    let mut headers: Vec<_> = entries
        .filter_map(|(name, entry)| Some((Text::new(name), Text::new(entry.node.as_str()?))))
        .collect();
    headers.sort();
    headers
}
