//! Recorded requests.

use crate::http_binding::scripted::OperationName;
use crate::json_difference::{of_json, of_json_part};
use crate::operation::operation_trait::Operation;
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, Method, Uri};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::fmt;

/// A request that a client sent. Each attempt of a call is a request.
///
/// `Debug` prints the operation, the method, the names of headers and the length of the body. It
/// prints no values, since members of the input may be secrets. The messages of the methods
/// `assert_…` do contain the values that differ, and the JSON body.
#[derive(Clone)]
pub struct RecordedRequest {
    head: Parts,
    body: Bytes,
}

impl RecordedRequest {
    pub(super) fn new(head: Parts, body: Bytes) -> Self {
        Self { head, body }
    }

    /// The name of the operation in the model; `None` if a layer between the client and the script
    /// dropped it, which is an extension of the request.
    pub fn operation(&self) -> Option<&'static str> {
        let OperationName(name) = self.head.extensions.get()?;
        Some(name)
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        &self.head.method
    }

    /// The URI.
    pub fn uri(&self) -> &Uri {
        &self.head.uri
    }

    /// The path as it was sent, with percent-encoding.
    pub fn path(&self) -> &str {
        self.head.uri.path()
    }

    /// The decoded names and values of the query string, in their order.
    pub fn query(&self) -> Vec<(String, String)> {
        let decode = |text| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let query = self.head.uri.query().unwrap_or_default();
        query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(name, value)| (decode(name), decode(value)))
            .collect()
    }

    /// The headers, with the signature.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The value of a header; `None` if it is missing or not text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.headers.get(name)?.to_str().ok()
    }

    /// The body. A stream was read to its end.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// The body is not JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        let json = serde_json::from_slice(&self.body);
        let error = json.as_ref().err().map(ToString::to_string);
        assert!(
            error.is_none(),
            "{}: the body is not JSON: {}",
            self.name(),
            error.unwrap_or_default()
        );
        json.unwrap_or_default()
    }

    /// Asserts that this is a request of the operation.
    ///
    /// # Panics
    /// It is a request of another operation.
    #[track_caller]
    pub fn assert_operation<O: Operation>(&self) {
        let name = self.name();
        assert!(
            name == O::NAME,
            "the request is {name}, not {expected}",
            expected = O::NAME
        );
    }

    /// Asserts the method and the path, with percent-encoding: `GET`, `/appbundles/b`.
    ///
    /// # Panics
    /// They differ.
    #[track_caller]
    pub fn assert_path(&self, method: &str, path: &str) {
        let (actual_method, actual_path) = (self.method().as_str(), self.path());
        assert!(
            (actual_method, actual_path) == (method, path),
            "{}: the request line is `{actual_method} {actual_path}`, not `{method} {path}`",
            self.name()
        );
    }

    /// Asserts the whole query string: decoded names and values, in any order.
    ///
    /// # Panics
    /// They differ.
    #[track_caller]
    pub fn assert_query<const N: usize>(&self, expected: [(&str, &str); N]) {
        let mut actual = self.query();
        let mut expected: Vec<_> = expected
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        actual.sort();
        expected.sort();
        assert!(
            actual == expected,
            "{}: the query is {actual:?}, not {expected:?}",
            self.name()
        );
    }

    /// Asserts the value of a header.
    ///
    /// # Panics
    /// It differs, or there is no such header.
    #[track_caller]
    pub fn assert_header(&self, name: &str, expected: &str) {
        let actual = self.header(name);
        let name_of_request = self.name();
        assert!(
            actual.is_some(),
            "{name_of_request}: there is no header `{name}`, which should be `{expected}`"
        );
        let actual = actual.unwrap_or_default();
        assert!(
            actual == expected,
            "{name_of_request}: the header `{name}` is `{actual}`, not `{expected}`"
        );
    }

    /// Asserts that the body is a JSON document that equals the expected one. The order of members
    /// does not matter, and numbers are compared by value.
    ///
    /// # Panics
    /// They differ. The message has the JSON pointer of the first difference, and both values.
    // By value, as in `assert_json(json!({..}))`.
    #[allow(clippy::needless_pass_by_value)]
    #[track_caller]
    pub fn assert_json(&self, expected: Value) {
        self.assert_no_difference(of_json(&self.body, &expected.to_string()));
    }

    /// Like [`RecordedRequest::assert_json`], but the objects of the body may have more members than
    /// the expected ones.
    ///
    /// # Panics
    /// An expected member is missing or differs.
    #[allow(clippy::needless_pass_by_value)]
    #[track_caller]
    pub fn assert_json_includes(&self, expected: Value) {
        self.assert_no_difference(of_json_part(&self.body, &expected.to_string()));
    }

    #[track_caller]
    fn assert_no_difference(&self, difference: Option<String>) {
        let message = difference.as_deref().unwrap_or_default();
        assert!(difference.is_none(), "{}: {message}", self.name());
    }

    /// The operation, or the method if the operation is not known.
    pub(super) fn name(&self) -> &str {
        self.operation()
            .unwrap_or_else(|| self.head.method.as_str())
    }
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedRequest")
            .field("operation", &self.operation())
            .field("method", &self.head.method)
            .field("headers", &self.head.headers.keys().collect::<Vec<_>>())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}
