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
    pub(crate) message: Message,
}

/// The tests of an operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OperationTests {
    pub(crate) client: Vec<ProtocolTest>,
    pub(crate) server: Vec<ProtocolTest>,
}

/// The message of a test case. A client writes requests and reads responses, a server reads requests
/// and writes responses.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Message {
    /// A request and the input.
    Request(RequestTest, StructureValue),
    /// A response and the output or the error.
    Response(ResponseTest, StructureValue),
    /// A request that a server rejects.
    Malformed(MalformedTest),
}

impl Message {
    /// The input, the output or the error.
    pub(crate) fn params(&self) -> Option<&StructureValue> {
        match self {
            Self::Request(_, params) | Self::Response(_, params) => Some(params),
            Self::Malformed(_) => None,
        }
    }
}

/// A request. Names and pairs of the query are percent-encoded.
#[derive(Clone, Debug, Default, PartialEq)]
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

/// A body, and how it is compared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TestBody {
    /// As a JSON document.
    Json(Text),
    /// Byte by byte.
    Bytes(Text),
}

impl TestBody {
    pub(crate) fn text(&self) -> &Text {
        match self {
            Self::Json(text) | Self::Bytes(text) => text,
        }
    }
}

/// A response.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ResponseTest {
    pub(crate) code: u16,
    pub(crate) headers: Vec<(Text, Text)>,
    pub(crate) forbidden_headers: Vec<Text>,
    pub(crate) required_headers: Vec<Text>,
    /// The expected body; `None` accepts any.
    pub(crate) body: Option<TestBody>,
    /// The variant of the service's error enum; `None` for an output.
    pub(crate) error: Option<String>,
}

/// A request that a server rejects, and the response.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MalformedTest {
    pub(crate) request: RequestTest,
    pub(crate) code: u16,
    pub(crate) headers: Vec<(Text, Text)>,
    /// The expected body; `None` accepts any.
    pub(crate) body: Option<MalformedBody>,
}

/// How the body of a rejection is compared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum MalformedBody {
    Is(TestBody),
    /// The regular expression matches the message of the error.
    MessageRegex(Text),
}
