//! The protocol tests of an operation (Smithy, "HTTP protocol compliance tests"): the cases that
//! apply to clients.

use crate::graph::protocol_tests::{Message, ProtocolTest, RequestTest, ResponseTest, TestBody};
use crate::graph::service::ErrorVariant;
use crate::lower::names::ident;
use crate::lower::names::scope::{Owner, Scope};
use crate::options::Options;
use crate::select::closure::Closure;
use crate::text::Text;
use crate::text::docs::Docs;
use smithy_model::{Log, Node, Shape, ShapeId, Traits};
use std::collections::BTreeMap;

const REQUESTS: &str = "smithy.test#httpRequestTests";
const RESPONSES: &str = "smithy.test#httpResponseTests";

/// The cases of each operation, if the options ask for them: its requests, its responses, and the errors whose first operation
/// it is.
pub(crate) fn lower(
    closure: &Closure<'_>,
    errors: &BTreeMap<ShapeId, ErrorVariant>,
    options: &Options,
) -> BTreeMap<ShapeId, Vec<ProtocolTest>> {
    if !options.protocol_tests {
        return BTreeMap::new();
    }
    let operations = closure.operations.iter();
    operations
        .map(|(id, (shape, _))| ((*id).clone(), of_operation(closure, shape, errors)))
        .collect()
}

fn of_operation(
    closure: &Closure<'_>,
    shape: &Shape,
    errors: &BTreeMap<ShapeId, ErrorVariant>,
) -> Vec<ProtocolTest> {
    let id = &shape.id;
    let protocol = closure.service.protocol.id;
    let mut names = Names {
        scope: Scope::files(),
        requests: Vec::new(),
    };
    let mut tests: Vec<ProtocolTest> = cases(protocol, &shape.traits, REQUESTS)
        .map(|case| names.test(id, case, Message::Request(request(case))))
        .collect();
    names.requests = tests.iter().map(|test| test.id.clone()).collect();
    tests.extend(
        cases(protocol, &shape.traits, RESPONSES)
            .map(|case| names.test(id, case, Message::Response(response(case, None)))),
    );
    let errors = errors
        .iter()
        .filter(|(error, _)| first_with(closure, error) == Some(id));
    for (error, variant) in errors {
        let Some(shape) = closure.model.shape(error) else {
            continue;
        };
        tests
            .extend(cases(protocol, &shape.traits, RESPONSES).map(|case| {
                names.test(id, case, Message::Response(response(case, Some(variant))))
            }));
    }
    tests
}

/// The cases of a trait that apply to clients of the protocol. Loading checked the form of all that
/// is read here.
fn cases<'t>(
    protocol: &'t str,
    traits: &'t Traits,
    name: &str,
) -> impl Iterator<Item = &'t Node> + use<'t> {
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

/// The first operation that may return an error.
fn first_with<'m>(closure: &Closure<'m>, error: &ShapeId) -> Option<&'m ShapeId> {
    let of_service = closure.service.service.errors.contains(error);
    let mut operations = closure.operations.iter();
    operations
        .find(|(_, (_, operation))| of_service || operation.errors.contains(error))
        .map(|(id, _)| *id)
}

/// The names of an operation's tests. A request and a response may have the same id.
struct Names {
    scope: Scope,
    /// The ids of requests.
    requests: Vec<Text>,
}

impl Names {
    fn test(&mut self, operation: &ShapeId, case: &Node, message: Message) -> ProtocolTest {
        let id = case.get("id").and_then(Node::as_str).unwrap_or_default();
        let of_both = matches!(message, Message::Response(_))
            && self.requests.iter().any(|request| *request == id);
        let wanted = if of_both {
            ident::module(&format!("{id}_response"))
        } else {
            ident::module(id)
        };
        let owner = Owner::new(operation, Some(case.span));
        // Nobody calls the function by its name, so nobody is told of another one.
        let rust = self.scope.claim(&wanted, "", owner, &mut Log::default());
        let docs = Docs::from_html(
            case.get("documentation")
                .and_then(Node::as_str)
                .unwrap_or_default(),
        );
        ProtocolTest {
            id: Text::new(id),
            rust,
            docs,
            span: case.span,
            params: case.get("params").cloned(),
            message,
        }
    }
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
        error: error.cloned(),
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
