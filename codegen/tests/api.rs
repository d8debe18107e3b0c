//! Verdicts on API changes, checked with rustc: a program that uses every item of an API is
//! compiled against the crate of each changed model. It compiles if and only if the verdict says
//! so.

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
use smithy_codegen::{
    ApiChange, ApiVerdict, ChangeKind, ItemChange, Options, compare_apis, generate,
};
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
    let (crate_name, manifest) = (Some(crate_name.to_owned()), Some(common::manifest()));
    Options {
        crate_name,
        manifest,
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
    let options = options("shop");
    let verdict = |(name, new): (_, Model)| {
        (
            name,
            compare_apis((&old, &options), (&new, &options)).unwrap(),
        )
    };
    changed().into_iter().map(verdict).collect()
}

#[test]
fn verdicts_list_the_deciding_changes() {
    let mut text = String::new();
    for (name, change) in verdicts() {
        text.push_str(&format!("{name}: {}\n", change.verdict()));
        for item in change.deciding() {
            text.push_str(&format!("    {item}\n"));
        }
    }
    let case = Case::read(folder());
    case.snapshot("verdicts", &text, 200);
}

/// The API of an operation can depend on a structure in its output, which contains the items of the
/// pages here.
#[test]
fn changes_of_page_items_are_breaking() {
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
    let change = compare_apis((&old, &options("shop")), (&new, &options("shop"))).unwrap();
    let of_operation: Vec<_> = change
        .breaking
        .iter()
        .filter(|change| change.item.starts_with("operations::ListItems"))
        .collect();
    assert!(!of_operation.is_empty(), "{change:?}");
}

/// Programs depend on the traits of serde, which are an option of the generator.
#[test]
fn the_traits_of_serde_are_part_of_the_api() {
    let model = model(&json("model.json"));
    let without = options("shop");
    let with = Options {
        serde: true,
        ..options("shop")
    };
    let added = compare_apis((&model, &without), (&model, &with)).unwrap();
    assert_eq!(added.verdict(), ApiVerdict::Compatible);
    let items: Vec<_> = added.compatible.iter().map(ToString::to_string).collect();
    assert_eq!(items, ["`feature = \"serde\"` was added"]);
    let removed = compare_apis((&model, &with), (&model, &without)).unwrap();
    assert_eq!(removed.verdict(), ApiVerdict::Breaking);
    let same = compare_apis((&model, &with), (&model, &with)).unwrap();
    assert_eq!(same.verdict(), ApiVerdict::Unchanged);
}

/// A change names the shape or member that its item is generated from, and the model that has it.
#[test]
fn every_change_names_its_shape() {
    let verdicts = verdicts();
    let shapes = |name: &str| -> Vec<String> {
        let line = |change: &ItemChange| {
            let shape = change.shape.as_str().rsplit('#').next().unwrap();
            format!("{change} {:?} {shape}", change.side())
        };
        verdicts[name].items().map(line).collect()
    };
    assert_eq!(
        shapes("member-removed"),
        ["`types::Item::made` was removed Old Item$made"]
    );
    assert_eq!(
        shapes("enum-value-removed"),
        ["`types::Color::Red` was removed Old Color$RED"]
    );
    assert_eq!(
        shapes("union-member-added"),
        ["`types::Kind::Counted` was added New Kind$counted"]
    );
    assert_eq!(
        shapes("input-member-made-required"),
        [
            "`operations::PutItem::builder()` now requires `note` New PutItem",
            "`operations::PutItem::note` changed from `Option<String>` to `String` New PutItemInput$note",
        ]
    );
    assert_eq!(
        shapes("operation-added"),
        [
            "`Client::ping` was added New Shop",
            "`operations::Ping` was added New Ping",
            "`operations::PingOutput` was added New Ping",
        ]
    );
}

/// Every kind of change occurs for a changed model, with the difference as data.
#[test]
fn every_kind_of_change() {
    let verdicts = verdicts();
    let kind = |name: &str, item: &str| {
        let change = verdicts[name].items().find(|change| change.item == item);
        change
            .unwrap_or_else(|| panic!("{name}: no {item}"))
            .kind
            .clone()
    };
    assert_eq!(
        kind("enum-value-added", "types::Color::Green"),
        ChangeKind::Added
    );
    assert_eq!(
        kind("enum-value-removed", "types::Color::Red"),
        ChangeKind::Removed
    );
    assert_eq!(
        kind("deprecated", "types::Item::made"),
        ChangeKind::Deprecated
    );
    assert_eq!(
        kind("member-widened", "types::Item::count"),
        ChangeKind::Signature {
            old: "i32".to_owned(),
            new: "i64".to_owned()
        }
    );
    assert_eq!(
        kind("required-member-added", "types::Size::builder()"),
        ChangeKind::RequiresMore(vec!["depth".to_owned()])
    );
    assert_eq!(
        kind(
            "default-of-a-required-member-added",
            "types::Size::builder()"
        ),
        ChangeKind::RequiresLess(vec!["width".to_owned()])
    );
}

