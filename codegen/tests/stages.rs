//! The dump of every stage, for a fixture whose table has rows.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod common;

use common::{Case, repository};
use smithy_codegen::{Stage, dump};

/// Stages whose table is large for every fixture. `graphs` in `fixtures.rs` has snapshots of the
/// complete graph.
const ELSEWHERE: [&str; 1] = ["graph"];

/// The stages with a fixture for each.
const TABLES: [(&str, &str); 15] = [
    ("closure", "recursion"),
    ("quirks", "customize-glacier"),
    ("recursion", "recursion"),
    ("names", "rename"),
    ("blanks", "defaults"),
    ("shapes", "recursion"),
    ("messages", "customize-glacier"),
    ("pagination", "pagination"),
    ("waiters", "waiters"),
    ("endpoint", "endpoint-context"),
    ("auth", "auth"),
    ("errors", "errors"),
    ("examples", "published-examples"),
    ("protocol-tests", "protocol-tests"),
    ("docs", "documentation"),
];

#[test]
fn every_stage_prints_its_table() {
    for (name, stage) in Stage::ALL {
        if ELSEWHERE.contains(&name) {
            continue;
        }
        let fixture = TABLES.iter().find(|(table, _)| *table == name);
        let (_, fixture) = fixture.unwrap_or_else(|| panic!("no fixture shows `{name}`"));
        let folder = repository().join("codegen/tests/fixtures").join(fixture);
        let case = Case::read(folder);
        let text = dump(&case.model().unwrap(), &case.options, stage).unwrap();
        assert!(!text.is_empty(), "{fixture} has no rows in `{name}`");
        case.snapshot(&format!("stage-{name}"), &text, 120);
    }
}

#[test]
fn dumps_of_invalid_services_are_errors() {
    let case = Case::read(repository().join("codegen/tests/bad/e0208-deep-lists"));
    let problems = dump(&case.model().unwrap(), &case.options, Stage::Closure).unwrap_err();
    assert_eq!(problems.len(), 1);
}
