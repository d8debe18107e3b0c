//! Protocol-neutral wire bindings: the locations and forms of the members of a message.

use crate::graph::body::BodyStep;
use crate::text::Text;
use smithy_model::traits::TimestampFormat;

/// The binding of an operation's input.
#[derive(Debug, PartialEq)]
pub(crate) struct Request {
    /// The parts before the endpoint's host.
    pub(crate) host_prefix: Vec<HostPart>,
    pub(crate) head: Head,
    /// The document that holds the members at [`Location::Body`]. Without one, the body is the
    /// member at [`Location::Payload`] or empty.
    pub(crate) document: Option<Document>,
    /// The document that a server reads.
    pub(crate) served: Option<Document>,
    /// The steps that process the body after it is written, in order.
    pub(crate) body_steps: Vec<BodyStep>,
}

/// The binding of an operation's output or of an error.
#[derive(Debug, PartialEq)]
pub(crate) struct Response {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The document, as in a [`Request`].
    pub(crate) document: Option<Document>,
    /// The document that a server writes.
    pub(crate) served: Option<Document>,
}

/// A part of a host prefix.
#[derive(Debug, PartialEq)]
pub(crate) enum HostPart {
    Literal(Text),
    /// The name of an input member in the model.
    Label(String),
}

/// Method, path, query and constant headers of an operation's requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The HTTP method, in upper case.
    pub method: String,
    /// The path, which starts with a slash.
    pub path: Vec<PathPart>,
    /// Constant parameters of the query, percent-encoded, such as `mode=fast`.
    pub query: Vec<Text>,
    /// Names and values of constant headers. A member that is bound to such a header replaces the
    /// value.
    pub headers: Vec<(Text, Text)>,
}

impl Head {
    /// Method and URI, with labels in braces, such as `GET /apps/{app}`.
    pub(crate) fn line(&self) -> Text {
        Text::concat(&[Text::new(&self.method), Text::new(" "), self.uri()])
    }

    /// The URI pattern, such as `/apps/{app}`.
    pub(crate) fn uri(&self) -> Text {
        let mut parts = Vec::new();
        parts.extend(self.path.iter().map(|part| match part {
            PathPart::Literal(text) => text.clone(),
            PathPart::Label {
                member,
                greedy: false,
            } => Text::new(&format!("{{{member}}}")),
            PathPart::Label {
                member,
                greedy: true,
            } => Text::new(&format!("{{{member}+}}")),
        }));
        for (index, literal) in self.query.iter().enumerate() {
            parts.extend([
                Text::new(if index == 0 { "?" } else { "&" }),
                literal.clone(),
            ]);
        }
        Text::concat(&parts)
    }
}

/// A part of a request's path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathPart {
    /// Text, percent-encoded.
    Literal(Text),
    /// The value of an input member.
    Label {
        /// The member's name in the model.
        member: String,
        /// Whether slashes in the value separate segments.
        greedy: bool,
    },
}

/// The location of a member in a message (Smithy, "HTTP bindings").
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the document that is the body.
    Body,
    /// In the path.
    Label {
        /// Whether slashes in the value separate segments.
        greedy: bool,
    },
    /// The query parameter of this name.
    Query(Text),
    /// All query parameters that have no member of their own.
    QueryParams,
    /// The header of this name.
    Header(Text),
    /// The headers whose names start with this prefix.
    PrefixHeaders(Text),
    /// The HTTP status of a response.
    StatusCode,
    /// The whole body.
    Payload(Payload),
}

/// A document with a member for each member of a structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The syntax of the document.
    pub format: Format,
    /// The media type in the request's `content-type`.
    pub content_type: Text,
}

/// The syntax of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON (RFC 8259).
    Json,
}

/// The form of a body that is the value of a single member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payload {
    /// The bytes of a blob or of a stream.
    Bytes {
        /// The media type in the request's `content-type`.
        content_type: Text,
    },
    /// The text of a string or of an enum.
    Text {
        /// The media type in the request's `content-type`.
        content_type: Text,
    },
    /// A structure, a union or a document type.
    Document {
        /// Format and media type.
        document: Document,
        /// Whether an absent value is sent as an empty document; otherwise there is no body.
        empty_if_absent: bool,
    },
}

/// How a member's value is written if its type allows several forms. Items of lists and values of
/// maps have the form of their member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    /// The format of the timestamps in it; `None` if there are none.
    pub(crate) timestamp: Option<TimestampFormat>,
    /// Whether the text is encoded in base64, as that of strings with a media type in headers is
    /// (Smithy, "httpHeader trait").
    pub(crate) base64: bool,
}
