//! Sends the inputs for real, to `../botocore_wire.py`, which sends botocore's to the same server
//! and compares.

use super::TOKEN;
use appfabric::rt::Body;
use appfabric::rt::client::{Credentials, Https, System};
use appfabric::rt::{Operation, RequestError, http};
use appfabric::{Client, Error};
use std::time::{Duration, SystemTime};
use tower::ServiceBuilder;

/// 2026-01-02T03:04:05Z, when botocore signs, too.
const NOW: u64 = 1_767_323_045;

/// Sends the input, if the script runs this test.
pub(crate) fn send<O: Operation<Error = Error>>(case: &str, input: &O) {
    let Ok(server) = std::env::var("WIRE_SERVER") else {
        return;
    };
    let case = http::HeaderValue::try_from(format!("{}/{case}", O::NAME)).unwrap();
    let transport = ServiceBuilder::new()
        // Beneath the signature, so that it is no part of it.
        .map_request(move |mut request: http::Request<Body>| {
            request.headers_mut().insert("x-case", case.clone());
            request
        })
        .service(Https::new());
    let credentials = Credentials::new(
        "AKIDEXAMPLE",
        "secret",
        Some("session".to_owned()),
        None,
        "test",
    );
    let client = Client::builder()
        .endpoint_url(server)
        .region("us-east-1")
        .credentials(credentials)
        .transport(transport)
        .system(Frozen)
        .build()
        .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(client.send(input)).unwrap();
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
