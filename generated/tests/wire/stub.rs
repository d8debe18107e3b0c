//! Calls operations by name over a transport that records the request and returns a response.

use crate::TOKEN;
use crate::golden::ResponseCase;
use crate::rules::Request;
use appfabric::rt::client::System;
use appfabric::rt::retry::RetryPolicy;
use appfabric::rt::{Body, RequestError, http};
use appfabric::{Client, Error};
use serde_json::Value;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

/// The headers that the client adds to every request.
const OF_CLIENT: [&str; 5] = [
    "amz-sdk-invocation-id",
    "amz-sdk-request",
    "content-length",
    "user-agent",
    "x-amz-user-agent",
];

/// Returns one response for all requests, and records the last request.
#[derive(Clone)]
struct Recorder {
    response: Arc<http::Response<String>>,
    sent: Arc<Mutex<Request>>,
}

impl tower_service::Service<http::Request<Body>> for Recorder {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Ready<Result<http::Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let headers = request.headers().iter().map(|(name, value)| {
            let value = String::from_utf8(value.as_bytes().to_vec()).unwrap();
            (name.to_string(), value)
        });
        let mut query: Vec<_> = request
            .uri()
            .query()
            .into_iter()
            .flat_map(|query| query.split('&'))
            .collect();
        query.sort();
        let body = request.body().as_bytes().unwrap();
        *self.sent.lock().unwrap() = Request {
            method: request.method().to_string(),
            path: request.uri().path().to_owned(),
            query: query.into_iter().map(str::to_owned).collect(),
            headers: headers
                .filter(|(name, _)| !OF_CLIENT.contains(&name.as_str()))
                .collect(),
            body: (!body.is_empty()).then(|| serde_json::from_slice(body).unwrap()),
        };
        ready(Ok((*self.response).clone().map(Body::from)))
    }
}

struct Tokens;

impl System for Tokens {
    fn token(&self) -> Result<String, RequestError> {
        Ok(TOKEN.to_owned())
    }
}

/// Calls an operation. Returns its output, and the request.
pub(crate) async fn call(
    operation: &str,
    input: &Value,
    response: &ResponseCase,
) -> (Result<String, Error>, Request) {
    let mut builder = http::Response::builder().status(response.status);
    for (name, value) in &response.headers {
        builder = builder.header(name, value.as_bytes());
    }
    let body = response
        .body
        .as_ref()
        .map(Value::to_string)
        .unwrap_or_default();
    let recorder = Recorder {
        response: Arc::new(builder.body(body).unwrap()),
        sent: Arc::default(),
    };
    let client = Client::builder()
        .region("us-east-1")
        .unsigned()
        .system(Tokens)
        .retry(RetryPolicy::off())
        .transport(recorder.clone())
        .build()
        .unwrap();
    let result = client.call(operation, &input.to_string()).await;
    let sent = recorder.sent.lock().unwrap().clone();
    (result, sent)
}
