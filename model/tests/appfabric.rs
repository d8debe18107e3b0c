//! AppFabric's model in `model/appfabric`: its interface is the official one, and it is documented
//! completely.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

use smithy_model::import::undocumented;
use smithy_model::{Entry, Model, Node, Shape, ShapeKind, Sources, Traits, Value, load};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const DOCUMENTATION: &str = "smithy.api#documentation";
const ENDPOINT_TESTS: &str = "smithy.rules#endpointTests";
const ENDPOINT_RULES: &str = "smithy.rules#endpointRuleSet";

/// Returns the path of a file or folder of this crate.
fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Loads the model of these files.
fn model(paths: &[PathBuf]) -> Model {
    let mut sources = Sources::new();
    for path in paths {
        sources.add(
            path.display().to_string(),
            std::fs::read_to_string(path).unwrap(),
        );
    }
    let loaded = load(&sources);
    assert!(loaded.is_ok(), "{:#?}", loaded.diagnostics);
    loaded.model
}

fn ours() -> Model {
    model(&[here("appfabric/service.json"), here("appfabric/docs.json")])
}

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn the_interface_is_the_official_one() {
    let official =
        Path::new(env!("REFERENCE_DATA")).join("appfabric/smithy/appfabric-2023-05-19.json");
    let (official, ours) = (model(&[official]), ours());

    assert_eq!(
        ours.shapes.keys().collect::<Vec<_>>(),
        official.shapes.keys().collect::<Vec<_>>()
    );
    assert!(ours.shapes.len() > 140, "only {} shapes", ours.shapes.len());
    let mut differences = Vec::new();
    for (ours, official) in ours.shapes.values().zip(official.shapes.values()) {
        compare_shapes(ours, official, &mut differences);
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));

    let metadata = |model: &Model| {
        let entries = model
            .metadata
            .iter()
            .map(|(name, node)| format!("{name}: {}", node.to_json()));
        entries.collect::<BTreeSet<_>>()
    };
    assert_eq!(metadata(&ours), metadata(&official));
}

fn compare_shapes(ours: &Shape, official: &Shape, differences: &mut Vec<String>) {
    let id = &ours.id;
    let (kind, official_kind) = (describe(&ours.kind), describe(&official.kind));
    if kind != official_kind {
        differences.push(format!("{id} is {kind}, not {official_kind}"));
    }
    compare_traits(id.as_str(), &ours.traits, &official.traits, differences);
    // In order, since the order of members is part of the interface.
    let names = |shape: &Shape| {
        shape
            .members()
            .map(|member| member.name.clone())
            .collect::<Vec<_>>()
    };
    if names(ours) != names(official) {
        differences.push(format!(
            "{id} has {:?}, not {:?}",
            names(ours),
            names(official)
        ));
        return;
    }
    for (ours, official) in ours.members().zip(official.members()) {
        if ours.target != official.target {
            differences.push(format!(
                "{} is {}, not {}",
                ours.id, ours.target, official.target
            ));
        }
        compare_traits(
            ours.id.as_str(),
            &ours.traits,
            &official.traits,
            differences,
        );
    }
}

/// Describes the kind of a shape and its properties, except members.
fn describe(kind: &ShapeKind) -> String {
    match kind {
        ShapeKind::Service(service) => in_any_order(&format!("{service:?}")),
        ShapeKind::Resource(resource) => in_any_order(&format!("{resource:?}")),
        ShapeKind::Operation(operation) => in_any_order(&format!("{operation:?}")),
        _ => kind.name().to_owned(),
    }
}

/// A description with the items of its lists sorted, because their order has no meaning.
fn in_any_order(description: &str) -> String {
    let mut items: Vec<&str> = description.split([',', '[', ']', ' ']).collect();
    items.sort_unstable();
    items.join(" ")
}

