//! Whether programs break is not asserted but tried: one that uses every item of an API is compiled
//! against the crate of every changed model, and has to compile exactly where the verdict says so.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod common;
mod workspace;

use common::Case;
use serde_json::Value;
use smithy_codegen::{ApiChange, ApiVerdict, Options, compare_apis, generate};
use smithy_model::{Model, Sources, load};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use workspace::{Files, Workspace};

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api")
}

fn json(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(folder().join(name)).unwrap()).unwrap()
}

fn model(json: &Value) -> Model {
    let mut sources = Sources::new();
    sources.add("model.json", json.to_string());
    let loaded = load(&sources);
    assert!(
        loaded.is_ok(),
        "{}",
        common::render::all(&loaded.diagnostics, &sources)
    );
    loaded.model
}

/// RFC 7386, JSON Merge Patch.
fn patch(target: &mut Value, change: &Value) {
    let Value::Object(members) = change else {
        *target = change.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    for (name, change) in members {
        if change.is_null() {
            target.as_object_mut().unwrap().remove(name);
        } else {
            patch(&mut target[name], change);
        }
    }
}

fn options(crate_name: &str) -> Options {
    let (crate_name, runtime) = (
        Some(crate_name.to_owned()),
        Some(common::RUNTIME.to_owned()),
    );
    Options {
        crate_name,
        runtime,
        ..Options::default()
    }
}

/// Every changed model.
fn changed() -> BTreeMap<String, Model> {
    let changes = json("changes.json");
    let case = |(name, change): (&String, &Value)| {
        let mut changed = json("model.json");
        patch(&mut changed["shapes"], change);
        (name.clone(), model(&changed))
    };
    changes.as_object().unwrap().iter().map(case).collect()
}

fn verdicts() -> BTreeMap<String, ApiChange> {
    let old = model(&json("model.json"));
    let verdict = |(name, new)| (name, compare_apis(&old, &new, &options("shop")).unwrap());
    changed().into_iter().map(verdict).collect()
}

#[test]
fn verdicts_and_their_reasons() {
    let mut text = String::new();
    for (name, change) in verdicts() {
        text.push_str(&format!("{name}: {}\n", change.verdict()));
        for reason in change.reasons() {
            text.push_str(&format!("    {reason}\n"));
        }
    }
    let case = Case::read(folder());
    case.snapshot("verdicts", &text, 200);
}

/// What an operation's API is made of may lie in another structure: here the items of its pages.
#[test]
fn items_of_pages_can_change_far_from_their_operation() {
    let paged = |item: &str| {
        let mut changed = json("model.json");
        let shapes = &mut changed["shapes"];
        shapes["example.shop#ListItems"]["traits"]["smithy.api#paginated"]["items"] =
            "page.items".into();
        let page = serde_json::json!({"target": "example.shop#Page"});
        shapes["example.shop#ListItemsOutput"]["members"]["page"] = page;
        shapes["example.shop#Page"] = serde_json::json!({"type": "structure", "members": {"items": {"target": "example.shop#PageItems"}}});
        shapes["example.shop#PageItems"] =
            serde_json::json!({"type": "list", "member": {"target": item}});
        model(&changed)
    };
    let [old, new] = ["smithy.api#String", "smithy.api#Integer"].map(paged);
    let change = compare_apis(&old, &new, &options("shop")).unwrap();
    let of_operation: Vec<_> = change
        .breaking
        .iter()
        .filter(|reason| reason.text.starts_with("`operations::ListItems"))
        .collect();
    assert!(!of_operation.is_empty(), "{change:?}");
}

/// A reason names the shape or member that its item is made of, in the model that has it.
#[test]
fn reasons_name_shapes() {
    let verdicts = verdicts();
    let shapes = |name: &str| -> Vec<String> {
        let ApiChange {
            breaking,
            compatible,
        } = &verdicts[name];
        let named = breaking.iter().chain(compatible);
        named
            .map(|reason| {
                format!(
                    "{} {:?} {}",
                    reason.text,
                    reason.side,
                    reason.shape.as_str().rsplit('#').next().unwrap()
                )
            })
            .collect()
    };
    assert_eq!(
        shapes("member-removed"),
        ["`types::Item::made` is gone Old Item$made"]
    );
    assert_eq!(
        shapes("enum-value-removed"),
        ["`types::Color::Red` is gone Old Color$RED"]
    );
    assert_eq!(
        shapes("union-member-added"),
        ["`types::Kind::Counted` is new New Kind$counted"]
    );
    assert_eq!(
        shapes("input-member-made-required"),
        [
            "`operations::PutItem::builder()` now requires `note` New PutItem",
            "`operations::PutItem::note` was `Option<String>` and is `String` New PutItemInput$note",
        ]
    );
    assert_eq!(
        shapes("operation-added"),
        [
            "`Client::ping` is new New Shop",
            "`operations::Ping` is new New Ping",
            "`operations::PingOutput` is new New Ping",
        ]
    );
}

#[test]
fn a_program_compiles_where_the_verdict_says_so() {
    let models = changed();
    let workspace = workspace(&models);
    let arguments = [
        "check",
        "--workspace",
        "--keep-going",
        "--message-format",
        "json",
    ];
    let output = workspace.output(&arguments, &[]);
    let compiled = artifacts(&output.stdout);
    let mut wrong = Vec::new();
    for (name, change) in verdicts() {
        let is_compiled =
            |what: &str| compiled.contains(&format!("{what}-{name}").replace('-', "_"));
        assert!(
            is_compiled("shop"),
            "{name}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        if is_compiled("uses") == (change.verdict() == ApiVerdict::Breaking) {
            wrong.push(format!(
                "{name} is {}: {:?}",
                change.verdict(),
                change.reasons()
            ));
        }
    }
    assert!(
        compiled.contains("uses_nothing_changed"),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Of each model a crate, and the program that uses the API of the old one.
fn workspace(models: &BTreeMap<String, Model>) -> Workspace {
    let old = model(&json("model.json"));
    let models: Vec<(&str, &Model)> = models
        .iter()
        .map(|(name, model)| (name.as_str(), model))
        .chain([("nothing-changed", &old)])
        .collect();
    let names: Vec<String> = models
        .iter()
        .flat_map(|(name, _)| [format!("shop-{name}"), format!("uses-{name}")])
        .collect();
    let mut files = Files::of("api", &names.iter().map(String::as_str).collect::<Vec<_>>());
    let program = fs::read_to_string(folder().join("uses.rs")).unwrap();
    for (name, model) in models {
        let name_of_crate = format!("shop-{name}");
        files.put_crate(
            &name_of_crate,
            &generate(model, &options(&name_of_crate)).unwrap(),
        );
        let manifest = format!(
            "[package]\nname = \"uses-{name}\"\nedition = \"2024\"\n\n[dependencies]\n\
             shop = {{ package = \"shop-{name}\", path = \"../shop-{name}\" }}\n"
        );
        files.put(&format!("uses-{name}/Cargo.toml"), &manifest);
        files.put(&format!("uses-{name}/src/lib.rs"), &program);
    }
    files.finish()
}

/// The crates that cargo's messages call finished.
fn artifacts(messages: &[u8]) -> BTreeSet<String> {
    let finished = |line: &str| {
        let message: Value = serde_json::from_str(line).ok()?;
        let is_artifact = message["reason"] == "compiler-artifact";
        is_artifact.then(|| message["target"]["name"].as_str().map(str::to_owned))?
    };
    String::from_utf8_lossy(messages)
        .lines()
        .filter_map(finished)
        .collect()
}
