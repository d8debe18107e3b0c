//! The requests and responses of each operation as snapshots, compared with botocore, which has its
//! own model and serializer.
//!
//! - `inputs.json`: for each operation an input with every member, and one with the required ones
//!   alone.
//! - `responses.json`: for each operation an answer with every member, one without the optional
//!   ones, and an error.
//! - `botocore.json`: the requests and results of botocore, written by `../botocore_requests.py`.
//! - `peer.rs`: sends both, when `../botocore_wire.py` runs these tests.
//! - `*.snap`: the requests and results of this crate.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod app_authorizations;
mod app_bundles;
mod complete;
mod ingestion_destinations;
mod ingestions;
#[cfg(feature = "https")]
mod peer;
mod tags;
mod user_access;

use appfabric::Error;
use appfabric::rt::{Bytes, Endpoint, Operation, http, json::Encode, json::to_vec};
use appfabric::types::Tag;
use serde_json::{Map, Value, json};
use std::fmt::{Debug, Write as _};

const INPUTS: &str = include_str!("inputs.json");
const RESPONSES: &str = include_str!("responses.json");
const BOTOCORE: &str = include_str!("botocore.json");

/// The token that `botocore_requests.py` uses.
const TOKEN: &str = "00010203-0405-4607-8809-0a0b0c0d0e0f";

/// The app bundle in inputs that give an ARN.
const BUNDLE: &str = "arn:aws:appfabric:us-east-1:111122223333:appbundle/b1";
/// The app bundle in inputs that give a UUID.
const BUNDLE_ID: &str = "1f2e3d4c-0000-4a5b-8c9d-00000000000b";
const INGESTION: &str = "arn:aws:appfabric:us-east-1:111122223333:appbundle/b1/ingestion/i1";
const INGESTION_ID: &str = "1f2e3d4c-0000-4a5b-8c9d-00000000000c";

/// The tags of every input that has some.
fn two_tags() -> [Tag; 2] {
    [
        Tag::builder().key("team").value("security").build(),
        Tag::builder().key(r#"größe: "L"/\"#).value("").build(),
    ]
}

/// Checks an operation. The inputs, which are built with builders, must be those of `inputs.json`.
/// `members` returns the members of an output by their names in the model.
fn golden<O>(full: O, minimal: O, members: impl Fn(&O::Output) -> Value)
where
    O: Operation<Error = Error, Output: Debug>,
{
    let peer = &parsed(BOTOCORE)["operations"][O::NAME];
    let responses = &parsed(RESPONSES)[O::NAME];
    let mut golden = String::new();

    for (name, input) in [("full", full), ("minimal", minimal)] {
        #[cfg(feature = "https")]
        peer::send(name, &input);
        let request = request(&input);
        assert_eq!(
            described(&request),
            peer["requests"][name],
            "{} {name}: request",
            O::NAME
        );
        write_request(&mut golden, name, &request);
    }
    for name in ["full", "minimal"] {
        let output = O::parse_response(response(&responses[name])).unwrap();
        let read = without_nulls(members(&output));
        assert_eq!(
            read,
            peer["outputs"][name]["members"],
            "{} {name}: output",
            O::NAME
        );
        write!(
            golden,
            "--- {name} response, {}\n{output:#?}\n\n",
            responses[name]["status"]
        )
        .unwrap();
    }
    let error = O::parse_response(response(&responses["error"])).unwrap_err();
    let (read, text) = error_members(&error);
    let told = json!({
        "code": error.code(), "message": error.message(), "request_id": error.request_id(),
        "members": without_nulls(read),
    });
    assert_eq!(told, peer["outputs"]["error"], "{}: error", O::NAME);
    write!(
        golden,
        "--- error response, {}\n{error}\n{text}\n",
        responses["error"]["status"]
    )
    .unwrap();

    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(".");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(snake_case(O::NAME), golden));
}

fn request(input: &impl Operation) -> http::Request<Bytes> {
    let endpoint = Endpoint::new("https://appfabric.us-east-1.amazonaws.com").unwrap();
    input.request(&endpoint, &|| Ok(TOKEN.to_owned())).unwrap()
}

/// A request in the form of `botocore.json`.
fn described(request: &http::Request<Bytes>) -> Value {
    let headers: Map<String, Value> = request
        .headers()
        .iter()
        // botocore's transport adds the length, which is not in that file.
        .filter(|(name, _)| *name != http::header::CONTENT_LENGTH)
        .map(|(name, value)| (name.to_string(), json!(value.to_str().unwrap())))
        .collect();
    let body = match &request.body()[..] {
        [] => Value::Null,
        body => serde_json::from_slice(body).unwrap(),
    };
    json!({
        "method": request.method().as_str(),
        "url": request.uri().to_string(),
        "headers": headers,
        "body": body,
    })
}