fn compare_traits(id: &str, ours: &Traits, official: &Traits, differences: &mut Vec<String>) {
    let counted = |traits: &Traits| {
        let all = traits.iter().map(|(id, _)| id.clone());
        all.filter(|id| id != DOCUMENTATION && id != ENDPOINT_TESTS)
            .collect::<BTreeSet<_>>()
    };
    let (ids, official_ids) = (counted(ours), counted(official));
    differences.extend(
        ids.difference(&official_ids)
            .map(|extra| format!("{id} has {extra}, which is not official")),
    );
    differences.extend(
        official_ids
            .difference(&ids)
            .map(|missing| format!("{id} lacks {missing}")),
    );
    for name in ids.intersection(&official_ids) {
        let value = |traits: &Traits| {
            let node = traits.get(name.as_str()).unwrap().clone();
            if name == ENDPOINT_RULES {
                without_words(node)
            } else {
                node
            }
        };
        let (ours, official) = (value(ours), value(official));
        if ours != official {
            differences.push(format!(
                "{id} has {name} {}, not {}",
                ours.to_json(),
                official.to_json()
            ));
        }
    }
}

/// Returns endpoint rules without the text of each `documentation` and `error`.
fn without_words(mut node: Node) -> Node {
    match &mut node.value {
        Value::Array(items) => {
            for item in items {
                *item = without_words(item.clone());
            }
        }
        Value::Object(members) => {
            for (name, Entry { node, .. }) in members {
                let words = matches!(name.as_str(), "documentation" | "error");
                match &mut node.value {
                    Value::String(text) if words => text.clear(),
                    _ => *node = without_words(node.clone()),
                }
            }
        }
        _ => {}
    }
    node
}

#[test]
fn everything_is_documented() {
    let found = undocumented(&ours());
    assert!(
        found.is_empty(),
        "add documentation, most of it to docs.json, for {found:#?}"
    );
    // Without docs.json every shape and member lacks it.
    let found = undocumented(&model(&[here("appfabric/service.json")]));
    assert!(found.len() > 300, "only {} shapes and members", found.len());
}

#[test]
fn docs_json_has_all_documentation_and_nothing_else() {
    let model = ours();
    let docs = raw("appfabric/docs.json");
    let entries = docs.get("shapes").unwrap().as_object().unwrap();
    for (id, Entry { node, .. }) in entries {
        let (shape, member) = id
            .split_once('$')
            .map_or((id.as_str(), None), |(shape, name)| (shape, Some(name)));
        let shape = model
            .shapes
            .get(shape)
            .unwrap_or_else(|| panic!("no {shape} for the entry {id}"));
        let traits = match member {
            Some(name) => {
                &shape
                    .member(name)
                    .unwrap_or_else(|| panic!("no such member: {id}"))
                    .traits
            }
            None => &shape.traits,
        };
        assert_eq!(
            node.get("type").and_then(Node::as_str),
            Some("apply"),
            "{id}"
        );
        let applied = node.get("traits").unwrap().as_object().unwrap();
        assert_eq!(applied.keys().collect::<Vec<_>>(), [DOCUMENTATION], "{id}");
        assert_eq!(
            documentation(traits),
            applied[DOCUMENTATION].node.as_str(),
            "{id}"
        );
    }
    let sorted: BTreeSet<_> = entries.keys().collect();
    assert!(entries.keys().eq(sorted), "the entries are not sorted");

    for (id, Entry { node, .. }) in raw("appfabric/service.json")
        .get("shapes")
        .unwrap()
        .as_object()
        .unwrap()
    {
        assert!(
            !node.to_json().contains(&format!("\"{DOCUMENTATION}\"")),
            "{id} is documented in service.json"
        );
    }
}

/// Parses a file without loading it.
fn raw(path: &str) -> Node {
    let mut sources = Sources::new();
    let id = sources.add(path, std::fs::read_to_string(here(path)).unwrap());
    Node::parse(&sources, id).unwrap()
}

fn documentation(traits: &Traits) -> Option<&str> {
    traits.get(DOCUMENTATION)?.as_str()
}
