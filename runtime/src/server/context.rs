//! The facts of a request besides its input.

use http::{Extensions, HeaderMap, request};
use std::fmt;

/// The facts of a request besides its input.
pub struct Context {
    operation: &'static str,
    request_id: String,
    head: request::Parts,
}

impl Context {
    pub(super) fn new(operation: &'static str, request_id: String, head: request::Parts) -> Self {
        Self {
            operation,
            request_id,
            head,
        }
    }

    /// The name of the operation in the model.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The request ID: a new UUID, which the response has in the header `x-amzn-requestid`.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// The headers of the request.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The method and the URI of the request.
    pub fn head(&self) -> &request::Parts {
        &self.head
    }

    /// What the layers around the server stored in the request, such as the identity of the caller
    /// or the address of the connection.
    pub fn extensions(&self) -> &Extensions {
        &self.head.extensions
    }
}

/// Prints the operation and the request ID. Headers may contain secrets.
impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("operation", &self.operation)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}