/// A response of `responses.json`.
fn response(recorded: &Value) -> http::Response<Bytes> {
    let status = u16::try_from(recorded["status"].as_u64().unwrap()).unwrap();
    let mut response = http::Response::builder().status(status);
    for (name, value) in recorded["headers"].as_object().unwrap() {
        response = response.header(name, value.as_str().unwrap());
    }
    let body = if recorded["body"].is_null() {
        String::new()
    } else {
        recorded["body"].to_string()
    };
    response.body(body.into()).unwrap()
}

/// A request as text: its line, its headers and its body, indented.
fn write_request(text: &mut String, name: &str, request: &http::Request<Bytes>) {
    let target = request.uri().path_and_query().unwrap();
    writeln!(text, "--- {name} request\n{} {target}", request.method()).unwrap();
    for (name, value) in request.headers() {
        writeln!(text, "{name}: {}", value.to_str().unwrap()).unwrap();
    }
    if !request.body().is_empty() {
        writeln!(
            text,
            "\n{}",
            indented(std::str::from_utf8(request.body()).unwrap())
        )
        .unwrap();
    }
    text.push('\n');
}

/// Adds line breaks and spaces to compact JSON. `serde_json` would sort the members.
fn indented(json: &str) -> String {
    let mut text = String::new();
    let (mut depth, mut in_string, mut escaped) = (0, false, false);
    let mut characters = json.chars().peekable();
    while let Some(c) = characters.next() {
        if in_string {
            text.push(c);
            in_string = escaped || c != '"';
            escaped = !escaped && c == '\\';
            continue;
        }
        match c {
            '"' => in_string = true,
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            _ => {}
        }
        let line = |text: &mut String| text.extend(["\n", &"  ".repeat(depth)]);
        match (c, characters.peek()) {
            ('{' | '[', Some('}' | ']')) => text.push(c),
            ('{' | '[' | ',', _) => {
                text.push(c);
                line(&mut text);
            }
            ('}' | ']', _) if text.ends_with(['{', '[']) => text.push(c),
            ('}' | ']', _) => {
                line(&mut text);
                text.push(c);
            }
            (':', _) => text.push_str(": "),
            _ => text.push(c),
        }
    }
    text
}

/// The members of a modeled error by their names in the model, and its `Debug` output.
fn error_members(error: &Error) -> (Value, String) {
    match error {
        Error::AccessDeniedException(e) => (json!({"message": e.message}), format!("{:#?}", **e)),
        Error::ConflictException(e) => (
            json!({"message": e.message, "resourceId": e.resource_id, "resourceType": e.resource_type}),
            format!("{:#?}", **e),
        ),
        Error::InternalServerException(e) => (
            json!({"message": e.message, "retryAfterSeconds": e.retry_after_seconds}),
            format!("{:#?}", **e),
        ),
        Error::ResourceNotFoundException(e) => (
            json!({"message": e.message, "resourceId": e.resource_id, "resourceType": e.resource_type}),
            format!("{:#?}", **e),
        ),
        Error::ServiceQuotaExceededException(e) => (
            json!({
                "message": e.message, "resourceId": e.resource_id, "resourceType": e.resource_type,
                "serviceCode": e.service_code, "quotaCode": e.quota_code,
            }),
            format!("{:#?}", **e),
        ),
        Error::ThrottlingException(e) => (
            json!({
                "message": e.message, "serviceCode": e.service_code, "quotaCode": e.quota_code,
                "retryAfterSeconds": e.retry_after_seconds,
            }),
            format!("{:#?}", **e),
        ),
        Error::ValidationException(e) => (
            json!({"message": e.message, "reason": wire(&e.reason), "fieldList": wire(&e.field_list)}),
            format!("{:#?}", **e),
        ),
        other => panic!("not one of the model's errors: {other:?}"),
    }
}

/// A value as the crate writes it.
fn wire(value: &impl Encode) -> Value {
    serde_json::from_slice(&to_vec(value)).unwrap()
}

/// An object without the members that are absent.
fn without_nulls(mut value: Value) -> Value {
    value
        .as_object_mut()
        .unwrap()
        .retain(|_, member| !member.is_null());
    value
}

/// For operations without output members.
fn nothing<T>(_: &T) -> Value {
    json!({})
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// `create_app_bundle` of `CreateAppBundle`.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}
