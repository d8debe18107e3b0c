//! The protocol tests of an operation (Smithy, "HTTP protocol compliance tests"): the cases that
//! apply to clients.

use crate::graph::protocol_tests::{Message, ProtocolTest, RequestTest, ResponseTest, TestBody};
use crate::graph::service::{ErrorVariant, Shapes};
use crate::graph::shape::{Shape, Structure};
use crate::lower::names::ident;
use crate::lower::names::scope::{Owner, Scope};
use crate::lower::operations::Messages;
use crate::lower::values::{Mismatch, Values};
use crate::select::closure::Closure;
use crate::text::Text;
use crate::text::docs::Docs;
use smithy_model::traits::{
    self, HTTP_REQUEST_TESTS, HTTP_RESPONSE_TESTS, Implementation, TestCase,
};
use smithy_model::{Code, Diagnostic, Log, Node, ShapeId, Span, Traits};
use std::collections::BTreeMap;

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
        for test in HTTP_REQUEST_TESTS.of(traits).into_iter().flatten() {
            let message = Message::Request(request(&test));
            self.add(&test.case, &messages.input, message);
        }
        for test in HTTP_RESPONSE_TESTS.of(traits).into_iter().flatten() {
            let message = Message::Response(response(&test, None));
            self.add(&test.case, &messages.output, message);
        }
    }

    fn of_error(&mut self, traits: &Traits, error: &ErrorVariant, structure: &Structure) {
        for test in HTTP_RESPONSE_TESTS.of(traits).into_iter().flatten() {
            let message = Message::Response(response(&test, Some(error)));
            self.add(&test.case, structure, message);
        }
    }

    /// Adds a test if it is for clients of the protocol.
    fn add(&mut self, case: &TestCase<'_>, structure: &Structure, message: Message) {
        if case.protocol != self.protocol || case.applies_to == Some(Implementation::Server) {
            return;
        }
        let id = case.id;
        let rust = self.name(id, case.span, &message);
        let no_members = Node {
            value: smithy_model::Value::Object(Default::default()),
            span: case.span,
        };
        let params = case.params.unwrap_or(&no_members);
        let params = match self.values.structure(structure, params) {
            Ok(params) => params,
            Err(mismatch) => return self.log.push(self.inexpressible(id, &mismatch)),
        };
        self.tests.push(ProtocolTest {
            id: Text::new(id),
            rust,
            docs: case.documentation.map(Docs::from_html).unwrap_or_default(),
            params,
            message,
        });
    }

    /// The name of a test's function. A request and a response may have the same id.
    fn name(&mut self, id: &str, span: Span, message: &Message) -> String {
        let is_request_of_id =
            |test: &ProtocolTest| matches!(test.message, Message::Request(_)) && test.id == id;
        let of_both =
            matches!(message, Message::Response(_)) && self.tests.iter().any(is_request_of_id);
        let wanted = if of_both {
            ident::module(&format!("{id}_response"))
        } else {
            ident::module(id)
        };
        let owner = Owner::new(self.operation, Some(span));
        // Users do not call the function, so a changed name is not reported.
        self.scope.claim(&wanted, "", owner, &mut Log::default())
    }

    fn inexpressible(&self, id: &str, mismatch: &Mismatch) -> Diagnostic {
        let message = format!(
            "protocol test `{}` does not fit its shape: {}",
            Text::new(id).shown(),
            mismatch.message("params")
        );
        Diagnostic::error(Code::BadTraitValue, message)
            .at(mismatch.span)
            .shape(self.operation)
            .help("change its `params` to a value of the shape")
    }
}

fn request(test: &traits::RequestTest<'_>) -> RequestTest {
    let case = &test.case;
    let json = case.body_media_type.is_some_and(is_json);
    let body = case.body.map(|body| match json && !body.is_empty() {
        true => TestBody::Json(Text::new(body)),
        false => TestBody::Bytes(Text::new(body)),
    });
    RequestTest {
        method: Text::new(test.method),
        uri: Text::new(test.uri),
        host: test.host.map(Text::new),
        resolved_host: test.resolved_host.map(Text::new),
        query: texts(&test.query_params),
        forbidden_query: texts(&test.forbid_query_params),
        required_query: texts(&test.require_query_params),
        headers: headers(case),
        forbidden_headers: texts(&case.forbid_headers),
        required_headers: texts(&case.require_headers),
        body,
    }
}

fn response(test: &traits::ResponseTest<'_>, error: Option<&ErrorVariant>) -> ResponseTest {
    ResponseTest {
        code: test.code.try_into().unwrap_or_default(),
        headers: headers(&test.case),
        body: test.case.body.map(Text::new).unwrap_or_default(),
        error: error.map(|error| error.rust.clone()),
    }
}

/// `application/json` and what is written in it.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence == "application/json" || essence.ends_with("+json")
}

fn texts(items: &[&str]) -> Vec<Text> {
    items.iter().map(|item| Text::new(item)).collect()
}

/// Names and values, sorted by name.
fn headers(case: &TestCase<'_>) -> Vec<(Text, Text)> {
    let entries = case.headers.iter();
    let mut headers: Vec<_> = entries
        .map(|(name, value)| (Text::new(name), Text::new(value)))
        .collect();
    headers.sort();
    headers
}
