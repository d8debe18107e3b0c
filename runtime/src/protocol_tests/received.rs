//! Requests of protocol tests that a server receives.

use crate::http_binding::body::body_type::Body;
use crate::protocol_tests::content::{self, Content};
use crate::protocol_tests::mismatch::{Checked, Mismatch};
use crate::protocol_tests::recorder::Recorder;
use crate::protocol_tests::response::same;
use bytes::Bytes;
use http::Request;
use std::convert::Infallible;
use std::fmt::Debug;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use tower_service::Service;

/// A request to a server (traits *httpRequestTests* and *httpMalformedRequestTests*).
#[must_use = "nothing is sent until `gives`, or `check` of its rejection, is called"]
#[derive(Debug)]
pub struct ReceivedRequest {
    method: &'static str,
    uri: &'static str,
    host: Option<&'static str>,
    query: Vec<&'static str>,
    headers: Vec<(&'static str, &'static str)>,
    body: &'static str,
}

impl ReceivedRequest {
    /// Creates a request with a method and an encoded path, without headers and body.
    pub fn new(method: &'static str, uri: &'static str) -> Self {
        Self {
            method,
            uri,
            host: None,
            query: Vec::new(),
            headers: Vec::new(),
            body: "",
        }
    }

    /// Sets the host of the endpoint, with its path if it has one. Servers do not compare it.
    pub fn host(self, host: &'static str) -> Self {
        Self {
            host: Some(host),
            ..self
        }
    }

    /// Adds an encoded query parameter.
    pub fn query(mut self, pair: &'static str) -> Self {
        self.query.push(pair);
        self
    }

    /// Adds a header.
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Sets the body.
    pub fn body(self, body: &'static str) -> Self {
        Self { body, ..self }
    }

    /// Sends the request to a server, and compares the input that the operation receives with the
    /// expected one. `server` creates the server, which gives its inputs to the recorder.
    ///
    /// # Errors
    /// The two inputs if they differ, or the response of a request that is not accepted.
    pub fn gives<I, S>(&self, server: impl FnOnce(Recorder) -> S, expected: &I) -> Checked
    where
        I: Debug + PartialEq + 'static,
        S: Service<Request<Body>, Response = http::Response<Body>, Error = Infallible>,
    {
        self.gives_as(server, expected, I::eq)
    }

    /// Like [`ReceivedRequest::gives`], for an input with a stream, which does not implement
    /// `PartialEq`. `equal` compares the members.
    ///
    /// # Errors
    /// Those of [`ReceivedRequest::gives`].
    pub fn gives_as<I, S>(
        &self,
        server: impl FnOnce(Recorder) -> S,
        expected: &I,
        equal: impl Fn(&I, &I) -> bool,
    ) -> Checked
    where
        I: Debug + 'static,
        S: Service<Request<Body>, Response = http::Response<Body>, Error = Infallible>,
    {
        let recorder = Recorder::default();
        let response = self.send(server(recorder.clone()))?;
        match recorder.take() {
            Some(input) => same(&input, expected, equal),
            None => {
                let (status, body) = (response.status(), response.body());
                let body = String::from_utf8_lossy(body);
                let message = format!("the operation is not called: {status} `{body}`");
                Err(Mismatch(message))
            }
        }
    }

    /// Expects that the server rejects the request with this status.
    pub fn rejected(self, code: u16) -> RejectedRequest {
        RejectedRequest {
            request: self,
            code,
            content: Content::default(),
        }
    }

    fn send<S>(&self, mut server: S) -> Result<http::Response<Bytes>, Mismatch>
    where
        S: Service<Request<Body>, Response = http::Response<Body>, Error = Infallible>,
    {
        let request = self
            .request()
            .map_err(|error| Mismatch(format!("there is no such request: {error}")))?;
        let Ok(response) = block_on(server.call(request));
        let (head, body) = response.into_parts();
        let body = block_on(body.collect())
            .map_err(|error| Mismatch(format!("the body of the response: {error}")))?;
        Ok(http::Response::from_parts(head, body))
    }

    fn request(&self) -> http::Result<Request<Body>> {
        let path = self.host.and_then(|host| host.split_once('/'));
        let path = path.map_or(self.uri, |(_, base)| {
            let rest = self.uri.strip_prefix('/');
            let rest = rest.and_then(|uri| uri.strip_prefix(base));
            rest.unwrap_or(self.uri)
        });
        let mut uri = path.to_owned();
        for (index, pair) in self.query.iter().enumerate() {
            let first = index == 0 && !uri.contains('?');
            uri.push(if first { '?' } else { '&' });
            uri.push_str(pair);
        }
        let mut request = Request::builder().method(self.method).uri(uri);
        for (name, value) in &self.headers {
            request = request.header(*name, *value);
        }
        request.body(Body::from(self.body))
    }
}

