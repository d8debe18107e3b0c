//! What changed between two models, compared with what Smithy's own diff says.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod pairs;

use serde_json::value::RawValue;
use smithy_model::diff::{Event, diff};
use smithy_model::{Model, Sources, load};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn of_file(path: &Path) -> Model {
    let mut sources = Sources::new();
    sources.add(
        path.display().to_string(),
        fs::read_to_string(path).unwrap(),
    );
    load(&sources).model
}

/// Severity, id and shape of each event, sorted.
fn described(events: &[Event]) -> Vec<String> {
    let line = |event: &Event| {
        let shape = event
            .shape
            .as_ref()
            .map(|shape| format!(" {shape}"))
            .unwrap_or_default();
        format!("{} {}{shape}", event.severity, event.id)
    };
    let mut lines: Vec<String> = events.iter().map(line).collect();
    lines.sort();
    lines
}

/// Each rule of Smithy's that its pairs leave out. `source` of a case names where its events are
/// from: a test class of `smithy-diff`, or a page of the specification.
#[test]
fn rules_that_the_pairs_leave_out() {
    // Raw, since the order of members counts.
    let cases: BTreeMap<String, BTreeMap<String, Box<RawValue>>> =
        serde_json::from_str(include_str!("cases.json")).unwrap();
    let mut wrong = Vec::new();
    for (name, case) in &cases {
        let events = diff(&of_json(case["old"].get()), &of_json(case["new"].get()));
        let found = described(&events);
        let expected: Vec<String> = serde_json::from_str(case["events"].get()).unwrap();
        assert!(case.contains_key("source"), "{name}");
        if found != expected {
            wrong.push(format!(
                "{name}\n  found {found:#?}\n  expected {expected:#?}"
            ));
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

/// The messages about a trait of two models that differ in its value only.
fn messages(trait_id: &str, old: &str, new: &str) -> Vec<String> {
    let model = |value: &str| {
        of_json(&format!(
            r#"{{"smithy": "2.0", "shapes": {{"a#S": {{"type": "service", "version": "1", "traits": {{
                "{trait_id}": {value}}}}}}}}}"#
        ))
    };
    diff(&model(old), &model(new))
        .into_iter()
        .map(|event| event.message)
        .collect()
}

/// Of long values a message shows what differs, not two equal beginnings.
#[test]
fn messages_show_what_differs() {
    let rule = |url: &str| {
        let filler = "x".repeat(400);
        format!(
            r#"{{"version": "1.0", "parameters": {{"Region": {{"type": "String", "documentation": "{filler}"}}}},
                "rules": [{{"conditions": [], "endpoint": {{"url": "{url}"}}, "type": "endpoint"}}]}}"#
        )
    };
    let found = messages(
        "smithy.rules#endpointRuleSet",
        &rule("https://a"),
        &rule("https://b"),
    );
    let expected = "Changed trait `smithy.rules#endpointRuleSet` at `/rules/0/endpoint/url` from `https://a` to \
                    `https://b`";
    assert_eq!(found, [expected]);

    let added = rule("https://a").replace(
        "\"type\": \"endpoint\"",
        "\"type\": \"endpoint\", \"documentation\": \"D\"",
    );
    let [message] = &messages("smithy.rules#endpointRuleSet", &rule("https://a"), &added)[..]
    else {
        panic!()
    };
    assert!(
        message.ends_with("at `/rules/0/documentation` to `D`, which is new"),
        "{message}"
    );

    let text = |end: &str| format!("\"{}{end}\"", "Equal. ".repeat(60));
    let [message] = &messages("smithy.api#documentation", &text("Old."), &text("New."))[..] else {
        panic!()
    };
    // Thirty characters before the difference.
    let same = ". Equal. Equal. Equal. Equal. ";
    let expected =
        format!("Changed trait `smithy.api#documentation` from `…{same}Old.` to `…{same}New.`");
    assert_eq!(*message, expected);

    let list = |value: u8| format!("[{}]", vec![value.to_string(); 200].join(","));
    let [message] = &messages("a#unknown", &list(1), &list(2))[..] else {
        panic!()
    };
    assert!(
        message.ends_with("at `/4` from `1` to `2`; and in 195 more places"),
        "{message}"
    );
}
