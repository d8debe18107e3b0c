//! The rules of restJson1 for requests and responses (Smithy, "AWS restJson1 protocol" and "HTTP
//! binding traits"), applied to the model.

use crate::TOKEN;
use crate::model::{Member, Model, short};
use crate::sample;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The request ID of every response.
pub(crate) const REQUEST_ID: &str = "9f1c6f0e-1b7d-4a7e-9d0c-2f5b8e7a6c31";

/// A request without what the transport adds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    /// The parameters, sorted, because their order has no meaning.
    pub(crate) query: Vec<String>,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Option<Value>,
}

/// The status of a response, its headers and its body.
pub(crate) type Response = (u16, BTreeMap<String, String>, Option<Value>);

/// The request of an operation with this input.
pub(crate) fn request(model: &Model, operation: &str, input: &Value) -> Request {
    let http = model
        .operation(operation)
        .get("traits")
        .unwrap()
        .get("smithy.api#http")
        .unwrap();
    let text = |name: &str| http.get(name).and_then(Value::as_str).unwrap().to_owned();
    let (mut path, literal) = match text("uri").split_once('?') {
        Some((path, query)) => (path.to_owned(), Some(query.to_owned())),
        None => (text("uri"), None),
    };
    let mut request = Request {
        method: text("method"),
        ..Request::default()
    };
    let mut query: Vec<String> = literal.into_iter().collect();
    let (mut body, mut has_body, mut payload) = (Map::new(), false, None);
    for member in model.members(&model.input(operation)) {
        let token = member
            .trait_of("smithy.api#idempotencyToken")
            .map(|_| Value::from(TOKEN));
        let value = input.get(member.name).cloned().or(token);
        let text = |value: &Value| text_of(model, member, value);
        let each = |value: &Value| match value {
            Value::Array(items) => items.iter().map(text).collect::<Vec<_>>(),
            value => vec![text(value)],
        };
        if member.trait_of("smithy.api#httpLabel").is_some() {
            let value = text(&value.unwrap());
            path = path.replace(&format!("{{{}}}", member.name), &encoded(&value, ""));
            path = path.replace(&format!("{{{}+}}", member.name), &encoded(&value, "/"));
        } else if let Some(name) = member.text_of("smithy.api#httpQuery") {
            let values = value.iter().flat_map(each);
            query.extend(
                values.map(|value| format!("{}={}", encoded(name, ""), encoded(&value, ""))),
            );
        } else if member.trait_of("smithy.api#httpQueryParams").is_some() {
            for (name, value) in value.iter().flat_map(members) {
                let values = each(value).into_iter();
                query.extend(
                    values.map(|value| format!("{}={}", encoded(name, ""), encoded(&value, ""))),
                );
            }
        } else if let Some(name) = member.text_of("smithy.api#httpHeader") {
            let values: Vec<String> = value.iter().flat_map(each).collect();
            if !values.is_empty() {
                request
                    .headers
                    .insert(name.to_ascii_lowercase(), values.join(", "));
            }
        } else if let Some(prefix) = member.text_of("smithy.api#httpPrefixHeaders") {
            for (name, value) in value.iter().flat_map(members) {
                request
                    .headers
                    .insert(format!("{prefix}{name}").to_ascii_lowercase(), text(value));
            }
        } else if member.trait_of("smithy.api#httpPayload").is_some() {
            has_body = true;
            payload = value;
        } else {
            has_body = true;
            body.extend(value.map(|value| (member.json_name().to_owned(), value)));
        }
    }
    request.body = has_body.then(|| payload.unwrap_or(Value::Object(body)));
    if request.body.is_some() {
        request
            .headers
            .insert("content-type".to_owned(), "application/json".to_owned());
    }
    query.sort();
    Request {
        path,
        query,
        ..request
    }
}

/// The members of an object.
fn members(value: &Value) -> &Map<String, Value> {
    value.as_object().unwrap()
}

/// The text of a string, or the digits of another scalar.
fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// A response with this output or error.
pub(crate) fn response(model: &Model, shape: &str, status: u16, value: &Value) -> Response {
    let mut headers = BTreeMap::from([("x-amzn-requestid".to_owned(), REQUEST_ID.to_owned())]);
    let (mut body, mut payload, mut status) = (Map::new(), None, status);
    if let Some(code) = model.trait_of(shape, "smithy.api#error") {
        let fallback = if code.as_str() == Some("client") {
            400
        } else {
            500
        };
        let own = model
            .trait_of(shape, "smithy.api#httpError")
            .and_then(Value::as_i64);
        status = own
            .and_then(|code| u16::try_from(code).ok())
            .unwrap_or(fallback);
        headers.insert("x-amzn-errortype".to_owned(), short(shape).to_owned());
    }
    for member in model.members(shape) {
        let Some(value) = value.get(member.name) else {
            continue;
        };
        if let Some(name) = member.text_of("smithy.api#httpHeader") {
            headers.insert(name.to_ascii_lowercase(), text_of(model, member, value));
        } else if member.trait_of("smithy.api#httpResponseCode").is_some() {
            status = plain(value).parse().unwrap();
        } else if member.trait_of("smithy.api#httpPayload").is_some() {
            payload = Some(value.clone());
        } else {
            body.insert(member.json_name().to_owned(), value.clone());
        }
    }
    let document = (!body.is_empty()).then_some(Value::Object(body));
    (status, headers, payload.or(document))
}

/// The status of an operation's successful responses.
pub(crate) fn status(model: &Model, operation: &str) -> u16 {
    let http = model
        .operation(operation)
        .get("traits")
        .unwrap()
        .get("smithy.api#http")
        .unwrap();
    let code = http.get("code").and_then(Value::as_i64).unwrap_or(200);
    u16::try_from(code).unwrap()
}

/// The text of a value in a label, query or header.
fn text_of(model: &Model, member: Member<'_>, value: &Value) -> String {
    let kind = model.kind(member.target);
    let format = member.text_of("smithy.api#timestampFormat");
    let format = format.or_else(|| sample::format(model, member.target, member.name));
    match (kind.as_str(), format) {
        ("timestamp", Some("date-time" | "http-date" | "epoch-seconds")) => plain(value),
        ("timestamp", _) => panic!(
            "the timestamp {} has different forms in JSON and here: add them to rules.rs",
            member.name
        ),
        _ => plain(value),
    }
}

/// Percent-encodes a text, without these characters (RFC 3986, section 2.3).
fn encoded(text: &str, kept: &str) -> String {
    let is_kept = |byte: u8| {
        byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.as_bytes().contains(&byte)
    };
    let encode = |byte: u8| match byte {
        byte if is_kept(byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}
