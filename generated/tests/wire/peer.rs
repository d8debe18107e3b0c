//! Sends the inputs to `../botocore_wire.py`, which sends botocore's to the same server and
//! compares.

use crate::TOKEN;
use appfabric::Client;
use appfabric::rt::client::{Credentials, Https, System};
use appfabric::rt::{Body, RequestError, http};
use serde_json::Value;
use std::time::{Duration, SystemTime};
use tower::ServiceBuilder;

/// 2026-01-02T03:04:05Z, the time at which botocore signs as well.
const NOW: u64 = 1_767_323_045;

/// Sends the input, if the script runs this test.
pub(crate) async fn send(operation: &str, case: &str, input: &Value) {
    let Ok(server) = std::env::var("WIRE_SERVER") else {
        return;
    };
    let case = http::HeaderValue::try_from(format!("{operation}/{case}")).unwrap();
    let transport = ServiceBuilder::new()
        // After signing, so that it is no part of the signature.
        .map_request(move |mut request: http::Request<Body>| {
            request.headers_mut().insert("x-case", case.clone());
            request
        })
        .service(Https::new());
    let token = Some("session".to_owned());
    let client = Client::builder()
        .endpoint_url(server)
        .region("us-east-1")
        .credentials(Credentials::new(
            "AKIDEXAMPLE",
            "secret",
            token,
            None,
            "test",
        ))
        .transport(transport)
        .system(Frozen)
        .build()
        .unwrap();
    // The server returns an empty object, which lacks required members. That is no error.
    client.call(operation, &input.to_string()).await.unwrap();
}

/// A clock that stands still, and always the same token.
struct Frozen;

impl System for Frozen {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(NOW)
    }

    fn token(&self) -> Result<String, RequestError> {
        Ok(TOKEN.to_owned())
    }
}
