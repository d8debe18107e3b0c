//! Models that are not written by hand: the result is diagnostics or files, never a panic. The
//! fuzzer covers models with random errors.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

use serde_json::{Value, json};
use smithy_codegen::lint;
use smithy_model::{Code, Severity, Sources, load};

/// A service with one operation, whose input has these members, and further shapes.
fn service(members: Value, shapes: impl IntoIterator<Item = (String, Value)>) -> Sources {
    let operation = json!({
        "type": "operation",
        "input": {"target": "a#Input"},
        "traits": {"smithy.api#http": {"method": "POST", "uri": "/"}}
    });
    let service = json!({
        "type": "service",
        "version": "1",
        "operations": [{"target": "a#Get"}],
        "traits": {"aws.protocols#restJson1": {}}
    });
    let mut all: serde_json::Map<String, Value> = shapes.into_iter().collect();
    all.insert("a#Service".to_owned(), service);
    all.insert("a#Get".to_owned(), operation);
    all.insert(
        "a#Input".to_owned(),
        json!({"type": "structure", "members": members}),
    );
    let mut sources = Sources::new();
    sources.add(
        "model.json",
        json!({"smithy": "2.0", "shapes": all}).to_string(),
    );
    sources
}

/// The diagnostics of building the graph of a valid model.
fn errors(sources: &Sources) -> Vec<(Code, String)> {
    let loaded = load(sources);
    assert!(loaded.is_ok(), "{:#?}", loaded.diagnostics);
    let found = lint(&loaded.model)
        .diagnostics
        .into_iter()
        .filter(|d| d.severity == Severity::Error);
    found
        .map(|d| (d.code, d.shape.map(|id| id.to_string()).unwrap_or_default()))
        .collect()
}

/// Shapes in a cycle.
fn circle(count: usize, shape: impl Fn(Value) -> Value) -> Vec<(String, Value)> {
    let next = |i: usize| json!({"target": format!("a#C{}", (i + 1) % count)});
    (0..count)
        .map(|i| (format!("a#C{i}"), shape(next(i))))
        .collect()
}

/// Recursion over the shapes would overflow the stack of a test, which is 2 MiB.
#[test]
fn long_cycles_compile() {
    let structure = |next| json!({"type": "structure", "members": {"next": next}});
    let sources = service(
        json!({"first": {"target": "a#C0"}}),
        circle(30_000, structure),
    );
    assert_eq!(errors(&sources), []);
}

#[test]
fn deeply_nested_lists_are_rejected() {
    let mut lists = circle(30_000, |next| json!({"type": "list", "member": next}));
    lists.pop();
    lists.push(("a#C29999".to_owned(), json!({"type": "string"})));
    let sources = service(json!({"first": {"target": "a#C0"}}), lists);
    assert_eq!(
        errors(&sources),
        [(Code::UnsupportedShape, "a#C0".to_owned())]
    );
}

#[test]
fn wide_structures() {
    let members = |count: usize, traits: Value| -> Value {
        let member = |i| {
            (
                format!("m{i}"),
                json!({"target": "smithy.api#String", "traits": traits}),
            )
        };
        Value::Object((0..count).map(member).collect())
    };
    assert_eq!(errors(&service(members(10_000, json!({})), [])), []);
    let required = json!({"smithy.api#required": {}});
    assert_eq!(errors(&service(members(200, required.clone()), [])), []);
    let too_many = service(members(10_000, required), []);
    assert_eq!(
        errors(&too_many),
        [(Code::UnsupportedShape, "a#Input".to_owned())]
    );
}
