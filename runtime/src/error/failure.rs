//! Failures of a call.

use crate::error::box_error::BoxError;
use crate::error::meta::{Call, ErrorMeta, FailureKind};
#[cfg(feature = "client")]
use crate::error::retry::Retry;
use bytes::Bytes;
use http::StatusCode;
use std::fmt;

/// The failure of a call without a usable response. `{:?}` prints the same line as `Display`, and
/// `{:#?}` each fact.
pub struct Failure(Box<ErrorMeta>);

impl Failure {
    pub(crate) fn new(call: Call, kind: FailureKind, source: impl Into<BoxError>) -> Self {
        let mut meta = ErrorMeta::new(call);
        meta.failure = Some(kind);
        meta.source = Some(source.into());
        Self(Box::new(meta))
    }

    /// A failure of an operation at this step, for errors that tests construct. `source` is the
    /// cause, such as a text.
    pub fn of(operation: &'static str, kind: FailureKind, source: impl Into<BoxError>) -> Self {
        Self::new(Call::new(operation, 1), kind, source)
    }

    /// Marks the failure as transient.
    #[cfg(feature = "client")]
    pub(crate) fn transient(mut self) -> Self {
        self.0.retry = Some(Retry::Transient);
        self
    }

    /// Adds the status and request id of the response.
    pub(crate) fn with_response(mut self, status: StatusCode, request_id: Option<String>) -> Self {
        self.0.status = Some(status);
        self.0.request_id = request_id;
        self
    }

    /// Adds a body, and its excerpt for `Display`.
    pub(crate) fn with_body(mut self, body: Bytes, excerpt: Option<String>) -> Self {
        self.0.body = Some(body);
        self.0.excerpt = excerpt;
        self
    }

    /// The failure to read a body. An error of a response's body contains the failure of its call.
    #[cfg(feature = "stream")]
    pub(crate) fn body(error: BoxError) -> Self {
        let other = |error| Self::new(Call::new("Body", 0), FailureKind::Body, error);
        error.downcast().map_or_else(other, |failure| *failure)
    }

    /// The step at which the call failed.
    pub fn kind(&self) -> FailureKind {
        // The constructor sets it.
        self.0.failure.unwrap_or(FailureKind::Request)
    }

    /// The facts that all errors have.
    pub fn meta(&self) -> &ErrorMeta {
        &self.0
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
