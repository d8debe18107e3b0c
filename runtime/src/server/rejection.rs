//! Requests that are answered without a call of the service.

use crate::http_binding::response::ResponseError;
use crate::json::error::Error as JsonError;
use crate::types::text::error::TextError;
use http::{Method, StatusCode};
use std::fmt;

/// The reason why a request is answered without a call of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    kind: RejectionKind,
    detail: String,
}

/// The kind of a [`Rejection`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RejectionKind {
    /// No operation has the path. HTTP status 404.
    UnknownOperation,
    /// No operation with the path has the method. HTTP status 405.
    MethodNotAllowed {
        /// The methods of the operations with the path.
        allowed: Vec<Method>,
    },
    /// The response has none of the media types that the client accepts. HTTP status 406.
    NotAcceptable,
    /// The body has another media type than the model. HTTP status 415.
    UnsupportedMediaType,
    /// The body is too large. HTTP status 413.
    TooLarge,
    /// The body or a header does not match the type of its member. HTTP status 400.
    Malformed,
    /// The body could not be read. HTTP status 400.
    Incomplete,
}

impl Rejection {
    /// Creates a rejection. `detail` is a sentence for the client.
    pub fn new(kind: RejectionKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
        }
    }

    pub(super) fn unknown_path() -> Self {
        Self::new(
            RejectionKind::UnknownOperation,
            "no operation has this path",
        )
    }

    /// A value that does not match the type of its member.
    pub(super) fn malformed(place: &str, error: TextError) -> Self {
        Self::new(RejectionKind::Malformed, format!("{place}: {error}"))
    }

    /// The kind.
    pub fn kind(&self) -> &RejectionKind {
        &self.kind
    }

    /// The sentence for the client. It contains no values of the request.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The HTTP status of the response.
    pub fn status(&self) -> StatusCode {
        match self.kind {
            RejectionKind::UnknownOperation => StatusCode::NOT_FOUND,
            RejectionKind::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            RejectionKind::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            RejectionKind::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            RejectionKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            RejectionKind::Malformed | RejectionKind::Incomplete => StatusCode::BAD_REQUEST,
        }
    }

    /// The error code, as in the protocol tests of Smithy and in AWS services.
    pub fn code(&self) -> &'static str {
        match self.kind {
            RejectionKind::UnknownOperation => "UnknownOperationException",
            RejectionKind::MethodNotAllowed { .. } => "MethodNotAllowedException",
            RejectionKind::NotAcceptable => "NotAcceptableException",
            RejectionKind::UnsupportedMediaType => "UnsupportedMediaTypeException",
            RejectionKind::TooLarge => "RequestEntityTooLargeException",
            RejectionKind::Malformed | RejectionKind::Incomplete => "SerializationException",
        }
    }
}

impl From<JsonError> for Rejection {
    fn from(error: JsonError) -> Self {
        Self::new(RejectionKind::Malformed, format!("the body: {error}"))
    }
}

impl From<ResponseError> for Rejection {
    fn from(error: ResponseError) -> Self {
        Self::new(RejectionKind::Malformed, error.to_string())
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code(), self.detail)
    }
}

impl std::error::Error for Rejection {}
