//! What changed between two models, compared with what Smithy's own diff says.
//!
//! The pairs are read from `../shared/data/model-diff` beside the repository; without it that test says that it skips.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

use serde_json::value::RawValue;
use smithy_model::diff::{Event, diff};
use smithy_model::{Model, Sources, load};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn model(path: &Path) -> Model {
    let mut sources = Sources::new();
    sources.add(path.display().to_string(), fs::read_to_string(path).unwrap());
    load(&sources).model
}

/// Severity, id and shape, a line each.
fn told(events: &[Event]) -> Vec<String> {
    let shape = |event: &Event| event.shape.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut lines: Vec<String> =
        events.iter().map(|event| format!("{}\t{}\t{}", event.severity, event.id, shape(event))).collect();
    lines.sort();
    lines
}

fn expected(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let first_three = |line: &str| line.split('\t').take(3).collect::<Vec<_>>().join("\t");
    let mut lines: Vec<String> = text.lines().filter(|line| !line.is_empty()).map(first_three).collect();
    lines.sort();
    lines
}

fn old_models(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(old_models(&path));
        } else if path.to_string_lossy().ends_with(".a.json") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn pairs_differ_as_smithy_says() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/model-diff");
    if !data.is_dir() {
        println!("skipped: there is no {}", data.display());
        return;
    }
    let mut wrong = Vec::new();
    let pairs = old_models(&data);
    assert!(pairs.len() >= 59, "{} pairs", pairs.len());
    for old in &pairs {
        let beside = |ending: &str| PathBuf::from(old.to_string_lossy().replace(".a.json", ending));
        let events = diff(&model(old), &model(&beside(".b.json")));
        let (found, expected) = (told(&events), expected(&beside(".events.tsv")));
        if found != expected {
            wrong.push(format!("{}\n  found {found:#?}\n  expected {expected:#?}", old.display()));
        }
    }
    assert!(wrong.is_empty(), "{} of {} pairs:\n{}", wrong.len(), pairs.len(), wrong.join("\n"));
}

/// Pairs of our own: each of Smithy's rules that its pairs leave out, as `smithy-diff` documents them.
#[test]
fn rules_that_the_pairs_leave_out() {
    // Raw, since the order of members counts.
    let cases: BTreeMap<String, BTreeMap<String, Box<RawValue>>> =
        serde_json::from_str(include_str!("cases.json")).unwrap();
    let mut wrong = Vec::new();
    for (name, case) in &cases {
        let events = diff(&of_json(case["old"].get()), &of_json(case["new"].get()));
        let found: Vec<String> = told(&events).iter().map(|line| line.replace('\t', " ")).collect();
        let found: Vec<&str> = found.iter().map(|line| line.trim_end()).collect();
        let expected: Vec<String> = serde_json::from_str(case["events"].get()).unwrap();
        if found != expected {
            wrong.push(format!("{name}\n  found {found:#?}\n  expected {expected:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn of_json(json: &str) -> Model {
    let mut sources = Sources::new();
    sources.add("model.json", json);
    load(&sources).model
}

#[test]
fn nothing_differs_from_itself() {
    let model = of_json(
        r#"{"smithy": "2.0", "shapes": {
            "a#S": {"type": "structure", "members": {"m": {"target": "smithy.api#String"}}}
        }}"#,
    );
    assert_eq!(diff(&model, &model), []);
}
