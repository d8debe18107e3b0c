//! Models that nobody writes by hand, and models with a mistake at random: diagnostics or files, never a panic.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod common;

use common::{Case, Random, for_each, repository};
use serde_json::{Value, json};
use smithy_codegen::{generate, lint};
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
    all.insert("a#Input".to_owned(), json!({"type": "structure", "members": members}));
    let mut sources = Sources::new();
    sources.add("model.json", json!({"smithy": "2.0", "shapes": all}).to_string());
    sources
}

/// What building the graph says, given that the model itself is right.
fn errors(sources: &Sources) -> Vec<(Code, String)> {
    let loaded = load(sources);
    assert!(loaded.is_ok(), "{:#?}", loaded.diagnostics);
    let found = lint(&loaded.model).diagnostics.into_iter().filter(|d| d.severity == Severity::Error);
    found.map(|d| (d.code, d.shape.map(|id| id.to_string()).unwrap_or_default())).collect()
}

/// Shapes of which each leads to the next, the last to the first.
fn circle(count: usize, shape: impl Fn(Value) -> Value) -> Vec<(String, Value)> {
    let next = |i: usize| json!({"target": format!("a#C{}", (i + 1) % count)});
    (0..count).map(|i| (format!("a#C{i}"), shape(next(i)))).collect()
}

/// With a call for each shape the stack would end: tests have two megabytes.
#[test]
fn long_circles() {
    let structure = |next| json!({"type": "structure", "members": {"next": next}});
    let sources = service(json!({"first": {"target": "a#C0"}}), circle(30_000, structure));
    assert_eq!(errors(&sources), []);
}

#[test]
fn deep_lists_are_refused() {
    let mut lists = circle(30_000, |next| json!({"type": "list", "member": next}));
    lists.pop();
    lists.push(("a#C29999".to_owned(), json!({"type": "string"})));
    let sources = service(json!({"first": {"target": "a#C0"}}), lists);
    assert_eq!(errors(&sources), [(Code::UnsupportedShape, "a#C0".to_owned())]);
}

#[test]
fn wide_structures() {
    let members = |count: usize, traits: Value| -> Value {
        let member = |i| (format!("m{i}"), json!({"target": "smithy.api#String", "traits": traits}));
        Value::Object((0..count).map(member).collect())
    };
    assert_eq!(errors(&service(members(10_000, json!({})), [])), []);
    let required = json!({"smithy.api#required": {}});
    assert_eq!(errors(&service(members(200, required.clone()), [])), []);
    let too_many = service(members(10_000, required), []);
    assert_eq!(errors(&too_many), [(Code::UnsupportedShape, "a#Input".to_owned())]);
}

/// How many edits are made of each model.
const EDITS: usize = 6;

#[test]
fn random_mistakes() {
    let mut cases = Case::all("fixtures");
    cases.push(Case::read(repository().join("model/appfabric")));
    for_each(&cases, |case| {
        let files: Vec<String> = case.sources.iter().map(|(_, file)| file.text.clone()).collect();
        for seed in 1..=EDITS {
            let mut random = Random(u64::try_from(seed).unwrap());
            let edited = random.below(files.len());
            let mut sources = Sources::new();
            for (index, text) in files.iter().enumerate() {
                let text = if index == edited { edit(text, &mut random) } else { text.clone() };
                sources.add(format!("{index}.json"), text);
            }
            let loaded = load(&sources);
            let told = match loaded.is_ok().then(|| generate(&loaded.model, &case.options)) {
                Some(Ok(_)) => true,
                Some(Err(problems)) => problems.iter().any(|d| d.severity == Severity::Error),
                None => loaded.diagnostics.iter().any(|d| d.severity == Severity::Error),
            };
            assert!(told, "seed {seed}: nothing is generated, and no error says why");
            // Places can be shown, wherever they are.
            common::render::all(&loaded.diagnostics, &sources);
        }
    });
}

/// A model with one mistake: cut off, or one of its values removed or replaced by another one of it.
fn edit(text: &str, random: &mut Random) -> String {
    if random.below(8) == 0 {
        let end = random.below(text.len());
        return text[..(0..=end).rev().find(|end| text.is_char_boundary(*end)).unwrap()].to_owned();
    }
    let mut model: Value = serde_json::from_str(text).unwrap();
    let mut pointers = Vec::new();
    collect(&model, String::new(), &mut pointers);
    let place = pointers[random.below(pointers.len())].clone();
    let other = model.pointer(&pointers[random.below(pointers.len())]).unwrap().clone();
    let plain = [json!(null), json!(1), json!("x"), json!([]), json!({}), json!(true)];
    let value = match random.below(4) {
        0 => return removed(model, &place),
        1 => plain[random.below(plain.len())].clone(),
        // Something of the same kind from elsewhere: another target, another trait, another shape.
        2 => similar(&model, &place, &pointers, random).unwrap_or(other),
        _ => other,
    };
    *model.pointer_mut(&place).unwrap() = value;
    model.to_string()
}

/// The value of another place that has the same key.
fn similar(model: &Value, place: &str, pointers: &[String], random: &mut Random) -> Option<Value> {
    let key = |pointer: &str| pointer.rsplit('/').next().map(str::to_owned);
    let same: Vec<&String> = pointers.iter().filter(|pointer| key(pointer) == key(place)).collect();
    model.pointer(same[random.below(same.len())]).cloned()
}

fn removed(mut model: Value, place: &str) -> String {
    let (parent, key) = place.rsplit_once('/').unwrap();
    match model.pointer_mut(parent) {
        Some(Value::Object(members)) => {
            members.remove(&key.replace("~1", "/").replace("~0", "~"));
        }
        Some(Value::Array(items)) => drop(items.remove(key.parse().unwrap())),
        _ => {}
    }
    model.to_string()
}

/// Where values stand, as JSON pointers; all but the whole.
fn collect(value: &Value, at: String, pointers: &mut Vec<String>) {
    let mut inner = |key: &str, value: &Value| {
        let pointer = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        pointers.push(pointer.clone());
        collect(value, pointer, pointers);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| inner(key, value)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| inner(&index.to_string(), value));
        }
        _ => {}
    }
}
