//! Values of every type of a crate are read by serde, and written back unchanged.
//!
//! The values are JSON that is generated from the model by the rules in the documentation of
//! `smithy_rt::serde`, without the generator and the runtime. A program for each group of crates reads
//! them, writes them, and reads and writes them in CBOR.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod common;
#[path = "serde_forms/sample.rs"]
mod sample;
mod workspace;

use common::{Case, repository};
use sample::Sampler;
use smithy_codegen::FileTree;
use smithy_model::{Model, Shape, ShapeId, ShapeKind, traits};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use workspace::{Files, Workspace};

/// The numbers of values of each type.
const VALUES: u64 = 12;

/// All fixtures and AppFabric, whose values survive, also without a client, with warnings denied.
#[test]
fn every_type_of_the_fixtures() {
    let workspace = write("serde-fixtures", fixtures());
    let flags = [
        "check",
        "--quiet",
        "--workspace",
        "--no-default-features",
        "--features",
        "serde",
    ];
    workspace.cargo(&[&flags[..], &["--exclude", "forms"]].concat(), "RUSTFLAGS");
    run(&workspace);
}

/// The option adds `src/serde.rs` and the feature, and changes nothing else.
#[test]
fn the_option_adds_one_file() {
    for mut case in fixtures() {
        case.options.serde = false;
        let without = case.generated().files;
        case.options.serde = true;
        let with = case.generated().files;
        let mut changed = Vec::new();
        for (path, text) in with.iter() {
            match without.get(path) {
                Some(other) if other == text => {}
                Some(_) => changed.push(path),
                None => assert_eq!(path, "src/serde.rs"),
            }
        }
        assert_eq!(changed, ["Cargo.toml", "src/lib.rs"], "{}", case.name);
        assert_eq!(with.iter().count(), without.iter().count() + 1);
        if case.name == "appfabric" {
            let lines = |files: &FileTree| {
                files
                    .iter()
                    .map(|(_, text)| text.lines().count())
                    .sum::<usize>()
            };
            assert!(lines(&with) - lines(&without) <= 1_500);
        }
    }
}

fn fixtures() -> Vec<Case> {
    let mut cases = Case::all("fixtures");
    cases.push(Case::read(repository().join("model/appfabric")));
    cases
}

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn every_type_of_two_services() {
    let all = services();
    let small = all.into_iter().filter(|path| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.starts_with("mq-") || name.starts_with("polly-")
    });
    run(&write("serde-services", small.map(Case::service).collect()));
}

/// One service after another, since a program with all of them would be large.
#[test]
#[ignore = "takes minutes, and needs the reference data; run it with --ignored after a change of the table"]
fn every_type_of_all_services() {
    for path in services() {
        let name = path.display().to_string();
        run(&write("serde-service", vec![Case::service(path)]));
        println!("{name}: the same");
    }
}

fn services() -> Vec<PathBuf> {
    let folder = Path::new(env!("REFERENCE_DATA")).join("services");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
}

/// Writes the crates of the cases with serde, and the crate `forms`, a program that checks values.
fn write(folder: &str, mut cases: Vec<Case>) -> Workspace {
    let names: Vec<String> = cases.iter().map(|case| case.name.clone()).collect();
    let mut members: Vec<&str> = names.iter().map(String::as_str).collect();
    members.push("forms");
    let mut files = Files::of(folder, &members);
    let (mut modules, mut calls) = (String::new(), String::new());
    for case in &mut cases {
        case.options.serde = true;
        case.options.protocol_tests = false;
        let generated = case.generated();
        files.put_crate(&case.name, &generated);
        let types = types(case);
        if types.is_empty() {
            continue;
        }
        let krate = case.name.replace('-', "_");
        files.put(&format!("forms/src/{krate}.rs"), &program(&krate, &types));
        files.put(&format!("forms/src/{krate}.txt"), &values(case, &types));
        modules.push_str(&format!("mod {krate};\n"));
        calls.push_str(&format!("    {krate}::run();\n"));
    }
    files.put("forms/Cargo.toml", &manifest(&names));
    let support = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/serde_forms/check.rs");
    let main = format!(
        "#[path = {support:?}]\nmod check;\n{modules}\nfn main() {{\n{calls}    println!(\"the same\");\n}}\n"
    );
    files.put("forms/src/main.rs", &main);
    files.finish()
}

fn run(workspace: &Workspace) {
    let printed = workspace.cargo(&["run", "--quiet", "--package", "forms"], "RUSTFLAGS");
    assert_eq!(printed, "the same\n");
}

