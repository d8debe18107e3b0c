//! Several files, `apply` statements, metadata.

use crate::common::{load_shapes, load_texts, summary};
use smithy_model::{Code, Loaded};

fn codes(loaded: &Loaded) -> Vec<Code> {
    loaded.diagnostics.iter().map(|d| d.code).collect()
}

fn trait_of(loaded: &Loaded, id: &str, name: &str) -> Option<String> {
    let (shape, member) = id
        .split_once('$')
        .map_or((id, None), |(shape, member)| (shape, Some(member)));
    let shape = loaded.model.shapes.get(shape)?;
    let traits = member.map_or(Some(&shape.traits), |name| {
        shape.member(name).map(|m| &m.traits)
    })?;
    traits.get(name).map(|node| node.to_json())
}

#[test]
fn equal_definitions_are_merged_with_their_traits() {
    let a = r#""a#S": {"type": "structure", "members": {"m": {"target": "smithy.api#String"}},
        "traits": {"smithy.api#tags": ["x"], "smithy.api#title": "t"}}"#;
    let b = r#""a#S": {"type": "structure", "members": {"m": {"target": "smithy.api#String",
        "traits": {"smithy.api#required": {}}}}, "traits": {"smithy.api#tags": ["y"], "smithy.api#title": "t"}}"#;
    let (sources, loaded) = load_shapes(&[a, b]);
    assert!(loaded.is_ok(), "{:?}", summary(&sources, &loaded));
    assert_eq!(
        trait_of(&loaded, "a#S", "smithy.api#tags").unwrap(),
        r#"["x","y"]"#
    );
    assert_eq!(
        trait_of(&loaded, "a#S", "smithy.api#title").unwrap(),
        r#""t""#
    );
    assert_eq!(
        trait_of(&loaded, "a#S$m", "smithy.api#required").unwrap(),
        "{}"
    );
}

#[test]
fn different_definitions_conflict() {
    for (a, b) in [
        (r#""a#S": {"type": "string"}"#, r#""a#S": {"type": "blob"}"#),
        (
            r#""a#S": {"type": "list", "member": {"target": "smithy.api#String"}}"#,
            r#""a#S": {"type": "list", "member": {"target": "smithy.api#Blob"}}"#,
        ),
        (
            r#""a#S": {"type": "structure", "members": {}}"#,
            r#""a#S": {"type": "structure", "members": {"m": {"target": "smithy.api#String"}}}"#,
        ),
        (
            r#""a#S": {"type": "service", "version": "1"}"#,
            r#""a#S": {"type": "service", "version": "2"}"#,
        ),
    ] {
        let (_, loaded) = load_shapes(&[a, b]);
        assert_eq!(codes(&loaded), [Code::ConflictingDefinitions], "{b}");
        assert!(
            loaded.diagnostics[0]
                .help
                .as_ref()
                .unwrap()
                .contains("0.json:1:"),
            "{b}"
        );
    }
}

#[test]
fn apply_changes_shapes_and_members_of_other_files() {
    let apply = r#""a#S": {"type": "apply", "traits": {"smithy.api#documentation": "shape"}},
        "a#S$m": {"type": "apply", "traits": {"smithy.api#documentation": "member"}},
        "a#L$member": {"type": "apply", "traits": {"smithy.api#documentation": "item"}}"#;
    let shapes = r#""a#S": {"type": "structure", "members": {"m": {"target": "smithy.api#String"}}},
        "a#L": {"type": "list", "member": {"target": "smithy.api#String"}}"#;
    let (sources, loaded) = load_shapes(&[apply, shapes]);
    assert!(loaded.is_ok(), "{:?}", summary(&sources, &loaded));
    for (id, text) in [
        ("a#S", "shape"),
        ("a#S$m", "member"),
        ("a#L$member", "item"),
    ] {
        assert_eq!(
            trait_of(&loaded, id, "smithy.api#documentation").unwrap(),
            format!("\"{text}\"")
        );
    }
}

#[test]
fn apply_to_unknown_shapes_and_conflicting_applies_are_rejected() {
    let shapes = r#""a#Thing": {"type": "string", "traits": {"smithy.api#title": "a"}}"#;
    for (apply, code, words) in [
        (
            r#""a#Thin": {"type": "apply", "traits": {"smithy.api#title": "b"}}"#,
            Code::UnknownApplyTarget,
            "a#Thing",
        ),
        (
            r#""a#Thing$m": {"type": "apply", "traits": {"smithy.api#title": "b"}}"#,
            Code::UnknownApplyTarget,
            "",
        ),
        (
            r#""smithy.api#Blob": {"type": "apply", "traits": {"smithy.api#title": "b"}}"#,
            Code::UnknownApplyTarget,
            "",
        ),
        (
            r#""a#Thing": {"type": "apply", "traits": {"smithy.api#title": "b"}}"#,
            Code::ConflictingTraitValues,
            "0.json",
        ),
    ] {
        let (_, loaded) = load_shapes(&[shapes, apply]);
        assert_eq!(codes(&loaded), [code], "{apply}");
        assert!(
            loaded.diagnostics[0]
                .help
                .as_deref()
                .unwrap_or_default()
                .contains(words),
            "{apply}"
        );
    }
}

#[test]
fn documents_are_not_merged_like_lists() {
    let shapes = r#""a#L": {"type": "list", "member": {"target": "smithy.api#String"},
        "traits": {"smithy.api#default": []}}, "a#t": {"type": "document", "traits": {"smithy.api#trait": {}}},
        "a#X": {"type": "string", "traits": {"a#t": [1]}}"#;
    let same = r#""a#L": {"type": "apply", "traits": {"smithy.api#default": []}}"#;
    let (_, loaded) = load_shapes(&[shapes, same]);
    assert_eq!(
        trait_of(&loaded, "a#L", "smithy.api#default").unwrap(),
        "[]"
    );
    let other = r#""a#X": {"type": "apply", "traits": {"a#t": [2]}}"#;
    assert_eq!(
        codes(&load_shapes(&[shapes, other]).1),
        [Code::ConflictingTraitValues]
    );
}

