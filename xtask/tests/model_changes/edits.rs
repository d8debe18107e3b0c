//! Fifty edits of a model cause exactly the expected events.

use super::{SERVICE, passes};
use crate::testing::Folder;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use std::time::Instant;

/// The edits of structures and enums.
const EDITS: [(Edit, Range<usize>); 6] = [
    (Edit::Add, 0..8),
    (Edit::Remove, 8..16),
    (Edit::Retarget, 0..9),
    (Edit::Document, 9..16),
    (Edit::Append, 0..10),
    (Edit::Mark, 0..8),
];

/// An edit of a structure, its members, or an enum.
#[derive(Clone, Copy)]
enum Edit {
    Add,
    Remove,
    Retarget,
    Document,
    /// Adds a value to an enum.
    Append,
    /// Adds a trait.
    Mark,
}

/// A large model if the reference data has one, else the model of this checkout.
fn model() -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let large = Path::new(env!("REFERENCE_DATA")).join("services/quicksight-2018-04-01.json");
    let path = if large.exists() {
        large
    } else {
        root.join(SERVICE)
    };
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn fifty_edits_are_fifty_changes() {
    let old = model();
    let mut new = old.clone();
    let shapes = new["shapes"].as_object_mut().unwrap();
    let structures = ids(shapes, |shape| {
        let traits = ["smithy.api#input", "smithy.api#output", "smithy.api#error"];
        shape["type"] == "structure"
            && shape["members"]
                .as_object()
                .is_some_and(|members| members.len() > 1)
            && traits.iter().all(|id| shape["traits"][id].is_null())
    });
    let enums = ids(shapes, |shape| shape["type"] == "enum");
    let mut expected = BTreeMap::new();
    for (edit, which) in EDITS {
        let ids = if matches!(edit, Edit::Append) {
            &enums
        } else {
            &structures
        };
        for id in &ids[which] {
            let (place, event) = make(edit, id, &mut shapes[id]);
            expected.insert(place, event);
        }
    }
    assert_eq!(expected.len(), 50);

    let folder = Folder::new();
    folder.put("old.json", &old.to_string());
    folder.put("new.json", &new.to_string());
    let start = Instant::now();
    let told = passes(
        folder.path(),
        &["diff", "old.json", "new.json", "--format", "json"],
    );
    println!("diff found what changed in {:?}", start.elapsed());
    let told: Value = serde_json::from_str(&told).unwrap();
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for event in told["events"].as_array().unwrap() {
        let shape = event["shape"].as_str().unwrap();
        // A value of an enum is reported as a member, too.
        let place = shape.split_once('$').map_or(shape, |(of, _)| {
            if enums.contains(&of.to_owned()) {
                of
            } else {
                shape
            }
        });
        found
            .entry(place.to_owned())
            .or_default()
            .insert(event["id"].as_str().unwrap().to_owned());
    }
    assert_eq!(
        found.keys().collect::<Vec<_>>(),
        expected.keys().collect::<Vec<_>>()
    );
    for (place, event) in expected {
        assert!(
            found[&place].iter().any(|id| id.contains(event)),
            "{place}: {:?}",
            found[&place]
        );
    }
    assert_ne!(told["version"], "none");
}

fn ids(shapes: &Map<String, Value>, is_meant: impl Fn(&Value) -> bool) -> Vec<String> {
    shapes
        .iter()
        .filter(|(_, shape)| is_meant(shape))
        .map(|(id, _)| id.clone())
        .collect()
}

/// Makes an edit. Returns the ID of the edited shape or member, and a part of the ID of the event.
fn make(edit: Edit, id: &str, shape: &mut Value) -> (String, &'static str) {
    let members = shape["members"].as_object_mut().unwrap();
    let (first, last) = (
        members.keys().next().unwrap().clone(),
        members.keys().next_back().unwrap().clone(),
    );
    match edit {
        Edit::Add => {
            members.insert("zzNew".to_owned(), json!({"target": "smithy.api#String"}));
            (format!("{id}$zzNew"), "AddedShape")
        }
        Edit::Remove => {
            members.remove(&last);
            (format!("{id}${last}"), "RemovedShape")
        }
        Edit::Retarget => {
            members[&first]["target"] = "smithy.api#Document".into();
            (format!("{id}${first}"), "ChangedMemberTarget")
        }
        Edit::Document => {
            members[&first]["traits"]["smithy.api#documentation"] = "Something else.".into();
            (format!("{id}${first}"), "smithy.api#documentation")
        }
        Edit::Append => {
            let value = json!({"smithy.api#enumValue": "zzNew"});
            members.insert(
                "zzNew".to_owned(),
                json!({"target": "smithy.api#Unit", "traits": value}),
            );
            (id.to_owned(), "ChangedEnumTrait.Appended")
        }
        Edit::Mark => {
            shape["traits"]["smithy.api#since"] = "2026".into();
            (id.to_owned(), "smithy.api#since")
        }
    }
}
