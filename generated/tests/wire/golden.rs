//! What an operation sends and reads.

use crate::model::{Model, short};
use crate::rules::{self, Request};
use crate::sample::{self, Extent};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The cases of an operation by name.
pub(crate) struct Golden {
    pub(crate) requests: BTreeMap<String, RequestCase>,
    pub(crate) responses: BTreeMap<String, ResponseCase>,
}

/// An input, and the request that it becomes.
pub(crate) struct RequestCase {
    pub(crate) input: Value,
    pub(crate) request: Request,
}

/// A response, and the output that it becomes.
pub(crate) struct ResponseCase {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Option<Value>,
    /// `None` for an error.
    pub(crate) output: Option<Value>,
    error: Option<(String, Value)>,
}

impl Golden {
    pub(crate) fn derive(model: &Model, operation: &str) -> Self {
        let (input, output) = (model.input(operation), model.output(operation));
        let requests = Extent::all(model, &input)
            .into_iter()
            .map(|(name, extent)| {
                let input = sample::structure(model, &input, extent);
                let request = rules::request(model, operation, &input);
                (name, RequestCase { input, request })
            });
        let status = rules::status(model, operation);
        let outputs = Extent::all(model, &output)
            .into_iter()
            .map(|(name, extent)| {
                let value = sample::structure(model, &output, extent);
                let (status, headers, body) = rules::response(model, &output, status, &value);
                let case = ResponseCase {
                    status,
                    headers,
                    body,
                    output: Some(value),
                    error: None,
                };
                (name, case)
            });
        let errors = model.errors(operation).into_iter().map(|error| {
            let value = sample::structure(model, error, Extent::Full(0));
            let (status, headers, body) = rules::response(model, error, status, &value);
            let error = Some((error.to_owned(), value));
            let name = error.as_ref().map(|(id, _)| short(id).to_owned()).unwrap();
            (
                name,
                ResponseCase {
                    status,
                    headers,
                    body,
                    output: None,
                    error,
                },
            )
        });
        Self {
            requests: requests.collect(),
            responses: outputs.chain(errors).collect(),
        }
    }

    /// The text of the golden file. Errors have a file of their own, because operations share them.
    pub(crate) fn text(&self, operation: &str) -> String {
        let requests = self.requests.iter().map(|(name, case)| {
            let RequestCase { input, request } = case;
            let Request {
                method,
                path,
                query,
                headers,
                body,
            } = request;
            let value = json!({
                "input": input, "method": method, "path": path, "query": query, "headers": headers, "body": body,
            });
            (name.clone(), value)
        });
        let responses = self
            .responses
            .iter()
            .filter(|(_, case)| case.error.is_none());
        let file = json!({
            "operation": operation,
            "requests": requests.collect::<Map<_, _>>(),
            "responses": responses.map(|(name, case)| (name.clone(), case.json())).collect::<Map<_, _>>(),
        });
        format!("{}\n", laid_out(&file, 0))
    }
}

/// The text of the file with the responses of all errors.
pub(crate) fn errors(model: &Model) -> String {
    let goldens = model
        .operations()
        .map(|operation| Golden::derive(model, operation));
    let responses = goldens.flat_map(|golden| golden.responses);
    let errors = responses.filter(|(_, case)| case.error.is_some());
    let file: Map<_, _> = errors.map(|(name, case)| (name, case.json())).collect();
    format!("{}\n", laid_out(&Value::Object(file), 0))
}

/// JSON in which a value that fits on a line is on one.
fn laid_out(value: &Value, indent: usize) -> String {
    const WIDTH: usize = 110;
    let line = value.to_string();
    let items: Vec<String> = match value {
        _ if indent > 0 && indent + line.len() < WIDTH => return line,
        Value::Array(items) => items
            .iter()
            .map(|item| laid_out(item, indent + 2))
            .collect(),
        Value::Object(members) => {
            let members = members.iter();
            members
                .map(|(name, value)| {
                    format!(
                        "{}: {}",
                        Value::from(name.as_str()),
                        laid_out(value, indent + 2)
                    )
                })
                .collect()
        }
        _ => return line,
    };
    let (open, close) = if value.is_array() {
        ("[", "]")
    } else {
        ("{", "}")
    };
    let gap = format!("\n{}", " ".repeat(indent + 2));
    format!(
        "{open}{gap}{}\n{}{close}",
        items.join(&format!(",{gap}")),
        " ".repeat(indent)
    )
}

impl ResponseCase {
    fn json(&self) -> Value {
        let Self {
            status,
            headers,
            body,
            output,
            ..
        } = self;
        let mut case = json!({ "status": status, "headers": headers, "body": body });
        // Usually the output is the body.
        if output != body && self.error.is_none() {
            case["output"] = json!(output);
        }
        case
    }

    /// The texts in an error that its `Debug` output shows.
    pub(crate) fn texts(&self, model: &Model) -> Vec<String> {
        let mut found = Vec::new();
        if let Some((id, value)) = &self.error {
            collect(model, id, value, &mut found);
        }
        found
    }
}

fn collect(model: &Model, id: &str, value: &Value, found: &mut Vec<String>) {
    if model.trait_of(id, "smithy.api#sensitive").is_some() {
        return;
    }
    match (model.kind(id).as_str(), value) {
        ("string", Value::String(text)) => found.push(text.clone()),
        ("structure", value) => {
            for member in model.members(id) {
                let is_hidden = member.trait_of("smithy.api#sensitive").is_some();
                if let Some(inner) = value.get(member.json_name()).filter(|_| !is_hidden) {
                    collect(model, member.target, inner, found);
                }
            }
        }
        ("list", Value::Array(items)) => {
            items
                .iter()
                .for_each(|item| collect(model, model.inner(id, "member"), item, found));
        }
        _ => {}
    }
}
