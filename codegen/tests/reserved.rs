//! Models with the names that emitted code uses. Their crates compile.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod common;
mod workspace;

use common::{Case, manifest, render, repository};
use proc_macro2::{TokenStream, TokenTree};
use serde_json::{Map, Value, json};
use smithy_codegen::{Generated, Options, generate};
use smithy_model::{Sources, load};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

#[test]
fn names_of_emitted_code_can_be_names_in_a_model() {
    let [all, indexes] = names();
    for name in [
        "Err",
        "Builder",
        "Failure",
        "missing",
        "rt",
        "SERVICE",
        "endpoint_parameter",
        "_1",
    ] {
        assert!(all.contains(name), "{name} of {all:?}");
    }
    let crates = [
        ("reserved-shapes", shapes(&all)),
        // A name that protocol tests use as well.
        ("case", operations(&indexes)),
        ("reserved-settings", settings(&all)),
    ];
    let crates = crates.map(|(name, model)| (name, generated(name, &model)));
    crates.iter().for_each(|(_, generated)| {
        generated
            .files
            .iter()
            .for_each(|(path, _)| assert_writable(path))
    });
    let workspace = workspace::write_crates("reserved", &crates);
    for features in [
        ["--features=call", "--all-targets"],
        ["--no-default-features", "--lib"],
    ] {
        workspace.cargo(
            &[&["check", "--quiet", "--workspace"], features.as_slice()].concat(),
            "RUSTFLAGS",
        );
    }
}

/// Windows rejects names of devices with any extension, and few file systems accept more than 255
/// bytes.
fn assert_writable(path: &str) {
    let name = path.rsplit('/').next().unwrap();
    let stem = name.split('.').next().unwrap().to_ascii_lowercase();
    let port = |device| {
        stem.strip_prefix(device)
            .is_some_and(|port| matches!(port.as_bytes(), [b'0'..=b'9']))
    };
    let refused = matches!(&*stem, "con" | "prn" | "aux" | "nul") || port("com") || port("lpt");
    assert!(!refused && name.len() <= 255, "{path}");
}

/// The identifiers that the crates of two fixtures share, which therefore come from the generator,
/// those of the runtime's macros and client builder, and a few that no code has. The second list is
/// without those that only occur in files of a single shape or operation.
fn names() -> [BTreeSet<String>; 2] {
    let is_index = |path: &str| path.ends_with("/mod.rs") || path.matches('/').count() == 1;
    let mut users: BTreeMap<String, (usize, bool)> = BTreeMap::new();
    for case in Case::all("fixtures") {
        let files = case.generated().files;
        let sources = || {
            files
                .iter()
                .filter(|(path, _)| path.starts_with("src/") && path.ends_with(".rs"))
        };
        let (mut found, mut indexed) = (BTreeSet::new(), BTreeSet::new());
        for (path, text) in sources() {
            let found = if is_index(path) {
                &mut indexed
            } else {
                &mut found
            };
            identifiers(text.parse().unwrap(), found);
        }
        for name in found.union(&indexed) {
            let user = users.entry(name.clone()).or_default();
            *user = (user.0 + 1, user.1 || indexed.contains(name));
        }
    }
    let mut others = BTreeSet::new();
    runtime(&repository().join("runtime/src"), &mut others);
    others.extend(OTHERS.map(str::to_owned));
    others.extend(["A", "B"].map(|end| "Long".repeat(80) + end));
    let shared = users.into_iter().filter(|(_, (crates, _))| *crates > 1);
    let (indexes, rest): (Vec<_>, Vec<_>) = shared.partition(|(_, (_, indexed))| *indexed);
    let indexes: BTreeSet<String> = indexes
        .into_iter()
        .map(|(name, _)| name)
        .chain(others)
        .collect();
    let all = rest
        .into_iter()
        .map(|(name, _)| name)
        .chain(indexes.iter().cloned())
        .collect();
    [all, indexes].map(|mut names: BTreeSet<String>| {
        names.retain(|name| name.contains(|c: char| c.is_ascii_alphanumeric()));
        names
    })
}

/// Names without letters, keywords, crates, and names of files that Windows rejects.
const OTHERS: [&str; 17] = [
    "_1",
    "_1_",
    "self",
    "Self",
    "crate",
    "super",
    "mod",
    "main",
    "std",
    "core",
    "alloc",
    "smithy_rt",
    "con",
    "nul",
    "aux",
    "com1",
    "lpt9",
];

fn identifiers(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => identifiers(group.stream(), found),
            TokenTree::Ident(name) => {
                found.insert(name.to_string().trim_start_matches("r#").to_owned());
            }
            _ => {}
        }
    }
}

