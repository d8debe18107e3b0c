//! botocore's format: `botocore/` holds a service with everything that it can say, and, in `smithy.json`, the same
//! service as Smithy's JSON AST says it.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

use smithy_model::{Loaded, Member, Model, Shape, ShapeKind, Sources, Traits, load};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/botocore")
}

fn text(name: &str) -> String {
    fs::read_to_string(folder().join(name)).unwrap()
}

fn load_texts(texts: &[&str]) -> (Sources, Loaded) {
    let mut sources = Sources::new();
    for (index, text) in texts.iter().enumerate() {
        sources.add(format!("{index}.json"), *text);
    }
    let loaded = load(&sources);
    (sources, loaded)
}

/// All but `smithy.json`, in any order: extras may come before what they extend.
fn botocore() -> Model {
    let mut names: Vec<_> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    let texts: Vec<_> =
        names.iter().filter(|name| *name != "smithy.json").map(|name| text(name.to_str().unwrap())).collect();
    let (sources, loaded) = load_texts(&texts.iter().rev().map(String::as_str).collect::<Vec<_>>());
    assert!(loaded.diagnostics.is_empty(), "{:#?}", summary(&sources, &loaded));
    loaded.model
}

fn summary(sources: &Sources, loaded: &Loaded) -> Vec<String> {
    let place = |span: Option<_>| span.map(|span| sources.place(span)).unwrap_or_default();
    loaded.diagnostics.iter().map(|d| format!("{} {} {}", d.code, place(d.span), d.message)).collect()
}

/// What a shape is, line by line, without places.
fn lines(shape: &Shape) -> Vec<String> {
    let mut lines = vec![format!("{} {}", shape.id, shape.kind.name())];
    match &shape.kind {
        ShapeKind::Service(service) => lines.push(format!("{service:?}")),
        ShapeKind::Operation(operation) => lines.push(format!("{operation:?}")),
        _ => {}
    }
    lines.extend(traits(&shape.traits));
    for Member { name, target, traits: own, .. } in shape.members() {
        lines.push(format!("{name}: {target}"));
        lines.extend(traits(own).into_iter().map(|line| format!("    {line}")));
    }
    lines
}

fn traits(traits: &Traits) -> Vec<String> {
    traits
        .iter()
        .map(|(id, node)| (id.as_str(), sorted(node)))
        .collect::<BTreeMap<_, _>>()
        .into_iter()
        .map(|(id, value)| format!("@{id} {value}"))
        .collect()
}

/// JSON with sorted keys.
fn sorted(node: &smithy_model::Node) -> String {
    serde_json::from_str::<serde_json::Value>(&node.to_json()).unwrap().to_string()
}

#[test]
fn it_says_the_same_as_smithy() {
    let smithy = text("smithy.json");
    let (sources, loaded) = load_texts(&[&smithy]);
    assert!(loaded.diagnostics.is_empty(), "{:#?}", summary(&sources, &loaded));
    let botocore = botocore();
    let ids = |model: &Model| model.shapes.keys().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(ids(&botocore), ids(&loaded.model));
    for (ours, smithys) in botocore.shapes.values().zip(loaded.model.shapes.values()) {
        assert_eq!(lines(ours), lines(smithys));
    }
}
