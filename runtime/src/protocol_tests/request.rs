//! Requests of protocol tests.

use crate::endpoint::url::Endpoint;
use crate::operation::operation_trait::Operation;
use crate::protocol_tests::content::{Body, Content};
use crate::protocol_tests::mismatch::{Checked, Mismatch};
use bytes::Bytes;
use http::Request;

/// The idempotency token of every request.
const TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// The expected request of a test case (trait *httpRequestTests*).
#[must_use = "nothing is compared until `check` is called"]
#[derive(Debug)]
pub struct ExpectedRequest {
    method: &'static str,
    uri: &'static str,
    host: &'static str,
    resolved_host: Option<&'static str>,
    query: Vec<&'static str>,
    no_query: Vec<&'static str>,
    any_query: Vec<&'static str>,
    content: Content,
}

impl ExpectedRequest {
    /// Expects a method and an encoded path without a query string.
    pub fn new(method: &'static str, uri: &'static str) -> Self {
        Self {
            method,
            uri,
            host: "example.com",
            resolved_host: None,
            query: Vec::new(),
            no_query: Vec::new(),
            any_query: Vec::new(),
            content: Content::default(),
        }
    }

    /// Sets the endpoint: a host and an optional path. The default is `example.com`.
    pub fn host(self, host: &'static str) -> Self {
        Self { host, ..self }
    }

    /// Expects a host in the URI.
    pub fn resolved_host(self, host: &'static str) -> Self {
        Self {
            resolved_host: Some(host),
            ..self
        }
    }

    /// Expects an encoded query parameter `name=value`, among others.
    pub fn query(mut self, pair: &'static str) -> Self {
        self.query.push(pair);
        self
    }

    /// Expects that there is no query parameter with this encoded name.
    pub fn no_query(mut self, name: &'static str) -> Self {
        self.no_query.push(name);
        self
    }

    /// Expects a query parameter with this encoded name and any value.
    pub fn any_query(mut self, name: &'static str) -> Self {
        self.any_query.push(name);
        self
    }

    /// Expects a header, among others.
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.content.headers.push((name, value));
        self
    }

    /// Expects that there is no header with this name.
    pub fn no_header(mut self, name: &'static str) -> Self {
        self.content.no_headers.push(name);
        self
    }

    /// Expects a header with this name and any value.
    pub fn any_header(mut self, name: &'static str) -> Self {
        self.content.any_headers.push(name);
        self
    }

    /// Expects a body that is an equal JSON document. Without this or [`ExpectedRequest::body`] the
    /// body is not checked.
    pub fn json(mut self, body: &'static str) -> Self {
        self.content.body = Some(Body::Json(body));
        self
    }

    /// Expects a body with the same bytes.
    pub fn body(mut self, body: &'static str) -> Self {
        self.content.body = Some(Body::Bytes(body));
        self
    }

    /// Compares the request of an operation with the expected one.
    ///
    /// # Errors
    /// All differences, or the error of building the request.
    pub fn check<O: Operation>(&self, input: &O) -> Checked {
        let request = Endpoint::new(&format!("https://{}", self.host))
            .map_err(|error| Mismatch(format!("the host `{}`: {error}", self.host)))
            .and_then(|endpoint| {
                let request = input.request(&endpoint, &|| Ok(TOKEN.to_owned()));
                request.map_err(|error| Mismatch(format!("no request: {error}")))
            })?;
        let mut differences = Vec::new();
        self.line(&request, &mut differences);
        self.query_differences(request.uri().query().unwrap_or_default(), &mut differences);
        self.content
            .differences(request.headers(), request.body(), &mut differences);
        Mismatch::unless_empty(&differences)
    }

    fn line(&self, request: &Request<Bytes>, differences: &mut Vec<String>) {
        let uri = request.uri();
        let authority = uri.authority().map_or("", |authority| authority.as_str());
        let host = self.resolved_host.unwrap_or(authority);
        for (what, actual, expected) in [
            ("method", request.method().as_str(), self.method),
            ("path", uri.path(), self.uri),
            ("host", authority, host),
        ] {
            if actual != expected {
                differences.push(format!("the {what} is `{actual}`, not `{expected}`"));
            }
        }
    }

    /// Each expected pair matches one pair of the request, since a parameter can be expected twice.
    fn query_differences(&self, query: &str, differences: &mut Vec<String>) {
        let mut pairs: Vec<&str> = query.split('&').collect();
        let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
        for wanted in &self.no_query {
            if pairs.iter().any(|pair| name(pair) == *wanted) {
                differences.push(format!("the query `{query}` has `{wanted}`"));
            }
        }
        for wanted in &self.any_query {
            if !pairs.iter().any(|pair| name(pair) == *wanted) {
                differences.push(format!("the query `{query}` has no `{wanted}`"));
            }
        }
        for wanted in &self.query {
            match pairs.iter().position(|pair| pair == wanted) {
                Some(place) => drop(pairs.swap_remove(place)),
                None => differences.push(format!("the query `{query}` has no `{wanted}`")),
            }
        }
    }
}
