//! The goldens are complete with respect to the model.

use super::{BOTOCORE, INPUTS, RESPONSES, parsed, snake_case};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::path::Path;

const NAMESPACE: &str = "com.amazonaws.appfabric#";

#[test]
fn the_wire_files_come_from_botocore() {
    let answered = &parsed(BOTOCORE)["crc32"];
    for (name, text) in [("inputs.json", INPUTS), ("responses.json", RESPONSES)] {
        assert_eq!(
            answered[name],
            crc32(text.as_bytes()),
            "{name} changed: run tests/botocore_requests.py"
        );
    }
}

/// The checksum of `zlib.crc32`.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                crc >> 1 ^ 0xedb8_8320
            } else {
                crc >> 1
            }
        })
    })
}

#[test]
fn every_operation_has_a_snapshot_that_can_be_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire");
    let files = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let snapshots: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|ext| ext == "snap"))
        .collect();
    let names: BTreeSet<_> = snapshots
        .iter()
        .map(|path| path.file_stem().unwrap().to_str().unwrap())
        .collect();
    let operations: BTreeSet<_> = model()
        .operations()
        .into_iter()
        .map(|(name, _)| snake_case(name))
        .collect();
    assert_eq!(names, operations.iter().map(String::as_str).collect());
    for path in snapshots {
        let lines = std::fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines < 200, "{} has {lines} lines", path.display());
    }
}

#[test]
fn full_inputs_have_all_members_and_minimal_ones_the_required_members() {
    let (model, inputs, responses) = (model(), parsed(INPUTS), parsed(RESPONSES));
    let mut found = Found::default();
    for (name, operation) in model.operations() {
        for (target, cases) in [("input", &inputs[name]), ("output", &responses[name])]
            .map(|(kind, cases)| (target(&operation[kind]), cases))
        {
            for case in ["full", "minimal"] {
                // A response without a body is equal to one with an empty body.
                let value = if cases[case]["status"].is_null() {
                    &cases[case]
                } else {
                    &cases[case]["body"]
                };
                let empty = Value::Object(Map::new());
                let value = if value.is_null() { &empty } else { value };
                model.check(
                    target,
                    value,
                    case == "full",
                    &format!("{name} {case} {target}"),
                    &mut found,
                );
            }
        }
    }
    assert!(found.problems.is_empty(), "{}", found.problems.join("\n"));
    let variants = model.0.iter().filter(|(_, shape)| shape["type"] == "union");
    let variants = variants.flat_map(|(id, shape)| {
        members(shape)
            .keys()
            .map(move |name| format!("{id}${name}"))
    });
    assert_eq!(found.variants, variants.collect(), "variants of unions");
}

#[test]
fn every_error_has_a_response() {
    let peer = parsed(BOTOCORE);
    let mut codes = BTreeSet::new();
    for (name, operation) in model().operations() {
        let code = peer["operations"][name]["outputs"]["error"]["code"]
            .as_str()
            .unwrap()
            .to_owned();
        let named = operation["errors"].as_array().unwrap().iter().map(target);
        assert!(
            named.map(short).any(|error| error == code),
            "{name} does not answer with {code}"
        );
        codes.insert(code);
    }
    let model = model();
    let errors = model
        .0
        .iter()
        .filter(|(_, shape)| !shape["traits"]["smithy.api#error"].is_null());
    assert_eq!(codes, errors.map(|(id, _)| short(id).to_owned()).collect());
}

/// The shapes of AppFabric's model.
struct Model(Map<String, Value>);

#[derive(Default)]
struct Found {
    problems: Vec<String>,
    /// The variants of unions that occur.
    variants: BTreeSet<String>,
}

fn model() -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/appfabric/service.json");
    let mut model = parsed(&std::fs::read_to_string(path).unwrap());
    let Value::Object(shapes) = model["shapes"].take() else {
        panic!("the model has no shapes")
    };
    Model(shapes)
}

impl Model {
    fn operations(&self) -> Vec<(&str, &Value)> {
        let operations = self
            .0
            .iter()
            .filter(|(_, shape)| shape["type"] == "operation");
        operations.map(|(id, shape)| (short(id), shape)).collect()
    }

    /// Records the members that a full value lacks, the optional members of a minimal value, and
    /// unknown members.
    fn check(&self, id: &str, value: &Value, full: bool, path: &str, found: &mut Found) {
        let Some(shape) = self.0.get(id) else { return };
        match shape["type"].as_str().unwrap() {
            "structure" => {
                let value = value.as_object().unwrap();
                for (name, member) in members(shape) {
                    let required = !member["traits"]["smithy.api#required"].is_null();
                    match value.get(name) {
                        Some(value) => {
                            if !full && !required {
                                found.problems.push(format!("{path}: {name} is optional"));
                            }
                            self.check(
                                target(member),
                                value,
                                full,
                                &format!("{path}.{name}"),
                                found,
                            );
                        }
                        None if full || required => {
                            found.problems.push(format!("{path}: {name} is missing"))
                        }
                        None => {}
                    }
                }
                let unknown = value
                    .keys()
                    .filter(|name| !members(shape).contains_key(*name));
                found
                    .problems
                    .extend(unknown.map(|name| format!("{path}: {name} is no member")));
            }
            "union" => {
                let (name, value) = value.as_object().unwrap().iter().next().unwrap();
                found.variants.insert(format!("{id}${name}"));
                self.check(
                    target(&shape["members"][name]),
                    value,
                    full,
                    &format!("{path}.{name}"),
                    found,
                );
            }
            "list" => {
                // The first item is full. The others can show other variants.
                let items = value.as_array().unwrap();
                assert!(!full || !items.is_empty(), "{path} is empty");
                if let Some(item) = items.first() {
                    self.check(
                        target(&shape["member"]),
                        item,
                        full,
                        &format!("{path}[0]"),
                        found,
                    );
                }
            }
            _ => {}
        }
    }
}

fn members(shape: &Value) -> &Map<String, Value> {
    shape["members"].as_object().unwrap()
}

fn target(reference: &Value) -> &str {
    reference["target"].as_str().unwrap()
}

fn short(id: &str) -> &str {
    id.strip_prefix(NAMESPACE).unwrap()
}
