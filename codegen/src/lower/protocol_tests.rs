//! The protocol tests of an operation (Smithy, "HTTP protocol compliance tests").

use crate::graph::protocol_tests::{
    Message, OperationTests, ProtocolTest, RequestTest, ResponseTest,
};
use crate::graph::service::{ErrorVariant, Shapes};
use crate::graph::shape::{Shape, Structure};
use crate::graph::value::StructureValue;
use crate::lower::malformed_tests;
use crate::lower::names::ident;
use crate::lower::names::scope::{Owner, Scope};
use crate::lower::operations::Messages;
use crate::lower::test_messages::{body, headers};
use crate::lower::values::{Mismatch, Values};
use crate::select::closure::Closure;
use crate::text::Text;
use crate::text::docs::Docs;
use smithy_model::traits::{
    self, HTTP_MALFORMED_REQUEST_TESTS, HTTP_REQUEST_TESTS, HTTP_RESPONSE_TESTS, Implementation,
    TestCase,
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
    with_server: bool,
    log: &mut Log,
) -> BTreeMap<ShapeId, OperationTests> {
    let mut tests = BTreeMap::new();
    for (id, (shape, _)) in &closure.operations {
        let Some(messages) = messages.get(*id) else {
            continue;
        };
        let mut of_side = |side| {
            let mut found = Tests {
                side,
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
            found.tests
        };
        let client = of_side(Implementation::Client);
        let server = match with_server {
            true => of_side(Implementation::Server),
            false => Vec::new(),
        };
        tests.insert((*id).clone(), OperationTests { client, server });
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

/// The tests of an operation for a client or for a server.
struct Tests<'g, 'l> {
    side: Implementation,
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
            let message = |input| Message::Request(request(&test), input);
            self.add(&test.case, &messages.input, message);
        }
        for test in HTTP_RESPONSE_TESTS.of(traits).into_iter().flatten() {
            let message = |output| Message::Response(response(&test, None), output);
            self.add(&test.case, &messages.output, message);
        }
        if self.side == Implementation::Server {
            let tests = HTTP_MALFORMED_REQUEST_TESTS.of(traits);
            let tests = tests.into_iter().flatten();
            let protocol = self.protocol;
            for test in tests.filter(|test| test.protocol == protocol) {
                for (id, docs, case) in malformed_tests::cases(&test) {
                    self.put(&id, test.span, docs.as_deref(), Message::Malformed(case));
                }
            }
        }
    }

    fn of_error(&mut self, traits: &Traits, error: &ErrorVariant, structure: &Structure) {
        for test in HTTP_RESPONSE_TESTS.of(traits).into_iter().flatten() {
            let message = |value| Message::Response(response(&test, Some(error)), value);
            self.add(&test.case, structure, message);
        }
    }

    /// Adds a test if it is for this side and the protocol.
    fn add(
        &mut self,
        case: &TestCase<'_>,
        structure: &Structure,
        message: impl FnOnce(StructureValue) -> Message,
    ) {
        let applies = case.applies_to.is_none_or(|side| side == self.side);
        if case.protocol != self.protocol || !applies {
            return;
        }
        let id = case.id;
        let no_members = Node {
            value: smithy_model::Value::Object(Default::default()),
            span: case.span,
        };
        let params = case.params.unwrap_or(&no_members);
        match self.values.structure(structure, params) {
            Ok(params) => self.put(id, case.span, case.documentation, message(params)),
            // A test for both sides has been reported with those for clients.
            Err(_) if self.side == Implementation::Server && case.applies_to.is_none() => {}
            Err(mismatch) => self.log.push(self.inexpressible(id, &mismatch)),
        }
    }

    fn put(&mut self, id: &str, span: Span, documentation: Option<&str>, message: Message) {
        let rust = self.name(id, span, &message);
        self.tests.push(ProtocolTest {
            id: Text::new(id),
            rust,
            docs: documentation.map(Docs::from_html).unwrap_or_default(),
            message,
        });
    }

    /// The name of a test's function. A request and a response may have the same id.
    fn name(&mut self, id: &str, span: Span, message: &Message) -> String {
        let is_request_of_id =
            |test: &ProtocolTest| matches!(test.message, Message::Request(..)) && test.id == id;
        let of_both =
            matches!(message, Message::Response(..)) && self.tests.iter().any(is_request_of_id);
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
    RequestTest {
        method: Text::new(test.method),
        uri: Text::new(test.uri),
        host: test.host.map(Text::new),
        resolved_host: test.resolved_host.map(Text::new),
        query: texts(&test.query_params),
        forbidden_query: texts(&test.forbid_query_params),
        required_query: texts(&test.require_query_params),
        headers: headers(&case.headers),
        forbidden_headers: texts(&case.forbid_headers),
        required_headers: texts(&case.require_headers),
        body: case.body.map(|text| body(text, case.body_media_type)),
    }
}

fn response(test: &traits::ResponseTest<'_>, error: Option<&ErrorVariant>) -> ResponseTest {
    let case = &test.case;
    ResponseTest {
        code: test.code.try_into().unwrap_or_default(),
        headers: headers(&case.headers),
        forbidden_headers: texts(&case.forbid_headers),
        required_headers: texts(&case.require_headers),
        body: case.body.map(|text| body(text, case.body_media_type)),
        error: error.map(|error| error.rust.clone()),
    }
}

fn texts(items: &[&str]) -> Vec<Text> {
    items.iter().map(|item| Text::new(item)).collect()
}
