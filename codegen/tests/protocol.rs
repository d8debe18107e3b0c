//! Smithy's protocol tests: every case of restJson1 for clients and servers is a test of the emitted
//! crate, and passes.
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

/// A model: its crate, its file, and the number of its cases.
struct Suite {
    name: &'static str,
    file: &'static str,
    /// Request, response and error cases for clients.
    client: [usize; 3],
    /// The same for servers, and malformed requests.
    server: [usize; 4],
}

const SUITES: [Suite; 4] = [
    Suite {
        name: "rest-json-protocol",
        file: "aws.protocoltests.restjson.RestJson.json",
        client: [136, 94, 14],
        server: [132, 89, 3, 530],
    },
    Suite {
        name: "rest-json-validation",
        file: "aws.protocoltests.restjson.validation.RestJsonValidation.json",
        client: [1, 0, 0],
        server: [1, 0, 0, 125],
    },
    Suite {
        name: "api-gateway",
        file: "com.amazonaws.apigateway.BackplaneControlService.json",
        client: [1, 0, 0],
        server: [1, 0, 0, 0],
    },
    Suite {
        name: "glacier",
        file: "com.amazonaws.glacier.Glacier.json",
        client: [4, 0, 0],
        server: [1, 0, 0, 0],
    },
];

/// The cases for servers that no server can pass, sorted, with Smithy's own reason. A case that
/// passes must not be in the list.
const DISPUTED: [(&str, &str); 4] = [
    (
        "rest_json_malformed_pattern_re_dos_string",
        "`$$` in the expected message is a dollar sign only in a case with parameters, which this is \
         not: https://github.com/smithy-lang/smithy/issues/1506",
    ),
    (
        "rest_json_omits_empty_list_query_values",
        "empty lists are not sent, and the model has the tag `client-only` on the operation: \
         https://github.com/smithy-lang/smithy/pull/1629",
    ),
    (
        "sdk_appended_gzip_after_provided_encoding_rest_json1",
        NO_BODY,
    ),
    ("sdk_applied_content_encoding_rest_json1", NO_BODY),
];

const NO_BODY: &str = "the case has no body, which contains the expected member; without one, nothing is \
    asserted about it (Smithy, HTTP Protocol Compliance Tests, httpRequestTests, body)";

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn every_case_passes() {
    let data = Path::new(env!("REFERENCE_DATA")).join("protocol-tests");
    let mut crates = Vec::new();
    let (mut of_clients, mut of_servers) = (0, 0);
    for suite in &SUITES {
        let model = fs::read_to_string(data.join(suite.file)).unwrap();
        let cases = serde_json::from_str(&model).unwrap();
        let [requests, responses, errors, _] = count(&cases, "client");
        assert_eq!(
            [requests, responses, errors],
            suite.client,
            "{}",
            suite.file
        );
        assert_eq!(count(&cases, "server"), suite.server, "{}", suite.file);
        let generated = generate(suite, model);
        let client: usize = suite.client.iter().sum();
        let server: usize = suite.server.iter().sum();
        assert_eq!(tests(&generated), [client, server], "{}", suite.file);
        of_clients += client;
        of_servers += server;
        crates.push((suite.name, generated));
    }
    let workspace = workspace::write_crates("protocol", &crates);
    let client = [
        "test",
        "--quiet",
        "--workspace",
        "--no-default-features",
        "--test",
        "protocol",
    ];
    let results = workspace.cargo(&client, "RUSTFLAGS");
    assert_eq!(passed(&results), of_clients, "{results}");

    let server = [
        "test",
        "--no-fail-fast",
        "--workspace",
        "--no-default-features",
        "--features=server",
        "--test=protocol",
        "server::",
    ];
    let output = workspace.output(&server, &[("RUSTFLAGS", "-Dwarnings")]);
    let results = String::from_utf8_lossy(&output.stdout);
    let mut failed: Vec<&str> = with_result(&results, "FAILED").collect();
    failed.sort_unstable();
    let disputed = DISPUTED.map(|(name, _)| name);
    assert_eq!(
        failed,
        disputed,
        "{results}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let passed = with_result(&results, "ok").count();
    assert_eq!(passed + failed.len(), of_servers, "{results}");
}

/// The names of the test functions with this result.
fn with_result<'r>(results: &'r str, result: &'r str) -> impl Iterator<Item = &'r str> {
    let names = results.lines().filter_map(move |line| {
        let line = line.strip_prefix("test ")?.strip_suffix(result)?;
        line.strip_suffix(" ... ")
    });
    names.map(|name| name.rsplit("::").next().unwrap())
}

/// The crate of a model with its tests.
fn generate(suite: &Suite, model: String) -> Generated {
    let mut sources = Sources::new();
    sources.add(suite.file.to_owned(), model);
    let options = Options {
        crate_name: Some(suite.name.to_owned()),
        protocol_tests: true,
        server: true,
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

/// The cases for one side: on requests, responses, errors, and of malformed requests.
fn count(model: &Value, side: &str) -> [usize; 4] {
    let mut counts = [0; 4];
    for shape in model["shapes"].as_object().unwrap().values() {
        let of_trait = |name: &str| shape["traits"][name].as_array().into_iter().flatten();
        let cases = |name: &str| {
            let applies = |case: &&Value| {
                let applies_to = &case["appliesTo"];
                applies_to.is_null() || applies_to == side
            };
            of_trait(name).filter(applies).count()
        };
        counts[0] += cases("smithy.test#httpRequestTests");
        let place = if shape["type"] == "operation" { 1 } else { 2 };
        counts[place] += cases("smithy.test#httpResponseTests");
        for test in of_trait("smithy.test#httpMalformedRequestTests") {
            let mut parameters = test["testParameters"].as_object().into_iter().flatten();
            let values = parameters
                .next()
                .map(|(_, values)| values.as_array().unwrap());
            counts[3] += values.map_or(1, Vec::len);
        }
    }
    counts
}

/// The number of tests of a crate for clients and for servers. None is ignored.
fn tests(generated: &Generated) -> [usize; 2] {
    let mut counts = [0; 2];
    for (path, text) in generated.files.iter() {
        let Some(path) = path.strip_prefix("tests/protocol/") else {
            continue;
        };
        assert!(!text.contains("#[ignore"));
        let place = usize::from(path.starts_with("server/"));
        counts[place] += text.lines().filter(|line| *line == "#[test]").count();
    }
    counts
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
