//! Part of the program `trips`: messages make the way from the client to the server, or back.

use crate::rt::http::{self, HeaderMap};
use crate::rt::server::{FromRequest, IntoResponse, read, respond};
use crate::rt::{Bytes, Endpoint, Operation, RequestErrorKind};
use serde_core::Serialize;
use serde_core::de::DeserializeOwned;
use serde_json::json;
use std::fmt::Debug;

/// Whether the message could be written. HTTP does not allow some values, such as an empty label.
pub(crate) type Check = fn(&str) -> Result<bool, String>;

/// Checks the values of a list, whose lines are a type and JSON.
pub(crate) fn run(name: &str, list: &str, of_type: fn(&str) -> Check) {
    let (mut written, mut all) = (0, 0);
    for line in list.lines() {
        let (name, json) = line.split_once(' ').unwrap();
        match of_type(name)(json) {
            Ok(was_written) => written += usize::from(was_written),
            Err(message) => panic!("{name}: {message}\n{json}"),
        }
        all += 1;
    }
    println!("{name} {written} {all}");
}

/// The server reads what the client writes: the client writes the same again.
pub(crate) fn input<I>(json: &str) -> Result<bool, String>
where
    I: Operation + FromRequest + Serialize + DeserializeOwned + Debug,
{
    let value: I = serde_json::from_str(json).map_err(|error| format!("not an input: {error}"))?;
    let endpoint = Endpoint::new("http://host").unwrap();
    let tokens = || Ok("token".to_owned());
    let Ok(first) = value.request(&endpoint, &tokens) else {
        return Ok(false);
    };
    // Clients of CloudSearch move the query string to the body (botocore does so). Servers do not read it.
    if first.headers().get("content-type").is_some_and(|it| it == "application/x-www-form-urlencoded") {
        return Ok(false);
    }
    let (value, missing) = read::<I>(&first).map_err(|error| format!("{error}\n{first:?}"))?;
    // An empty collection in the query string or in headers is not visible to the server.
    let given: serde_json::Value = serde_json::from_str(json).unwrap();
    let is_empty = |path: &String| matches!(given.pointer(path), Some(value) if *value == json!([]) || *value == json!({}));
    if !missing.is_empty() && missing.iter().all(is_empty) {
        return Ok(false);
    }
    if !missing.is_empty() {
        return Err(format!("{missing:?} are missing in {first:?}"));
    }
    let second = match value.request(&endpoint, &tokens) {
        Ok(second) => second,
        // The transport sets the header that the member is bound to.
        Err(error) if error.kind() == RequestErrorKind::ProtocolHeader => return Ok(false),
        Err(error) => return Err(format!("{error}\n{first:?}")),
    };
    let parts = |request: &http::Request<Bytes>| {
        (request.uri().to_string(), sorted(request.headers(), request.body()), request.body().clone())
    };
    same(parts(&first), parts(&second))
}

/// The client reads what the server writes: the server writes the same again.
pub(crate) fn output<I>(json: &str) -> Result<bool, String>
where
    I: Operation,
    I::Output: IntoResponse + Serialize + DeserializeOwned + Debug,
    I::Error: Debug,
{
    let value: I::Output =
        serde_json::from_str(json).map_err(|error| format!("not an output: {error}"))?;
    let Some(first) = response(&value) else {
        return Ok(false);
    };
    let parts = |response: &http::Response<Bytes>| {
        (response.status().to_string(), sorted(response.headers(), response.body()), response.body().clone())
    };
    let expected = parts(&first);
    let value = I::parse_response(first).map_err(|error| format!("{error:?} {expected:?}"))?;
    let second = response(&value).ok_or("is not written again")?;
    same(expected, parts(&second))
}

fn response<O: IntoResponse>(value: &O) -> Option<http::Response<Bytes>> {
    let response = respond(value).ok()?;
    // A member can be the status.
    if !response.status().is_success() {
        return None;
    }
    Some(response.map(|body| body.as_bytes().unwrap().clone()))
}

fn same<T: PartialEq + Debug>(first: T, second: T) -> Result<bool, String> {
    if first == second {
        Ok(true)
    } else {
        Err(format!("{first:?}\nbecame {second:?}"))
    }
}

/// The headers. An empty body is not there for the other side, so that its media type is left out.
fn sorted(headers: &HeaderMap, body: &Bytes) -> Vec<(String, String)> {
    let entries = headers.iter().filter(|(name, _)| *name != "content-type" || !body.is_empty());
    let mut entries: Vec<_> = entries
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    entries.sort();
    entries
}
