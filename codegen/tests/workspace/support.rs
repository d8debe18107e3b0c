//! Helpers of the fixtures' tests: the request that is sent, and the response that is received.

use serde_json::Value;
use smithy_rt::http::{Request, Response};
use smithy_rt::{Bytes, Endpoint, Operation, RequestError};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// The idempotency token of every request.
pub(crate) const TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// The request of an operation.
#[track_caller]
pub(crate) fn send<O: Operation>(operation: &O) -> Sent {
    try_send(operation).unwrap()
}

pub(crate) fn try_send<O: Operation>(operation: &O) -> Result<Sent, RequestError> {
    let endpoint = Endpoint::new("https://example.com").unwrap();
    operation.request(&endpoint, &|| Ok(TOKEN.to_owned())).map(Sent)
}

/// The result of a call whose transport does not wait.
pub(crate) fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits"),
    }
}

pub(crate) struct Sent(Request<Bytes>);

impl Sent {
    /// `POST /path?query`
    pub(crate) fn line(&self) -> String {
        let uri = self.0.uri();
        assert_eq!(uri.host(), Some("example.com"));
        format!("{} {}", self.0.method(), uri.path_and_query().unwrap())
    }

    /// The encoded parameters of the query, sorted.
    pub(crate) fn query(&self) -> Vec<&str> {
        let mut parameters: Vec<_> = self.0.uri().query().unwrap_or_default().split('&').collect();
        parameters.sort_unstable();
        parameters
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.0.headers().get_all(name).iter();
        let value = values.next().map(|value| value.to_str().unwrap());
        assert_eq!(values.next(), None, "{name} is there twice");
        value
    }

    pub(crate) fn body(&self) -> &str {
        std::str::from_utf8(self.0.body()).unwrap()
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), Some("application/json"));
        serde_json::from_slice(self.0.body()).unwrap()
    }
}

/// The result of an operation for a response.
pub(crate) fn answer<O: Operation>(
    status: u16,
    headers: &[(&str, &str)],
    body: &str,
) -> Result<O::Output, O::Error> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    O::parse_response(response.body(Bytes::copy_from_slice(body.as_bytes())).unwrap())
}

/// The output in a JSON body.
#[track_caller]
pub(crate) fn output<O: Operation>(body: &str) -> O::Output {
    answer::<O>(200, &[("content-type", "application/json")], body).unwrap()
}