/// The identifiers of the macros in a folder of the runtime, and of the methods of `Builder`.
fn runtime(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            runtime(&path, found);
            continue;
        }
        // The guides are Markdown.
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let all_functions = path.ends_with("client/config/builder.rs");
        for item in syn::parse_file(&text).unwrap().items {
            match item {
                syn::Item::Macro(item) => identifiers(item.mac.tokens, found),
                syn::Item::Impl(item) if all_functions => {
                    for item in item.items {
                        if let syn::ImplItem::Fn(function) = item {
                            found.insert(function.sig.ident.to_string());
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

/// Names that differ in more than case, as Smithy requires for shapes and members.
fn distinct(names: &BTreeSet<String>) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    names
        .iter()
        .map(String::as_str)
        .filter(|name| seen.insert(name.to_ascii_lowercase()))
        .collect()
}

fn string() -> Value {
    json!({"target": "d#OurText"})
}

fn model(
    service: Value,
    operations: &[&str],
    shapes: impl IntoIterator<Item = (String, Value)>,
) -> Value {
    let mut all: Map<String, Value> = shapes.into_iter().collect();
    let mut service = service;
    service["type"] = json!("service");
    service["version"] = json!("1");
    let targets: Vec<Value> = operations
        .iter()
        .map(|name| json!({"target": format!("o#{name}")}))
        .collect();
    service["operations"] = json!(targets);
    service["traits"]["aws.protocols#restJson1"] = json!({});
    all.insert("s#OurService".to_owned(), service);
    all.insert("d#OurText".to_owned(), json!({"type": "string"}));
    json!({"smithy": "2.0", "shapes": all})
}

/// Structures with the names, all of them errors, and a structure, a paginated operation, a union
/// and enums whose members have the names.
fn shapes(names: &BTreeSet<String>) -> Value {
    let names = distinct(names);
    let members = |member: &dyn Fn(&str) -> Value| -> Value {
        json!(
            names
                .iter()
                .map(|name| ((*name).to_owned(), member(name)))
                .collect::<Map<_, _>>()
        )
    };
    let structure =
        |member: &dyn Fn(&str) -> Value| json!({"type": "structure", "members": members(member)});
    let needed: Map<String, Value> = names
        .iter()
        .filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
        .step_by(4)
        .take(150)
        .map(|name| {
            (
                (*name).to_owned(),
                json!({"target": "d#OurText", "traits": {"smithy.api#required": {}}}),
            )
        })
        .collect();
    let unit = |traits: Value| json!({"target": "smithy.api#Unit", "traits": traits});
    let mut pages = structure(&|_| string());
    pages["members"]["ourToken"] = string();
    let mut shapes = vec![
        ("d#OurTexts".to_owned(), structure(&|_| string())),
        (
            "d#OurNeeded".to_owned(),
            json!({"type": "structure", "members": needed}),
        ),
        (
            "d#OurErrors".to_owned(),
            structure(&|name| json!({"target": format!("e#{name}")})),
        ),
        (
            "d#OurUnion".to_owned(),
            json!({"type": "union", "members": members(&|name| json!({"target": format!("e#{name}")}))}),
        ),
        (
            "d#OurEnum".to_owned(),
            json!({"type": "enum", "members": members(&|name| unit(json!({"smithy.api#enumValue": name})))}),
        ),
        ("d#OurPages".to_owned(), pages),
        (
            "d#OurOutput".to_owned(),
            json!({"type": "structure", "members": {
                "ourToken": string(), "list": {"target": "d#OurList"}, "texts": {"target": "d#OurTexts"}, "needed": {"target": "d#OurNeeded"},
                "errors": {"target": "d#OurErrors"}, "union": {"target": "d#OurUnion"}, "enum": {"target": "d#OurEnum"},
                "numbers": {"target": "d#OurIntEnum"},
            }}),
        ),
        (
            "d#OurList".to_owned(),
            json!({"type": "list", "member": {"target": "d#OurNeeded"}}),
        ),
        (
            "o#OurWords".to_owned(),
            json!({
                "type": "operation", "input": {"target": "d#OurPages"}, "output": {"target": "d#OurOutput"},
                "errors": names.iter().map(|name| json!({"target": format!("e#{name}")})).collect::<Vec<_>>(),
                "traits": {
                    "smithy.api#http": {"method": "POST", "uri": "/"},
                    "smithy.api#paginated": {"inputToken": "ourToken", "outputToken": "ourToken", "items": "list"},
                },
            }),
        ),
    ];
    let numbers = names.iter().enumerate().map(|(index, name)| {
        (
            (*name).to_owned(),
            unit(json!({"smithy.api#enumValue": index + 1})),
        )
    });
    shapes.push((
        "d#OurIntEnum".to_owned(),
        json!({"type": "intEnum", "members": numbers.collect::<Map<_, _>>()}),
    ));
    let error = |name: &&str| {
        (
            format!("e#{name}"),
            json!({"type": "structure", "traits": {"smithy.api#error": "client"}}),
        )
    };
    shapes.extend(names.iter().map(error));
    model(json!({}), &["OurWords"], shapes)
}

/// Operations with the names, protocol tests with the names, and waiters.
fn operations(names: &BTreeSet<String>) -> Value {
    let names = distinct(names);
    let operation = |name: &&str| {
        let uri = format!("/{name}");
        let test = |rest: Value| {
            let mut test = json!({"id": name, "protocol": "aws.protocols#restJson1"});
            test.as_object_mut()
                .unwrap()
                .extend(rest.as_object().unwrap().clone());
            json!([test])
        };
        let traits = json!({
            "smithy.api#http": {"method": "POST", "uri": uri},
            "smithy.test#httpRequestTests": test(json!({"method": "POST", "uri": uri})),
            "smithy.test#httpResponseTests": test(json!({"code": 200})),
        });
        (
            format!("o#{name}"),
            json!({"type": "operation", "traits": traits}),
        )
    };
    let mut shapes: Vec<_> = names.iter().map(operation).collect();
    let waiter = json!({"acceptors": [{"state": "success", "matcher": {"success": true}}]});
    let waiters: Map<String, Value> = names
        .iter()
        .filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.contains('_'))
        .step_by(5)
        .map(|name| {
            (
                (name[..1].to_uppercase() + &name[1..]).clone(),
                waiter.clone(),
            )
        })
        .collect();
    shapes[0].1["traits"]["smithy.waiters#waitable"] = json!(waiters);
    model(json!({}), &names, shapes)
}

/// Parameters of endpoint rules with the names, from client settings and from operations.
fn settings(names: &BTreeSet<String>) -> Value {
    let names: Vec<&str> = distinct(names)
        .into_iter()
        .filter(|name| {
            name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        })
        .collect();
    let mut keys = BTreeSet::new();
    let names: Vec<&str> = names
        .into_iter()
        .filter(|name| keys.insert(name.replace('_', "").to_ascii_lowercase()))
        .collect();
    let parameter = |name: &str| (name.to_owned(), json!({"type": "String"}));
    let given = |name: &&&str| name.len().is_multiple_of(2);
    let parameters: Map<String, Value> = names.iter().map(|name| parameter(name)).collect();
    let rules: Vec<Value> = names
        .iter()
        .map(|name| {
            json!({
                "type": "endpoint",
                "conditions": [{"fn": "isSet", "argv": [{"ref": name}]}],
                "endpoint": {"url": format!("https://{{{name}}}.example.com")},
            })
        })
        .chain([json!({"type": "error", "conditions": [], "error": "nothing is set"})])
        .collect();
    let client: Map<String, Value> = names
        .iter()
        .filter(|name| !given(name))
        .map(|name| ((*name).to_owned(), json!({"type": "string"})))
        .collect();
    let members: Map<String, Value> = names
        .iter()
        .filter(given)
        .map(|name| {
            (
                (*name).to_owned(),
                json!({"target": "d#OurText", "traits": {"smithy.rules#contextParam": {"name": name}}}),
            )
        })
        .collect();
    let service = json!({"traits": {
        "smithy.rules#endpointRuleSet": {"version": "1.0", "parameters": parameters, "rules": rules},
        "smithy.rules#clientContextParams": client,
    }});
    let shapes = [
        (
            "o#OurPing".to_owned(),
            json!({"type": "operation", "input": {"target": "d#OurInput"}, "traits": {"smithy.api#http": {"method": "POST", "uri": "/"}}}),
        ),
        (
            "d#OurInput".to_owned(),
            json!({"type": "structure", "members": members}),
        ),
    ];
    model(service, &["OurPing"], shapes)
}

fn generated(name: &str, model: &Value) -> Generated {
    let mut sources = Sources::new();
    sources.add("model.json", model.to_string());
    let loaded = load(&sources);
    let errors = |problems: &[smithy_model::Diagnostic]| render::all(problems, &sources);
    assert!(loaded.is_ok(), "{}", errors(&loaded.diagnostics));
    let options = Options {
        crate_name: Some(name.to_owned()),
        manifest: Some(manifest()),
        protocol_tests: true,
        ..Options::default()
    };
    generate(&loaded.model, &options).unwrap_or_else(|problems| panic!("{}", errors(&problems)))
}