#[test]
fn the_verdict_agrees_with_the_compiler() {
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
                change.deciding()
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

/// The crate of each model, with the program that uses the API of the old model's crate.
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

/// The crates that compiled, according to cargo's messages.
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

/// Each change is one that the compiler does not see, and is reported by the name of the Rust item.
#[test]
fn behavior_is_compared() {
    let base = serde_json::json!({ "smithy": "2.0", "shapes": {
        "a#S": { "type": "service", "version": "1", "operations": [{ "target": "a#Get" }],
            "errors": [{ "target": "a#Busy" }], "traits": { "aws.protocols#restJson1": {} } },
        "a#Get": { "type": "operation", "input": { "target": "a#GetInput" }, "output": { "target": "a#GetOutput" },
            "errors": [{ "target": "a#Gone" }],
            "traits": { "smithy.api#http": { "method": "POST", "uri": "/x" },
                "smithy.waiters#waitable": { "Done": { "acceptors": [
                    { "state": "success", "matcher": { "success": true } }] } } } },
        "a#GetInput": { "type": "structure", "members": {
            "name": { "target": "a#Name" }, "color": { "target": "a#Color" } },
            "traits": { "smithy.api#input": {} } },
        "a#GetOutput": { "type": "structure", "members": { "choice": { "target": "a#Choice" },
            "size": { "target": "smithy.api#Integer", "traits": { "smithy.api#default": 1 } } },
            "traits": { "smithy.api#output": {} } },
        "a#Name": { "type": "string" },
        "a#Color": { "type": "enum", "members": {
            "RED": { "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": "red" } } } },
        "a#Choice": { "type": "union", "members": { "text": { "target": "a#Name" } } },
        "a#Busy": { "type": "structure", "members": { "message": { "target": "smithy.api#String" } },
            "traits": { "smithy.api#error": "server" } },
        "a#Gone": { "type": "structure", "members": { "message": { "target": "smithy.api#String" } },
            "traits": { "smithy.api#error": "client" } }
    } });
    let get = "operations::Get";
    for (shape, change, expected) in [
        (
            "a#Name",
            serde_json::json!({ "traits": { "smithy.api#length": { "min": 1 } } }),
            vec![
                format!("the constraints of `{get}::name`"),
                "the constraints of `types::Choice::Text`".to_owned(),
            ],
        ),
        (
            "a#Name",
            serde_json::json!({ "traits": { "smithy.api#sensitive": {} } }),
            vec![
                format!("`Debug` output no longer contains the value of `{get}::name`"),
                "`Debug` output no longer contains the value of `types::Choice::Text`".to_owned(),
            ],
        ),
        (
            "a#GetOutput",
            serde_json::json!({ "members": { "size": { "traits": { "smithy.api#default": 2 } } } }),
            vec![format!("the default of `{get}Output::size`")],
        ),
        (
            "a#Color",
            serde_json::json!({ "members": { "RED": { "traits": { "smithy.api#enumValue": "rot" } } } }),
            vec!["the value of `types::Color::Red`".to_owned()],
        ),
        (
            "a#Get",
            serde_json::json!({ "errors": [] }),
            vec![format!("`{get}` no longer returns `Error::Gone`")],
        ),
        (
            "a#Get",
            serde_json::json!({ "traits": { "smithy.waiters#waitable": { "Done": { "acceptors": [
                { "state": "success", "matcher": { "errorType": "Gone" } }] } } } }),
            vec![format!(
                "the conditions of `{get}::builder().wait_until_done`"
            )],
        ),
        (
            "a#Choice",
            serde_json::json!({ "traits": { "smithy.api#documentation": "New." } }),
            vec!["the documentation of `types::Choice`".to_owned()],
        ),
        // Nothing that users of the crate see.
        (
            "a#Get",
            serde_json::json!({ "traits": { "smithy.api#http": { "code": 201 } } }),
            vec![],
        ),
    ] {
        let mut changed = base.clone();
        patch(&mut changed["shapes"][shape], &change);
        let compare = |old: &Value, new: &Value| {
            let change = compare_apis(
                (&model(old), &Options::default()),
                (&model(new), &Options::default()),
            )
            .unwrap();
            change
                .behavior
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(compare(&base, &changed), expected, "{change}");
        assert_eq!(compare(&changed, &base).len(), expected.len(), "{change}");
        assert_eq!(compare(&base, &base), [""; 0]);
    }
}