#[test]
fn metadata_is_merged() {
    let file = |metadata: &str| format!(r#"{{"smithy": "2", "metadata": {metadata}}}"#);
    let (a, b) = (
        file(r#"{"list": [1], "same": {"x": 1}}"#),
        file(r#"{"list": [2], "same": {"x": 1}, "new": 3}"#),
    );
    let (_, loaded) = load_texts(&[&a, &b]);
    assert!(loaded.is_ok());
    let merged: Vec<String> = loaded
        .model
        .metadata
        .iter()
        .map(|(key, node)| format!("{key}={node}"))
        .collect();
    assert_eq!(merged, ["list=[1,2]", r#"same={"x":1}"#, "new=3"]);
    let (_, loaded) = load_texts(&[&a, &file(r#"{"same": 1}"#)]);
    assert_eq!(codes(&loaded), [Code::ConflictingMetadata]);
}

#[test]
fn shapes_are_sorted_in_any_order_of_files() {
    let files = [
        r#""b#B": {"type": "string"}, "a#Z": {"type": "string"}"#,
        r#""a#A": {"type": "string"}"#,
    ];
    let ids = |files: &[&str]| -> Vec<String> {
        load_shapes(files)
            .1
            .model
            .shapes
            .keys()
            .map(ToString::to_string)
            .collect()
    };
    assert_eq!(ids(&files), ["a#A", "a#Z", "b#B"]);
    assert_eq!(ids(&[files[1], files[0]]), ids(&files));
}

#[test]
fn an_unreadable_file_causes_no_diagnostics_in_other_files() {
    let apply = r#"{"smithy": "2.0", "shapes": {"a#S": {"type": "apply", "traits": {"smithy.api#title": "t"}}}}"#;
    let (_, loaded) = load_texts(&[
        r#"{"smithy": "2.0", "shapes": {"a#S": {"type": "string"}}"#,
        apply,
        "{}",
    ]);
    assert_eq!(codes(&loaded), [Code::MalformedJson, Code::MissingVersion]);
}
