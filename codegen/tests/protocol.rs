//! Smithy's protocol tests: every case for clients of restJson1 is a test of the emitted crate, and
//! passes.
//!
//! The cases are in the reference data.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod common;
mod workspace;

use common::{Case, manifest};
use serde_json::Value;
use smithy_codegen::{Generated, Options};
use smithy_model::Sources;
use std::fs;
use std::path::{Path, PathBuf};

/// A model: its crate, its file, and the number of request, response and error cases for clients.
struct Suite {
    name: &'static str,
    file: &'static str,
    cases: [usize; 3],
}

const SUITES: [Suite; 3] = [
    Suite {
        name: "rest-json-protocol",
        file: "aws.protocoltests.restjson.RestJson.json",
        cases: [136, 94, 14],
    },
    Suite {
        name: "api-gateway",
        file: "com.amazonaws.apigateway.BackplaneControlService.json",
        cases: [1, 0, 0],
    },
    Suite {
        name: "glacier",
        file: "com.amazonaws.glacier.Glacier.json",
        cases: [4, 0, 0],
    },
];

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn every_case_passes() {
    let data = Path::new(env!("REFERENCE_DATA")).join("protocol-tests");
    let mut crates = Vec::new();
    let mut expected = 0;
    for suite in &SUITES {
        let model = fs::read_to_string(data.join(suite.file)).unwrap();
        assert_eq!(
            count(&serde_json::from_str(&model).unwrap()),
            suite.cases,
            "{}",
            suite.file
        );
        let generated = generate(suite, model);
        let cases: usize = suite.cases.iter().sum();
        assert_eq!(tests(&generated), cases, "{}", suite.file);
        expected += cases;
        crates.push((suite.name, generated));
    }
    let workspace = workspace::write_crates("protocol", &crates);
    let arguments = [
        "test",
        "--quiet",
        "--workspace",
        "--no-default-features",
        "--test",
        "protocol",
    ];
    let results = workspace.cargo(&arguments, "RUSTFLAGS");
    assert_eq!(passed(&results), expected, "{results}");
}

/// The crate of a model with its tests.
fn generate(suite: &Suite, model: String) -> Generated {
    let mut sources = Sources::new();
    sources.add(suite.file.to_owned(), model);
    let options = Options {
        crate_name: Some(suite.name.to_owned()),
        protocol_tests: true,
        manifest: Some(manifest()),
        ..Options::default()
    };
    Case {
        name: suite.name.to_owned(),
        folder: PathBuf::new(),
        sources,
        options,
    }
    .generated()
}

/// The cases for clients: on requests, responses and errors.
fn count(model: &Value) -> [usize; 3] {
    let mut counts = [0; 3];
    for shape in model["shapes"].as_object().unwrap().values() {
        let cases = |name: &str| {
            let cases = shape["traits"][name].as_array().into_iter().flatten();
            cases.filter(|case| case["appliesTo"] != "server").count()
        };
        counts[0] += cases("smithy.test#httpRequestTests");
        let place = if shape["type"] == "operation" { 1 } else { 2 };
        counts[place] += cases("smithy.test#httpResponseTests");
    }
    counts
}

/// The number of tests of a crate. None is ignored.
fn tests(generated: &Generated) -> usize {
    let files = generated
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("tests/protocol/"));
    let text: String = files.map(|(_, text)| text).collect();
    assert!(!text.contains("#[ignore"));
    text.lines().filter(|line| *line == "#[test]").count()
}

/// The number of passed tests in the output of cargo.
fn passed(results: &str) -> usize {
    let lines = results
        .lines()
        .filter_map(|line| line.strip_prefix("test result: ok. "));
    lines
        .map(|line| line.split_once(" passed; 0 failed; 0 ignored;").unwrap().0)
        .map(number)
        .sum()
}

fn number(text: &str) -> usize {
    text.parse().unwrap()
}