fn manifest(names: &[String]) -> String {
    let of_repository = fs::read_to_string(repository().join("Cargo.toml")).unwrap();
    let lines = of_repository.lines();
    let used: String = lines
        .filter(|line| {
            ["ciborium = ", "serde_core = ", "serde_json = "]
                .iter()
                .any(|name| line.starts_with(name))
        })
        .map(|line| format!("{line}\n"))
        .collect();
    let crates: String = names
        .iter()
        .map(|name| {
            format!("{name} = {{ path = \"../{name}\", default-features = false, features = [\"serde\"] }}\n")
        })
        .collect();
    format!("[package]\nname = \"forms\"\nedition = \"2024\"\n\n[dependencies]\n{used}{crates}")
}

/// The types of a crate with serde's traits, by path, and the shape of each. A test of the table: it
/// has all types but those of messages with a stream.
fn types(case: &Case) -> BTreeMap<String, ShapeId> {
    let model = case.model().unwrap();
    let generated = case.generated();
    let mut expected = BTreeMap::new();
    for (path, text) in generated.files.iter() {
        let module = ["types", "operations"]
            .into_iter()
            .find(|module| path.starts_with(&format!("src/{module}/")));
        let (Some(module), Some(name)) = (module, type_name(text)) else {
            continue;
        };
        let id = text
            .lines()
            .next()
            .unwrap()
            .rsplit(" from ")
            .next()
            .unwrap();
        let id = ShapeId::parse(id).unwrap();
        // The type of an operation is its input. An output without a shape is of the operation, too.
        let is_operation = text.contains(&format!("rt::Operation for {name} "));
        let shape = match model.shape(&id).map(|shape| &shape.kind) {
            Some(ShapeKind::Operation(operation)) if is_operation => operation.input.clone(),
            Some(ShapeKind::Operation(operation)) => operation.output.clone(),
            _ => id,
        };
        if !model
            .shape(&shape)
            .is_some_and(|shape| has_stream(shape, &model))
        {
            expected.insert(format!("{module}::{name}"), shape);
        }
    }
    let table: BTreeSet<String> = table(generated.files.get("src/serde.rs").unwrap());
    let expected_names: BTreeSet<String> = expected.keys().cloned().collect();
    assert_eq!(table, expected_names, "{}", case.name);
    expected
}

/// The type that a file declares.
fn type_name(text: &str) -> Option<String> {
    let line = text
        .lines()
        .find(|line| line.starts_with("pub struct ") || line.starts_with("pub enum "))?;
    let name = line.split_whitespace().nth(2)?;
    Some(name.trim_end_matches([';', '{', '}']).to_owned())
}

fn has_stream(shape: &Shape, model: &Model) -> bool {
    shape.members().any(|member| {
        model
            .target(member)
            .is_some_and(|target| traits::STREAMING.is_on(&target.traits))
    })
}

/// The types in the emitted table.
fn table(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut in_enums = false;
    for line in text.lines() {
        let words: Vec<&str> = line
            .split([' ', ','])
            .filter(|word| !word.is_empty())
            .collect();
        match words.as_slice() {
            ["structure" | "union", name, ..] => drop(found.insert((*name).to_owned())),
            ["string_enums" | "int_enums", "types", "{", names @ ..] => {
                in_enums = names.is_empty();
                let names = names.iter().filter(|name| **name != "}");
                found.extend(names.map(|name| format!("types::{name}")));
            }
            ["}"] => in_enums = false,
            [name] if in_enums => drop(found.insert(format!("types::{name}"))),
            _ => {}
        }
    }
    found
}

/// The program that checks the values of a crate.
fn program(krate: &str, types: &BTreeMap<String, ShapeId>) -> String {
    let arms: String = types
        .keys()
        .map(|name| format!("        {name:?} => check::<{krate}::{name}>,\n"))
        .collect();
    format!(
        "#![allow(deprecated)]\n\nuse crate::check::{{Check, check}};\n\n\
         pub(crate) fn run() {{\n    crate::check::run(include_str!(\"{krate}.txt\"), of_type);\n}}\n\n\
         fn of_type(name: &str) -> Check {{\n    match name {{\n{arms}        _ => panic!(\"no type {{name}}\"),\n    }}\n}}\n"
    )
}

/// The values: on each line a type and JSON.
fn values(case: &Case, types: &BTreeMap<String, ShapeId>) -> String {
    let model = case.model().unwrap();
    let mut lines = String::new();
    for (name, id) in types {
        for seed in 0..VALUES {
            let json = Sampler::new(&model, seed).shape(id);
            lines.push_str(&format!("{name} {json}\n"));
        }
    }
    lines
}
