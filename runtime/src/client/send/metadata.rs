//! What a client knows of a successful response besides the output.

use crate::error::meta::Call;
use crate::http_binding::request_id::request_id;
use http::{HeaderMap, Response, StatusCode};
use std::fmt;
use std::time::Duration;

/// The status, headers and request ID of a successful response, and the number and duration of the
/// attempts. `send_with_metadata` returns it beside the output. Errors have these facts themselves.
#[derive(Clone)]
pub struct ResponseMetadata {
    status: StatusCode,
    headers: HeaderMap,
    call: Call,
}

impl ResponseMetadata {
    pub(super) fn new<B>(response: &Response<B>, call: Call) -> Self {
        Self {
            status: response.status(),
            headers: response.headers().clone(),
            call,
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The request ID, by which AWS Support can find the request.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The second ID of Amazon S3, the header `x-amz-id-2`.
    pub fn extended_request_id(&self) -> Option<&str> {
        self.headers.get("x-amz-id-2")?.to_str().ok()
    }

    /// The number of times that the request was sent.
    pub fn attempts(&self) -> u32 {
        self.call.attempts
    }

    /// The duration of the call, with all attempts and the pauses between them.
    pub fn elapsed(&self) -> Duration {
        self.call.elapsed
    }
}

/// Prints the names of headers, but not their values, which may be secrets.
impl fmt::Debug for ResponseMetadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseMetadata")
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("attempts", &self.attempts())
            .field("elapsed", &self.elapsed())
            .finish()
    }
}
