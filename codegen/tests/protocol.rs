//! Smithy's own protocol tests: every case for clients of restJson1 becomes a test of the emitted crate, and passes.
//!
//! They are read from `../shared/data/protocol-tests` beside the repository; without it the test says that it skips.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod common;
mod workspace;

use common::{Case, RUNTIME, repository};
use serde_json::Value;
use smithy_codegen::{Generated, Options};
use smithy_model::Sources;
use std::fs;
use std::path::Path;

/// A model: its crate, its file, and how many request, response and error cases it has for clients.
struct Suite {
    name: &'static str,
    file: &'static str,
    cases: [usize; 3],
    /// Operations that cannot be generated yet.
    not_yet: &'static [&'static str],
}

const SUITES: &[Suite] = &[Suite {
    name: "rest-json-protocol",
    file: "aws.protocoltests.restjson.RestJson.json",
    cases: [136, 94, 14],
    not_yet: &[
        "DuplexStream",
        "DuplexStreamWithDistinctStreams",
        "DuplexStreamWithInitialMessages",
        "EndpointOperation",
        "EndpointWithHostLabelOperation",
        "HttpChecksumRequired",
        "InputStream",
        "InputStreamWithInitialRequest",
        "OutputStream",
        "OutputStreamWithInitialResponse",
        "PutWithContentEncoding",
        "StreamingTraits",
        "StreamingTraitsRequireLength",
        "StreamingTraitsWithMediaType",
    ],
}];

#[test]
fn every_case_passes() {
    let data = repository().join("../shared/data/protocol-tests");
    if !data.is_dir() {
        println!("skipped: there is no {}", data.display());
        return;
    }
    let mut crates = Vec::new();
    let mut expected = 0;
    for suite in SUITES {
        let model: Value = serde_json::from_str(&fs::read_to_string(data.join(suite.file)).unwrap()).unwrap();
        assert_eq!(count(&model, &[]), suite.cases, "{}", suite.file);
        let cases: usize = count(&model, suite.not_yet).iter().sum();
        let generated = generate(suite, &model, &data);
        assert_eq!(tests(&generated), cases, "{}", suite.file);
        expected += cases;
        crates.push((suite.name, generated));
    }
    let workspace = workspace::write_crates("protocol", &crates);
    let arguments = ["test", "--quiet", "--workspace", "--no-default-features", "--test", "protocol"];
    let results = workspace.cargo(&arguments, "RUSTFLAGS");
    assert_eq!(passed(&results), expected, "{results}");
}

/// The crate of a model with its tests.
fn generate(suite: &Suite, model: &Value, data: &Path) -> Generated {
    let mut sources = Sources::new();
    sources.add(suite.file.to_owned(), fs::read_to_string(data.join(suite.file)).unwrap());
    let operations =
        model["shapes"].as_object().unwrap().iter().filter(|(_, shape)| shape["type"] == "operation");
    let names = operations.map(|(id, _)| id.split_once('#').unwrap().1.to_owned());
    let options = Options {
        crate_name: Some(suite.name.to_owned()),
        operations: names.filter(|name| !suite.not_yet.contains(&name.as_str())).collect(),
        protocol_tests: true,
        runtime: Some(RUNTIME.to_owned()),
        ..Options::default()
    };
    Case { name: suite.name.to_owned(), folder: data.to_owned(), sources, options }.generated()
}

/// The cases for clients: on requests, responses and errors, but for those of some operations.
fn count(model: &Value, without: &[&str]) -> [usize; 3] {
    let mut counts = [0; 3];
    for (id, shape) in model["shapes"].as_object().unwrap() {
        if without.iter().any(|name| id.ends_with(&format!("#{name}"))) {
            continue;
        }
        let cases = |name: &str| {
            let cases = shape["traits"][name].as_array().into_iter().flatten();
            cases.filter(|case| case["appliesTo"] != "server").count()
        };
        let (requests, responses) =
            (cases("smithy.test#httpRequestTests"), cases("smithy.test#httpResponseTests"));
        let of_operation = shape["type"] == "operation";
        counts[0] += requests;
        counts[if of_operation { 1 } else { 2 }] += responses;
    }
    counts
}

/// How many tests a crate has; none is ignored.
fn tests(generated: &Generated) -> usize {
    let files = generated.files.iter().filter(|(path, _)| path.starts_with("tests/protocol/"));
    let text: String = files.map(|(_, text)| text).collect();
    assert!(!text.contains("#[ignore"));
    text.lines().filter(|line| *line == "#[test]").count()
}

/// The tests that passed, of all that cargo's results tell.
fn passed(results: &str) -> usize {
    let lines = results.lines().filter_map(|line| line.strip_prefix("test result: ok. "));
    lines
        .map(|line| line.split_once(" passed; 0 failed; 0 ignored;").unwrap().0.parse::<usize>().unwrap())
        .sum()
}
