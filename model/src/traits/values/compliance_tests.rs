//! Values of "HTTP protocol compliance tests".

use super::fields::{list, optional, required, strings};
use crate::syntax::node::Node;
use crate::syntax::source::Span;
use crate::traits::reader::TraitValue;

/// What request and response tests have in common.
#[derive(Clone, Debug)]
pub struct TestCase<'a> {
    /// Its id.
    pub id: &'a str,
    /// The id of the protocol.
    pub protocol: &'a str,
    /// Its documentation, in CommonMark.
    pub documentation: Option<&'a str>,
    /// Whether it is for clients, servers or, if it is absent, both.
    pub applies_to: Option<Implementation>,
    /// The members of the message, an object.
    pub params: Option<&'a Node>,
    /// The headers that the message has, in the order written.
    pub headers: Vec<(&'a str, &'a str)>,
    /// The names of headers that the message does not have.
    pub forbid_headers: Vec<&'a str>,
    /// The names of headers that the message has, with any value.
    pub require_headers: Vec<&'a str>,
    /// The body. Without one any body will do.
    pub body: Option<&'a str>,
    /// The media type of the body, which tells how bodies are compared.
    pub body_media_type: Option<&'a str>,
    /// Where it stands.
    pub span: Span,
}

/// What implements a protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Implementation {
    /// A client.
    Client,
    /// A server.
    Server,
}

/// A test of a request.
#[derive(Clone, Debug)]
pub struct RequestTest<'a> {
    /// What response tests have, too.
    pub case: TestCase<'a>,
    /// The method.
    pub method: &'a str,
    /// The path.
    pub uri: &'a str,
    /// The host, and path if it has one, that the client is configured with.
    pub host: Option<&'a str>,
    /// The host that the request is sent to.
    pub resolved_host: Option<&'a str>,
    /// Pairs that the query has, percent-encoded.
    pub query_params: Vec<&'a str>,
    /// Names that the query does not have.
    pub forbid_query_params: Vec<&'a str>,
    /// Names that the query has, with any value.
    pub require_query_params: Vec<&'a str>,
}

/// A test of a response.
#[derive(Clone, Debug)]
pub struct ResponseTest<'a> {
    /// What request tests have, too.
    pub case: TestCase<'a>,
    /// The status.
    pub code: i64,
}

/// The value of the `httpRequestTests` trait, which reads as [`RequestTest`]s.
#[derive(Debug)]
pub enum RequestTests {}

/// The value of the `httpResponseTests` trait, which reads as [`ResponseTest`]s.
#[derive(Debug)]
pub enum ResponseTests {}

impl TraitValue for RequestTests {
    type Read<'a> = Vec<RequestTest<'a>>;

    fn read(node: &Node) -> Option<Vec<RequestTest<'_>>> {
        list(node, |node| {
            Some(RequestTest {
                case: case(node)?,
                method: required(node, "method", Node::as_str)?,
                uri: required(node, "uri", Node::as_str)?,
                host: optional(node, "host", Node::as_str)?,
                resolved_host: optional(node, "resolvedHost", Node::as_str)?,
                query_params: strings(node, "queryParams")?,
                forbid_query_params: strings(node, "forbidQueryParams")?,
                require_query_params: strings(node, "requireQueryParams")?,
            })
        })
    }
}

impl TraitValue for ResponseTests {
    type Read<'a> = Vec<ResponseTest<'a>>;

    fn read(node: &Node) -> Option<Vec<ResponseTest<'_>>> {
        list(node, |node| {
            Some(ResponseTest {
                case: case(node)?,
                code: required(node, "code", Node::as_i64)?,
            })
        })
    }
}

fn case(node: &Node) -> Option<TestCase<'_>> {
    let applies_to = optional(node, "appliesTo", |node| match node.as_str()? {
        "client" => Some(Implementation::Client),
        "server" => Some(Implementation::Server),
        _ => None,
    })?;
    Some(TestCase {
        id: required(node, "id", Node::as_str)?,
        protocol: required(node, "protocol", Node::as_str)?,
        documentation: optional(node, "documentation", Node::as_str)?,
        applies_to,
        params: node.get("params"),
        headers: optional(node, "headers", headers)?.unwrap_or_default(),
        forbid_headers: strings(node, "forbidHeaders")?,
        require_headers: strings(node, "requireHeaders")?,
        body: optional(node, "body", Node::as_str)?,
        body_media_type: optional(node, "bodyMediaType", Node::as_str)?,
        span: node.span,
    })
}

pub(super) fn headers(node: &Node) -> Option<Vec<(&str, &str)>> {
    let entries = node.as_object()?.iter();
    entries
        .map(|(name, entry)| Some((name.as_str(), entry.node.as_str()?)))
        .collect()
}
