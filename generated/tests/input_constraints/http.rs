//! HTTP requests from inputs, by the rules of restJson1.

use appfabric::rt::Body;
use appfabric::rt::http::Request;
use serde_json::{Map, Value};

/// The names of the operations.
pub(crate) fn operations(model: &Value) -> Vec<String> {
    let shapes = model["shapes"].as_object().unwrap().iter();
    let operations = shapes.filter(|(_, shape)| shape["type"] == "operation");
    operations
        .map(|(id, _)| id.split('#').nth(1).unwrap().to_owned())
        .collect()
}

/// The shape of an operation.
pub(crate) fn operation<'m>(model: &'m Value, name: &str) -> &'m Value {
    let shapes = model["shapes"].as_object().unwrap();
    let suffix = format!("#{name}");
    let (_, shape) = shapes.iter().find(|(id, _)| id.ends_with(&suffix)).unwrap();
    shape
}

/// The request with an input.
pub(crate) fn request(model: &Value, name: &str, input: &Value) -> Request<Body> {
    let operation = operation(model, name);
    let http = &operation["traits"]["smithy.api#http"];
    let members = &model["shapes"][operation["input"]["target"].as_str().unwrap()]["members"];
    let mut uri = http["uri"].as_str().unwrap().to_owned();
    let (mut query, mut body) = (Vec::new(), Map::new());
    for (name, value) in input.as_object().unwrap() {
        let traits = &members[name]["traits"];
        if traits.get("smithy.api#httpLabel").is_some() {
            uri = uri.replace(&format!("{{{name}}}"), &encoded(&text(value)));
        } else if let Some(parameter) = traits.get("smithy.api#httpQuery") {
            let values = value
                .as_array()
                .cloned()
                .unwrap_or_else(|| vec![value.clone()]);
            let parameter = parameter.as_str().unwrap();
            query.extend(
                values
                    .iter()
                    .map(|value| format!("{parameter}={}", encoded(&text(value)))),
            );
        } else {
            body.insert(name.clone(), value.clone());
        }
    }
    if !query.is_empty() {
        uri = format!("{uri}?{}", query.join("&"));
    }
    let has_body = members.as_object().unwrap().values().any(|member| {
        let traits = &member["traits"];
        traits.get("smithy.api#httpLabel").is_none() && traits.get("smithy.api#httpQuery").is_none()
    });
    let request = Request::builder()
        .method(http["method"].as_str().unwrap())
        .uri(uri);
    if has_body {
        let body = Value::Object(body).to_string();
        request
            .header("content-type", "application/json")
            .body(Body::from(body))
            .unwrap()
    } else {
        request.body(Body::default()).unwrap()
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Percent-encoded, except for unreserved characters.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            byte => format!("%{byte:02X}"),
        })
        .collect()
}
