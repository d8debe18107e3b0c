//! Random messages make the way from the client to the server and back unchanged.
//!
//! The values are JSON that is generated from the model by the rules in the documentation of
//! `smithy_rt::serde`. A program for each group of crates reads them. An input is written as a request
//! by the client and read by the server, and an output is written as a response by the server and
//! read by the client. What was read must be written the same again.

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
use smithy_model::{Model, ShapeId, ShapeKind, traits};
use std::fs;
use std::path::{Path, PathBuf};
use workspace::{Files, Workspace};

/// All fixtures and AppFabric, with warnings denied.
#[test]
fn messages_of_the_fixtures() {
    let mut cases = Case::all("fixtures");
    cases.push(Case::read(repository().join("model/appfabric")));
    let workspace = write("server-fixtures", cases, 12);
    run(&workspace);
    let documentation = [
        "doc",
        "--quiet",
        "--no-deps",
        "--all-features",
        "--package",
        "appfabric",
    ];
    workspace.cargo(&documentation, "RUSTDOCFLAGS");
}

/// 10,000 messages of AppFabric.
#[test]
fn messages_of_appfabric() {
    let case = Case::read(repository().join("model/appfabric"));
    let total = run(&write("server-appfabric", vec![case], 240));
    assert!(total >= 10_000, "{total}");
}

#[test]
#[ignore = "takes minutes, and needs the reference data; run it with --ignored after a change of the server"]
fn messages_of_all_services() {
    let folder = Path::new(env!("REFERENCE_DATA")).join("services");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        let total = run(&write(
            "server-service",
            vec![Case::service(path.clone())],
            24,
        ));
        println!("{}: {total} messages", path.display());
    }
}

/// Writes the crates of the cases with a server, and the crate `trips`, a program that checks values.
fn write(folder: &str, mut cases: Vec<Case>, values: u64) -> Workspace {
    let names: Vec<String> = cases.iter().map(|case| case.name.clone()).collect();
    let mut members: Vec<&str> = names.iter().map(String::as_str).collect();
    members.push("trips");
    let mut files = Files::of(folder, &members);
    let (mut modules, mut calls) = (String::new(), String::new());
    for case in &mut cases {
        case.options.serde = true;
        case.options.server = true;
        case.options.protocol_tests = false;
        files.put_crate(&case.name, &case.generated());
        let operations = operations(case);
        let krate = case.name.replace('-', "_");
        files.put(
            &format!("trips/src/{krate}.rs"),
            &program(&krate, &operations),
        );
        files.put(
            &format!("trips/src/{krate}.txt"),
            &lines(case, &operations, values),
        );
        modules.push_str(&format!("mod {krate};\n"));
        calls.push_str(&format!("    {krate}::run();\n"));
    }
    files.put("trips/Cargo.toml", &manifest(&names));
    let support = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/server_trips/check.rs");
    let first = names[0].replace('-', "_");
    let main = format!(
        "use ::{first}::rt;\n\n#[path = {support:?}]\nmod check;\n{modules}\nfn main() {{\n{calls}}}\n"
    );
    files.put("trips/src/main.rs", &main);
    files.finish()
}

/// Runs the program, and returns the number of messages. Most of each crate must have been written.
fn run(workspace: &Workspace) -> usize {
    let printed = workspace.cargo(&["run", "--quiet", "--package", "trips"], "RUSTFLAGS");
    let mut total = 0;
    for line in printed.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let (written, all): (usize, usize) = (words[1].parse().unwrap(), words[2].parse().unwrap());
        assert!(written * 3 >= all, "few messages could be written: {line}");
        total += written;
    }
    assert!(total > 0);
    total
}

fn manifest(names: &[String]) -> String {
    let of_repository = fs::read_to_string(repository().join("Cargo.toml")).unwrap();
    let used: String = of_repository
        .lines()
        .filter(|line| {
            ["serde_core = ", "serde_json = "]
                .iter()
                .any(|name| line.starts_with(name))
        })
        .map(|line| format!("{line}\n"))
        .collect();
    let crates: String = names
        .iter()
        .map(|name| {
            format!("{name} = {{ path = \"../{name}\", default-features = false, features = [\"serde\", \"server\"] }}\n")
        })
        .collect();
    format!("[package]\nname = \"trips\"\nedition = \"2024\"\n\n[dependencies]\n{used}{crates}")
}

/// An operation: the name of its type, and its messages without streams.
struct Operation {
    name: String,
    input: Option<ShapeId>,
    output: Option<ShapeId>,
}

/// The operations of a crate, by the types in `src/operations`.
fn operations(case: &Case) -> Vec<Operation> {
    let model = case.model().unwrap();
    let generated = case.generated();
    let mut operations = Vec::new();
    for (path, text) in generated.files.iter() {
        let name = text.split("rt::Operation for ").nth(1);
        let Some(name) = name.filter(|_| path.starts_with("src/operations/")) else {
            continue;
        };
        let name = name.split(' ').next().unwrap().to_owned();
        let id = text
            .lines()
            .next()
            .unwrap()
            .rsplit(" from ")
            .next()
            .unwrap();
        let shape = model.shape(&ShapeId::parse(id).unwrap()).unwrap();
        let ShapeKind::Operation(operation) = &shape.kind else {
            panic!("{id} is not an operation");
        };
        let without_stream = |id: &ShapeId| Some(id.clone()).filter(|id| !has_stream(id, &model));
        operations.push(Operation {
            name,
            input: without_stream(&operation.input),
            output: without_stream(&operation.output),
        });
    }
    operations
}

fn has_stream(id: &ShapeId, model: &Model) -> bool {
    model.shape(id).is_some_and(|shape| {
        shape.members().any(|member| {
            model
                .target(member)
                .is_some_and(|target| traits::STREAMING.is_on(&target.traits))
        })
    })
}

/// The program that checks the values of a crate.
fn program(krate: &str, operations: &[Operation]) -> String {
    let arms: String = operations
        .iter()
        .flat_map(|operation| {
            let name = &operation.name;
            let arm = |kind: &str| {
                format!("        \"{kind}:{name}\" => {kind}::<::{krate}::operations::{name}>,\n")
            };
            let input = operation.input.as_ref().map(|_| arm("input"));
            let output = operation.output.as_ref().map(|_| arm("output"));
            [input, output].into_iter().flatten()
        })
        .collect();
    format!(
        "#![allow(deprecated)]\n\n#[allow(unused_imports)]\nuse crate::check::{{Check, input, output}};\n\n\
         pub(crate) fn run() {{\n    crate::check::run({krate:?}, include_str!(\"{krate}.txt\"), of_type);\n}}\n\n\
         fn of_type(name: &str) -> Check {{\n    match name {{\n{arms}        _ => panic!(\"no type {{name}}\"),\n    }}\n}}\n"
    )
}

/// The values: on each line a message and JSON.
fn lines(case: &Case, operations: &[Operation], values: u64) -> String {
    let model = case.model().unwrap();
    let mut lines = String::new();
    for operation in operations {
        let messages = [("input", &operation.input), ("output", &operation.output)];
        for (kind, id) in messages {
            for (seed, id) in (0..values).flat_map(|seed| id.iter().map(move |id| (seed, id))) {
                let json = Sampler::known(&model, seed).shape(id);
                lines.push_str(&format!("{kind}:{} {json}\n", operation.name));
            }
        }
    }
    lines
}
