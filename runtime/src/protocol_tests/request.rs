//! Requests of protocol tests.

use crate::endpoint::url::Endpoint;
use crate::json_difference::of_json;
use crate::operation::operation_trait::Operation;
use crate::protocol_tests::mismatch::{Checked, Mismatch};
use bytes::Bytes;
use http::Request;
use std::collections::BTreeMap;

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
    headers: Vec<(&'static str, &'static str)>,
    no_headers: Vec<&'static str>,
    any_headers: Vec<&'static str>,
    body: Option<Body>,
}

#[derive(Debug)]
enum Body {
    Json(&'static str),
    Bytes(&'static str),
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
            headers: Vec::new(),
            no_headers: Vec::new(),
            any_headers: Vec::new(),
            body: None,
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
        self.headers.push((name, value));
        self
    }

    /// Expects that there is no header with this name.
    pub fn no_header(mut self, name: &'static str) -> Self {
        self.no_headers.push(name);
        self
    }

    /// Expects a header with this name and any value.
    pub fn any_header(mut self, name: &'static str) -> Self {
        self.any_headers.push(name);
        self
    }

    /// Expects a body that is an equal JSON document. Without this or [`ExpectedRequest::body`] the
    /// body is not checked.
    pub fn json(self, body: &'static str) -> Self {
        Self {
            body: Some(Body::Json(body)),
            ..self
        }
    }

    /// Expects a body with the same bytes.
    pub fn body(self, body: &'static str) -> Self {
        Self {
            body: Some(Body::Bytes(body)),
            ..self
        }
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
        self.header_differences(&request, &mut differences);
        differences.extend(
            self.body
                .as_ref()
                .and_then(|body| body.difference(request.body())),
        );
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

    fn header_differences(&self, request: &Request<Bytes>, differences: &mut Vec<String>) {
        let (headers, body) = (request.headers(), request.body());
        let mut found: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
        for (name, value) in headers {
            let joined = found.entry(name.as_str()).or_default();
            if !joined.is_empty() {
                joined.extend(b", ");
            }
            joined.extend(value.as_bytes());
        }
        // The transport adds the length of the body (RFC 9110, section 8.6), not the operation.
        if !body.is_empty() {
            found
                .entry("content-length")
                .or_insert_with(|| body.len().to_string().into());
        }
        let value = |name: &str| found.get(name.to_ascii_lowercase().as_str());
        for (name, wanted) in &self.headers {
            match value(name) {
                None => differences.push(format!("there is no header `{name}`")),
                Some(value) if value == wanted.as_bytes() => {}
                Some(value) => {
                    let value = String::from_utf8_lossy(value);
                    differences.push(format!("the header `{name}` is `{value}`, not `{wanted}`"));
                }
            }
        }
        for name in self.no_headers.iter().filter(|name| value(name).is_some()) {
            differences.push(format!("there is a header `{name}`"));
        }
        for name in self.any_headers.iter().filter(|name| value(name).is_none()) {
            differences.push(format!("there is no header `{name}`"));
        }
    }
}

impl Body {
    fn difference(&self, actual: &[u8]) -> Option<String> {
        match self {
            Self::Json(expected) => of_json(actual, expected),
            Self::Bytes(expected) => (actual != expected.as_bytes()).then(|| {
                let actual = String::from_utf8_lossy(actual);
                format!("the body is `{actual}`, not `{expected}`")
            }),
        }
    }
}