/// A request that a server rejects, and the expected response.
#[must_use = "nothing is sent until `check` is called"]
#[derive(Debug)]
pub struct RejectedRequest {
    request: ReceivedRequest,
    code: u16,
    content: Content,
}

impl RejectedRequest {
    /// Expects a header, among others.
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.content.headers.push((name, value));
        self
    }

    /// Expects a body that is an equal JSON document.
    pub fn json(mut self, body: &'static str) -> Self {
        self.content.body = Some(content::Body::Json(body));
        self
    }

    /// Expects a body with the same bytes.
    pub fn body(mut self, body: &'static str) -> Self {
        self.content.body = Some(content::Body::Bytes(body));
        self
    }

    /// Expects a JSON document whose member `message` matches a regular expression.
    pub fn message_matches(mut self, regex: &'static str) -> Self {
        self.content.body = Some(content::Body::Message(regex));
        self
    }

    /// Sends the request to a server, and compares the response with the expected one. `server`
    /// creates the server, which gives its inputs to the recorder.
    ///
    /// # Errors
    /// All differences.
    pub fn check<S>(&self, server: impl FnOnce(Recorder) -> S) -> Checked
    where
        S: Service<Request<Body>, Response = http::Response<Body>, Error = Infallible>,
    {
        let response = self.request.send(server(Recorder::default()))?;
        let mut differences = status_difference(response.status(), self.code);
        self.content
            .differences(response.headers(), response.body(), &mut differences);
        if !differences.is_empty() {
            let body = String::from_utf8_lossy(response.body());
            differences.push(format!("the body is `{body}`"));
        }
        Mismatch::unless_empty(&differences)
    }
}

/// The difference of a status, in a list.
pub(super) fn status_difference(actual: http::StatusCode, expected: u16) -> Vec<String> {
    let actual = actual.as_u16();
    if actual == expected {
        return Vec::new();
    }
    vec![format!("the status is {actual}, not {expected}")]
}

/// Runs a future to completion on this thread. Those of the tests wait only for what is in memory.
pub(super) fn block_on<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::box_error::BoxError;
    use crate::server::{Response as Written, ServerError};
    use std::pin::Pin;

    /// Records the path and query of a request, or rejects one without a query.
    struct Server(Recorder);

    #[derive(Debug)]
    struct Internal;

    impl ServerError for Internal {
        fn internal(_: impl Into<BoxError>) -> Self {
            Self
        }

        fn response(&self) -> Option<Written> {
            None
        }

        fn into_internal(self) -> BoxError {
            "internal".into()
        }
    }

    impl Service<Request<Body>> for Server {
        type Response = http::Response<Body>;
        type Error = Infallible;
        type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>>>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: Request<Body>) -> Self::Future {
            let mut response = http::Response::new(Body::from(r#"{"message": "no query"}"#));
            *response.status_mut() = http::StatusCode::BAD_REQUEST;
            if request.uri().query().is_some() {
                let _: Result<(), Internal> = self.0.record(request.uri().to_string());
            }
            Box::pin(async { Ok(response) })
        }
    }

    #[test]
    fn inputs_are_compared() {
        let request = ReceivedRequest::new("GET", "/base/a")
            .host("example.com/base")
            .query("b=1")
            .query("c");
        let expected = "/a?b=1&c".to_owned();
        assert!(request.gives(Server, &expected).is_ok());
        let error = request.gives(Server, &"/a".to_owned()).unwrap_err().0;
        assert_eq!(error, "the value is\n\"/a?b=1&c\"\nbut expected\n\"/a\"");
        let error = ReceivedRequest::new("GET", "/a").gives(Server, &expected);
        let expected = r#"the operation is not called: 400 Bad Request `{"message": "no query"}`"#;
        assert_eq!(error.unwrap_err().0, expected);
    }

    #[test]
    fn rejections_are_compared() {
        let rejected = |code| ReceivedRequest::new("GET", "/a").rejected(code);
        assert!(
            rejected(400)
                .message_matches("^no (?=q)")
                .check(Server)
                .is_ok()
        );
        assert!(
            rejected(400)
                .json(r#"{"message":"no query"}"#)
                .check(Server)
                .is_ok()
        );
        for (request, difference) in [
            (rejected(404), "the status is 400, not 404"),
            (rejected(400).header("x-a", "b"), "there is no header `x-a`"),
            (
                rejected(400).message_matches("^query"),
                "the message `no query` does not match `^query`",
            ),
            (
                rejected(400).message_matches("("),
                "the regular expression `(`: ",
            ),
            (
                rejected(400).body("no"),
                "the body is `{\"message\": \"no query\"}`, not `no`",
            ),
        ] {
            let error = request.check(Server).unwrap_err().0;
            assert!(error.starts_with(difference), "{error}");
        }
    }
}
