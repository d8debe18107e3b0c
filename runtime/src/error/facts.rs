//! The facts that a protocol reads from an error response.

/// The code and message of an error response, as a protocol's reader finds them, such as
/// [`rest_json::error_facts`](crate::protocol::rest_json::error_facts).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorFacts {
    /// The code, such as `ThrottlingException`, without namespace and URI; `None` if there is none.
    pub code: Option<String>,
    /// The message; `None` if there is none or it is empty.
    pub message: Option<String>,
}

impl ErrorFacts {
    /// Creates the facts of an error.
    pub fn new(code: Option<String>, message: Option<String>) -> Self {
        Self { code, message }
    }
}
