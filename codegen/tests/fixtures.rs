//! Each folder of `fixtures/` contains a small model with one feature, and the expected results:
//!
//! | file | what |
//! |---|---|
//! | `model.json` | the model; several `.json` files are merged |
//! | `arguments.txt` | options such as `--operations A,B`, if there are any |
//! | `snapshot.txt` | the emitted files that show the feature, or `file \| start of an item` |
//! | `graph.snap`, `rust.snap` | the shape graph, and those files |
//! | `behaviour.rs` | tests that use the crate as its users do |
//!
//! If `arguments.txt` contains `--protocol-tests`, the protocol tests of the model run as well.
//!
//! All crates are built in one workspace below `target` with warnings denied, and their tests run.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod common;
mod workspace;

use common::{Case, for_each};
use smithy_codegen::{Stage, dump};
use std::fs;

/// The maximum number of lines in a snapshot.
const MOST_LINES: usize = 200;

#[test]
fn graphs() {
    for_each(&Case::all("fixtures"), |case| {
        let graph = dump(&case.model().unwrap(), &case.options, Stage::Graph).unwrap();
        case.snapshot("graph", &graph, MOST_LINES);
    });
}

#[test]
fn sources() {
    for_each(&Case::all("fixtures"), |case| {
        let generated = case.generated();
        let wanted = fs::read_to_string(case.folder.join("snapshot.txt")).unwrap();
        let shown = wanted.lines().map(|wanted| {
            let (path, start) = wanted.split_once(" | ").unwrap_or((wanted, ""));
            let text = generated
                .files
                .get(path)
                .unwrap_or_else(|| panic!("no file {path}"));
            format!(
                "==> {wanted}\n{}",
                item(text, start).unwrap_or_else(|| panic!("not there: {wanted}"))
            )
        });
        case.snapshot("rust", &shown.collect::<Vec<_>>().join("\n"), MOST_LINES);
    });
}

/// The item that starts with this text, or the complete text without a start.
fn item(text: &str, start: &str) -> Option<String> {
    if start.is_empty() {
        return Some(text.to_owned());
    }
    let mut shown = String::new();
    for line in text.lines().skip_while(|line| !line.starts_with(start)) {
        shown.push_str(line);
        shown.push('\n');
        if line == "}" || !line.starts_with(' ') && line.ends_with(['}', ';']) {
            return Some(shown);
        }
    }
    None
}

/// Warnings are expected results, too. Fixtures without `warnings.snap` have none.
#[test]
fn warnings() {
    for_each(&Case::all("fixtures"), |case| {
        let warnings = case.generated().warnings;
        if warnings.is_empty() {
            assert!(
                !case.folder.join("warnings.snap").exists(),
                "{}: no warnings any more",
                case.name
            );
        } else {
            case.snapshot(
                "warnings",
                &common::render::all(&warnings, &case.sources),
                60,
            );
        }
    });
}

#[test]
fn crates_compile_and_behave() {
    let cases = Case::all("fixtures");
    let workspace = workspace::write(&cases);
    let mut arguments = vec![
        "test",
        "--quiet",
        "--lib",
        "--tests",
        "--package",
        "behaviour",
    ];
    for case in cases.iter().filter(|case| case.options.protocol_tests) {
        arguments.extend(["--package", &case.name]);
    }
    workspace.cargo(&arguments, "RUSTFLAGS");
}

/// Without the feature `client`, the crates contain types, codecs and the sans-IO trait.
#[test]
fn crates_compile_without_client() {
    let workspace = workspace::write(&Case::all("fixtures"));
    let flags = [
        "check",
        "--quiet",
        "--workspace",
        "--exclude",
        "behaviour",
        "--no-default-features",
    ];
    workspace.cargo(&flags, "RUSTFLAGS");
}

#[test]
fn documentation_renders() {
    let workspace = workspace::write(&Case::all("fixtures"));
    workspace.cargo(
        &[
            "doc",
            "--quiet",
            "--workspace",
            "--exclude",
            "behaviour",
            "--no-deps",
        ],
        "RUSTDOCFLAGS",
    );
}

/// In the documentation of hostile models, rustdoc compiles only the examples of the generator, and
/// runs nothing.
#[test]
fn documentation_of_hostile_texts_runs_nothing() {
    let cases = Case::all("fixtures");
    let workspace = workspace::write(&cases);
    let mut arguments = vec!["test", "--doc"];
    let hostile = cases
        .iter()
        .filter(|case| case.name.starts_with("hostile-texts"));
    hostile.for_each(|case| arguments.extend(["--package", &case.name]));
    let results = workspace.cargo(&arguments, "RUSTDOCFLAGS");
    let tests: Vec<&str> = results
        .lines()
        .filter(|line| line.starts_with("test hostile-texts"))
        .collect();
    // The front pages, and the operations.
    assert_eq!(tests.len(), 7, "{results}");
    assert!(
        tests.iter().all(|test| test.ends_with(" - compile ... ok")),
        "{results}"
    );
}
