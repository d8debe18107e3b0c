//! Every operation on the wire. Inputs and responses are derived from the model (`sample.rs`), and
//! so are the expected requests and outputs, by the rules of restJson1 (`rules.rs`), which this
//! crate's code does not take part in. The crate must send and read the same.
//!
//! `*.json` are the inputs, requests, responses and outputs of each operation, for reviewers, for
//! `../botocore_wire.py`, and for the fuzzer. After a change of the model, write them with
//!
//! ```text
//! INSTA_UPDATE=always cargo test -p appfabric --test wire
//! ```

#![cfg(feature = "call")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod golden;
mod model;
#[cfg(feature = "https")]
mod peer;
mod rules;
mod sample;
mod stub;

use golden::Golden;
use model::Model;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The idempotency token of all requests whose input has none.
const TOKEN: &str = "00010203-0405-4607-8809-0a0b0c0d0e0f";

/// The help if a golden file is not current.
const UPDATE: &str = "run `INSTA_UPDATE=always cargo test -p appfabric --test wire`";

/// The folder of the golden files.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire")
}

#[tokio::test]
async fn every_operation_follows_the_rules() {
    let model = Model::read();
    for operation in model.operations() {
        let golden = Golden::derive(&model, operation);
        for (name, case) in &golden.requests {
            let (result, sent) =
                stub::call(operation, &case.input, &golden.responses["minimal"]).await;
            result.unwrap_or_else(|error| panic!("{operation} {name}: {error}"));
            assert_eq!(sent, case.request, "{operation} {name}");
            #[cfg(feature = "https")]
            peer::send(operation, name, &case.input).await;
        }
        let input = &golden.requests["minimal"].input;
        for (name, response) in &golden.responses {
            let (result, _) = stub::call(operation, input, response).await;
            match (&response.output, result) {
                (Some(expected), Ok(output)) => {
                    let output: Value = serde_json::from_str(&output).unwrap();
                    assert_eq!(without_nulls(output), *expected, "{operation} {name}");
                }
                (None, Err(error)) => {
                    assert_eq!(error.code(), Some(name.as_str()), "{operation} {name}");
                    assert_eq!(error.message(), Some(sample::MESSAGE), "{operation} {name}");
                    assert_eq!(
                        error.request_id(),
                        Some(rules::REQUEST_ID),
                        "{operation} {name}"
                    );
                    let debug = format!("{error:#?}");
                    for text in response.texts(&model) {
                        assert!(
                            debug.contains(&format!("{text:?}")),
                            "{operation} {name}: {text} in {debug}"
                        );
                    }
                }
                (_, result) => panic!("{operation} {name}: {result:?}"),
            }
        }
    }
}

/// An object without the members that are absent.
fn without_nulls(mut value: Value) -> Value {
    if let Value::Object(members) = &mut value {
        members.retain(|_, member| !member.is_null());
    }
    value
}

/// The golden files are those of the model.
#[test]
fn the_golden_files_are_current() {
    let model = Model::read();
    let updates = std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always");
    let operations = model
        .operations()
        .map(|name| (name, Golden::derive(&model, name).text(name)));
    let files = operations.chain([("errors", golden::errors(&model))]);
    let mut paths = BTreeSet::new();
    for (name, text) in files {
        let path = folder().join(format!("{name}.json"));
        let lines = text.lines().count();
        assert!(lines < 200, "{name} has {lines} lines");
        let current = std::fs::read_to_string(&path).unwrap_or_default();
        if current != text && updates {
            std::fs::write(&path, &text).unwrap();
        } else {
            assert_eq!(current, text, "{name}: {UPDATE}");
        }
        paths.insert(path);
    }
    let files = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    for path in files.filter(|path| !paths.contains(path)) {
        assert!(updates, "{} is of no operation: {UPDATE}", path.display());
        std::fs::remove_file(path).unwrap();
    }
}

/// The samples contain every member, every variant of unions, and every error.
#[test]
fn samples_are_complete() {
    let model = Model::read();
    let mut found = BTreeSet::new();
    for operation in model.operations() {
        let golden = Golden::derive(&model, operation);
        for case in golden.requests.values() {
            model.members_in(&model.input(operation), &case.input, &mut found);
        }
        for (name, response) in &golden.responses {
            match &response.output {
                Some(output) => model.members_in(&model.output(operation), output, &mut found),
                None => drop(found.insert(name.clone())),
            }
        }
    }
    let missing: Vec<_> = model
        .expected_members()
        .difference(&found)
        .cloned()
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(found.len() > 150, "{}", found.len());
}
