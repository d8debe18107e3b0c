//! Every diagnostic has a help and a position.

use crate::common::load_shapes;
use crate::official::{data, models};
use smithy_model::{Code, Sources, load, nearest};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Codes whose diagnostics need no help, with the reason.
const WITHOUT: &[(Code, &str)] = &[];

/// The invalid models of the generator's tests. The files of one folder form one model.
fn own_models() -> Vec<Vec<PathBuf>> {
    let mut own: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for path in models(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/bad")) {
        own.entry(path.parent().unwrap().to_owned())
            .or_default()
            .push(path);
    }
    own.into_values().collect()
}

#[test]
fn every_diagnostic_has_a_help_and_a_position() {
    check_diagnostics(own_models());
}

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn every_diagnostic_of_smithys_models_has_a_help_and_a_position() {
    let models = models(&data().join("invalid-models"));
    check_diagnostics(models.into_iter().map(|path| vec![path]).collect());
}

fn check_diagnostics(models: Vec<Vec<PathBuf>>) {
    assert!(!models.is_empty());
    let mut wrong = String::new();
    for files in models {
        let mut sources = Sources::new();
        for path in &files {
            sources.add(
                path.to_string_lossy(),
                std::fs::read_to_string(path).unwrap(),
            );
        }
        for diagnostic in load(&sources).diagnostics {
            let needs_none = WITHOUT.iter().any(|(code, _)| *code == diagnostic.code);
            let help = diagnostic.help.as_deref().unwrap_or_default();
            if diagnostic.span.is_none() || (help.is_empty() && !needs_none) || help.ends_with('.')
            {
                wrong += &format!(
                    "{} {}: {diagnostic:?}\n",
                    diagnostic.code,
                    files[0].display()
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Returns the message and the help of the first diagnostic of these shapes.
fn help(shapes: &str) -> (String, String) {
    let (_, loaded) = load_shapes(&[shapes]);
    let first = loaded.diagnostics.first().unwrap();
    (
        first.message.clone(),
        first.help.clone().unwrap_or_default(),
    )
}

#[test]
fn only_fitting_shapes_are_suggested() {
    let list = |target: &str, more: &str| {
        help(&format!(
            r#""a#List": {{"type": "list", "member": {{"target": "{target}"}}}}, {more}"#
        ))
        .1
    };
    let get = r#""a#Get": {"type": "operation"}"#;
    assert_eq!(
        list("a#Gett", get),
        "define it, or pass the file that defines it with `--model`"
    );
    assert_eq!(
        list("a#Gett", r#""a#Get": {"type": "string"}"#),
        "did you mean `a#Get`?"
    );
    assert_eq!(list("a#String", get), "did you mean `smithy.api#String`?");
    let service = r#""a#S": {"type": "service", "version": "1", "operations": [{"target": "a#Gett"}]}, "a#Gets": {"type": "string"}"#;
    assert_eq!(
        help(&format!("{service}, {get}")).1,
        "did you mean `a#Get`?"
    );
    let (_, lists) = help(
        r#""a#S": {"type": "structure", "members": {"id": {"target": "a#Lits"}}}, "a#List": {"type": "list", "member": {"target": "smithy.api#String"}}"#,
    );
    assert_eq!(lists, "did you mean `a#List`?");
}

#[test]
fn messages_name_the_invalid_character() {
    for (id, flaw) in [
        ("a#my-name", ": `my-name` contains the character `-`"),
        ("a b#c", ": `a b` contains the character ` `"),
        ("a#1", ": `1` starts with a digit"),
        ("a#", ": one of its parts is empty"),
        ("a#_", ": `_` contains only underscores"),
        ("a#b$c-d", ": `c-d` contains the character `-`"),
        ("name", ""),
    ] {
        let (message, _) = help(&format!(r#""{id}": {{"type": "string"}}"#));
        assert_eq!(message, format!("`{id}` is not an absolute shape id{flaw}"));
    }
}

#[test]
fn conflicts_with_prelude_shapes_are_reported_at_the_other_shape() {
    let shapes = r#""a#S": {"type": "service", "version": "1", "operations": [{"target": "a#O"}]},
        "a#O": {"type": "operation", "input": {"target": "a#I"}},
        "a#I": {"type": "structure", "members": {"x": {"target": "smithy.api#String"}, "y": {"target": "a#String"}}},
        "a#String": {"type": "structure"}"#;
    let (sources, loaded) = load_shapes(&[shapes]);
    let [problem] = loaded.diagnostics.as_slice() else {
        panic!("{:?}", loaded.diagnostics)
    };
    assert_eq!(problem.code, Code::ConflictingShapeNames);
    assert_eq!(
        problem.shape.as_ref().map(|id| id.as_str()),
        Some("a#String")
    );
    assert_eq!(
        problem.span.map(|span| sources.text(span)),
        Some("\"a#String\"")
    );
    assert_eq!(
        problem.help.as_deref(),
        Some("rename one of them, such as with `\"rename\": {\"a#String\": \"…\"}` in `a#S`")
    );
}

#[test]
fn the_closest_name_is_suggested() {
    assert_eq!(
        nearest("ListFies", ["GetFile", "ListFile", "ListFiles"]),
        Some("ListFiles")
    );
}
