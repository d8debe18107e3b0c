//! Invalid input of operations by name. The tests in `wire/` call every operation.

#![cfg(feature = "call")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

use appfabric::Client;
use appfabric::rt::Body;
use appfabric::rt::client::System;
use appfabric::rt::retry::RetryPolicy;
use appfabric::rt::{RequestError, http};
use serde_json::{Value, json};
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

/// Returns one recorded response for all requests, and records the requests.
#[derive(Clone)]
struct Recorded {
    response: Value,
    asked: Arc<Mutex<Vec<Value>>>,
}

impl tower_service::Service<http::Request<Body>> for Recorded {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Ready<Result<http::Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let body = match request.body().as_bytes().unwrap() {
            bytes if bytes.is_empty() => Value::Null,
            bytes => serde_json::from_slice(bytes).unwrap(),
        };
        let (method, url) = (request.method().as_str(), request.uri().to_string());
        self.asked
            .lock()
            .unwrap()
            .push(json!({ "method": method, "url": url, "body": body }));
        let status = u16::try_from(self.response["status"].as_u64().unwrap()).unwrap();
        let mut response = http::Response::builder().status(status);
        for (name, value) in self.response["headers"].as_object().into_iter().flatten() {
            response = response.header(name, value.as_str().unwrap());
        }
        let body = &self.response["body"];
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        ready(Ok(response.body(Body::from(body)).unwrap()))
    }
}

/// Returns the token that botocore used.
struct Tokens;

impl System for Tokens {
    fn token(&self) -> Result<String, RequestError> {
        Ok("00010203-0405-4607-8809-0a0b0c0d0e0f".to_owned())
    }
}

fn client(response: Value) -> (Client, Recorded) {
    let recorded = Recorded {
        response,
        asked: Arc::default(),
    };
    let builder = Client::builder()
        .region("us-east-1")
        .unsigned()
        .system(Tokens)
        .retry(RetryPolicy::off());
    (
        builder.transport(recorded.clone()).build().unwrap(),
        recorded,
    )
}

#[tokio::test]
async fn invalid_values_are_errors_with_names() {
    let (client, recorded) = client(json!({}));
    for (operation, input, message) in [
        (
            "createAppBundle",
            "{}",
            "call failed: cannot build the request: there is no operation `createAppBundle`; did you mean `CreateAppBundle`?",
        ),
        (
            "GetAppBundle",
            "{}",
            "GetAppBundle failed: cannot build the request: missing required members `appBundleIdentifier` at $ (byte 0)",
        ),
        (
            "TagResource",
            r#"{"resourceArn": "a", "tags": [{"key": "k", "valu": "v"}]}"#,
            "TagResource failed: cannot build the request: unknown member at $.tags[0].valu (byte 51)",
        ),
        (
            "TagResource",
            r#"{"resourceArn": null, "tags": []}"#,
            "TagResource failed: cannot build the request: missing required members `resourceArn` at $ (byte 0)",
        ),
        (
            "ListAppBundles",
            r#"{"maxResults": "10"}"#,
            "ListAppBundles failed: cannot build the request: expected a number, found a string at $.maxResults (byte 15)",
        ),
        (
            "CreateAppAuthorization",
            r#"{"credential": {"password": {}}}"#,
            "CreateAppAuthorization failed: cannot build the request: unknown member at $.credential.password (byte 28)",
        ),
        (
            "ListAppBundles",
            "{} {}",
            "ListAppBundles failed: cannot build the request: text after the document at $ (byte 3)",
        ),
    ] {
        assert_eq!(
            client.call(operation, input).await.unwrap_err().to_string(),
            message
        );
    }
    assert!(recorded.asked.lock().unwrap().is_empty());
}
