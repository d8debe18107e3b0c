//! Inputs that the model forbids are refused, and random inputs that it allows are accepted.
//!
//! Both are derived from the constraints of the model (`inputs.rs`), and sent to the server as HTTP
//! requests by the rules of restJson1 (`http.rs`). No code of the crate takes part in that.
//!
//! With `INPUTS=FILE`, the test writes the inputs to a file, for `../botocore_inputs.py`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod http;
mod inputs;

use appfabric::rt::http::StatusCode;
use appfabric::server::{Operations, Server, Violations};
use appfabric::types::{ValidationException, ValidationExceptionReason};
use inputs::{Inputs, Refusal};
use serde_json::{Value, json};
use std::fmt::Write as _;
use tower::ServiceExt as _;

/// The number of random inputs of each operation.
const RANDOM: u64 = 200;

/// A server without operations: an input that it accepts has the response 501.
struct Service;

impl Operations for Service {
    fn validation_exception(&self, violations: &Violations) -> ValidationException {
        ValidationException::builder()
            .message(violations.message())
            .reason(ValidationExceptionReason::FieldValidationFailed)
            .build()
    }
}

/// The status and the error code of the response to an input.
async fn answer(model: &Value, operation: &str, input: &Value) -> (StatusCode, String) {
    let request = http::request(model, operation, input);
    let response = Server::new(Service).oneshot(request).await.unwrap();
    let code = response.headers()["x-amzn-errortype"]
        .to_str()
        .unwrap()
        .to_owned();
    (response.status(), code)
}

fn model() -> Value {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../model/appfabric/service.json"
    );
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[tokio::test]
async fn forbidden_inputs_are_refused_and_allowed_ones_accepted() {
    let model = model();
    let mut lines = String::new();
    let (mut forbidden, mut allowed) = (0, 0);
    for operation in http::operations(&model) {
        let inputs = Inputs::of(&model, &operation);
        for (what, refusal, input) in inputs.forbidden() {
            let expected = match refusal {
                Refusal::Constraint => "ValidationException",
                Refusal::Type => "SerializationException",
            };
            let (status, code) = answer(&model, &operation, &input).await;
            assert_eq!(
                (status.as_u16(), code.as_str()),
                (400, expected),
                "{operation}: {what}: {input}"
            );
            forbidden += 1;
            writeln!(
                lines,
                "{}",
                json!({"operation": operation, "forbidden": what, "input": input})
            )
            .unwrap();
        }
        for seed in 0..RANDOM {
            let input = inputs.random(seed);
            let (status, _) = answer(&model, &operation, &input).await;
            assert_eq!(status.as_u16(), 501, "{operation}: {input}");
            allowed += 1;
            writeln!(lines, "{}", json!({"operation": operation, "input": input})).unwrap();
        }
    }
    assert!(forbidden >= 1_000, "{forbidden}");
    println!("{forbidden} forbidden inputs were refused, {allowed} random inputs were accepted");
    if let Some(path) = std::env::var_os("INPUTS") {
        std::fs::write(path, lines).unwrap();
    }
}
