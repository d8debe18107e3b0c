//! The protocol tests of an operation (Smithy, "HTTP protocol compliance tests").

use crate::graph::value::StructureValue;
use crate::text::Text;
use crate::text::docs::Docs;

/// A test case.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ProtocolTest {
    /// The id in the model.
    pub(crate) id: Text,
    /// The name of the test function.
    pub(crate) rust: String,
    pub(crate) docs: Docs,
    /// The input, the output or the error.
    pub(crate) params: StructureValue,
    pub(crate) message: Message,
}

/// The message of a test case.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Message {
    Request(RequestTest),
    Response(ResponseTest),
}

/// The expected request. Names and pairs of the query are percent-encoded.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RequestTest {
    pub(crate) method: Text,
    pub(crate) uri: Text,
    /// The host of the endpoint, with its path if it has one.
    pub(crate) host: Option<Text>,
    pub(crate) resolved_host: Option<Text>,
    pub(crate) query: Vec<Text>,
    pub(crate) forbidden_query: Vec<Text>,
    pub(crate) required_query: Vec<Text>,
    pub(crate) headers: Vec<(Text, Text)>,
    pub(crate) forbidden_headers: Vec<Text>,
    pub(crate) required_headers: Vec<Text>,
    /// The expected body; `None` accepts any.
    pub(crate) body: Option<TestBody>,
}

/// How the body of a request is compared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TestBody {
    /// As a JSON document.
    Json(Text),
    /// Byte by byte.
    Bytes(Text),
}

/// The response that the test parses.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ResponseTest {
    pub(crate) code: u16,
    pub(crate) headers: Vec<(Text, Text)>,
    pub(crate) body: Text,
    /// The variant of the service's error enum; `None` for an output.
    pub(crate) error: Option<String>,
}
