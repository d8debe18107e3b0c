//! Events of the pairs in the reference data, compared with those that Smithy's own diff reports.

use super::{described, of_file};
use serde_json::Value;
use smithy_model::diff::{Event, Side, diff};
use smithy_model::{Model, ShapeKind};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A string with `@enum` is compared as an enum (ARCHITECTURE.md, "When the model changes"), so its
/// values are members that are added, removed and deprecated, and the trait itself is no change.
/// Smithy compares the trait.
const READ_AS_ENUM: [&str; 23] = [
    "s-bareenum-add",
    "s-bareenum-add-rev",
    "s-bareenum-named",
    "s-bareenum-named-rev",
    "s-bareenum-remove",
    "s-bareenum-remove-rev",
    "s-enumtrait-deprecate",
    "s-enumtrait-deprecate-rev",
    "s-enumtrait-insert",
    "s-enumtrait-insert-mid",
    "s-enumtrait-insert-mid-rev",
    "s-enumtrait-insert-rev",
    "s-enumtrait-remove-all",
    "s-enumtrait-remove-all-rev",
    "s-enumtrait-rename",
    "s-enumtrait-rename-rev",
    "s-enumtrait-revalue",
    "s-enumtrait-revalue-rev",
    "s-enumtrait-to-enum-renamed",
    "s-enumtrait-to-enum-renamed-rev",
    "t-smithy.api_enum@Name-add",
    "t-smithy.api_enum@Name-upd1",
    "t-smithy.api_enum@Name-upd2",
];

/// The stored models have their keys sorted. Of these pairs, whose change is one of order, the
/// members that the new model had first.
const REORDERED: [(&str, &str, &[&str]); 4] = [
    ("s-enum-insert", "ex#Kind", &["D"]),
    ("s-member-order", "ex#Thing", &["b"]),
    ("s-union-add", "ex#Choice", &["i", "s", "t"]),
    ("s-union-order", "ex#Choice", &["t"]),
];

fn data(folder: &str) -> PathBuf {
    Path::new(env!("REFERENCE_DATA")).join(folder)
}

/// How many events of two sorted lists are in both, and which are in one only.
#[derive(Default)]
struct Comparison {
    equal: usize,
    missing: Vec<String>,
    extra: Vec<String>,
}

impl Comparison {
    fn of(found: &[String], expected: &[String]) -> Self {
        let mut extra = found.to_vec();
        let mut missing = Vec::new();
        for event in expected {
            match extra.iter().position(|found| found == event) {
                Some(index) => drop(extra.remove(index)),
                None => missing.push(event.clone()),
            }
        }
        Self {
            equal: found.len() - extra.len(),
            missing,
            extra,
        }
    }

    fn is_equal(&self) -> bool {
        self.missing.is_empty() && self.extra.is_empty()
    }
}

/// Compares pairs, prints the counts, and gives those that differ.
fn compare(pairs: Vec<(String, Vec<String>, Vec<String>)>) -> BTreeMap<String, Comparison> {
    let count = pairs.len();
    let mut total = Comparison::default();
    let mut different = BTreeMap::new();
    for (name, found, expected) in pairs {
        let comparison = Comparison::of(&found, &expected);
        total.equal += comparison.equal;
        total.missing.extend(comparison.missing.iter().cloned());
        total.extra.extend(comparison.extra.iter().cloned());
        if !comparison.is_equal() {
            different.insert(name, comparison);
        }
    }
    println!(
        "{} of {count} pairs are equal; {} events are equal, {} missing, {} extra",
        count - different.len(),
        total.equal,
        total.missing.len(),
        total.extra.len()
    );
    for (name, Comparison { missing, extra, .. }) in &different {
        println!("{name}\n    missing {missing:?}\n    extra {extra:?}");
    }
    different
}

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn pairs_of_smithys_suite() {
    let data = data("model-diff");
    let pairs = old_models(&data).into_iter().map(|old| {
        let beside = |ending: &str| PathBuf::from(old.to_string_lossy().replace(".a.json", ending));
        let events = diff(&of_file(&old), &of_file(&beside(".b.json")));
        let expected = fs::read_to_string(beside(".events.tsv")).unwrap();
        let first_three = |line: &str| line.split('\t').take(3).collect::<Vec<_>>().join(" ");
        let expected = expected
            .lines()
            .filter(|line| !line.is_empty())
            .map(first_three);
        let expected = expected.map(|line| line.trim_end().to_owned()).collect();
        (old.display().to_string(), described(&events), expected)
    });
    let pairs: Vec<_> = pairs.collect();
    assert!(pairs.len() >= 59, "{} pairs", pairs.len());
    let different = compare(pairs);
    assert!(different.is_empty(), "{:?}", different.keys());
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
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn synthetic_pairs() {
    let data = data("model-diff-pairs");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut models: BTreeMap<String, Model> = BTreeMap::new();
    let mut pairs = Vec::new();
    for line in fs::read_to_string(data.join("pairs.jsonl"))
        .unwrap()
        .lines()
    {
        let pair: Value = serde_json::from_str(line).unwrap();
        let name = text(&pair["name"]);
        let [mut old, mut new] = ["a", "b"].map(|side| {
            let id = text(&pair[side]);
            let path = data.join(format!("models/{id}.json"));
            models.entry(id).or_insert_with(|| of_file(&path)).clone()
        });
        reorder(&name, &mut new);
        reorder(name.strip_suffix("-rev").unwrap_or_default(), &mut old);
        let events = diff(&old, &new);
        events.iter().for_each(stands_where_it_changed);
        let expected = pair["events"].as_array().unwrap().iter().map(text);
        let expected = expected
            .map(|event| event.trim_end_matches(" -").to_owned())
            .collect();
        pairs.push((name, described(&events), expected));
    }
    assert!(pairs.len() >= 529, "{} pairs", pairs.len());
    let different = compare(pairs);
    assert_eq!(
        different.keys().map(String::as_str).collect::<Vec<_>>(),
        READ_AS_ENUM
    );
    // What differs is said of such a string or of its values.
    let strings: BTreeSet<&str> = ["ex#Bare", "ex#Name", "ex#OldEnum"].into();
    for event in different
        .values()
        .flat_map(|comparison| comparison.missing.iter().chain(&comparison.extra))
    {
        let shape = event.rsplit(' ').next().unwrap();
        assert!(
            strings.contains(shape.split('$').next().unwrap()),
            "{event}"
        );
    }
}

/// What was removed stands in the old model, everything else in the new one.
fn stands_where_it_changed(event: &Event) {
    let removals = [
        "Removed",
        "ChangedEnumTrait.Removed",
        "TraitBreakingChange.Remove",
        "ModifiedTrait.Remove",
    ];
    let (side, _) = event
        .place
        .unwrap_or_else(|| panic!("{event:?} has no place"));
    let is_removal = removals.iter().any(|removal| event.id.starts_with(removal))
        || (event.id == "ChangedDefault" && event.message.starts_with("Removed"))
        || (event.id == "ServiceRename" && event.message.ends_with("was removed"));
    assert_eq!(side == Side::Old, is_removal, "{event:?}");
}

/// Gives a model of a pair the order of members that it had.
fn reorder(pair: &str, model: &mut Model) {
    for (_, shape, first) in REORDERED.iter().filter(|(name, ..)| *name == pair) {
        let shape = model.shapes.get_mut(*shape).unwrap();
        let (ShapeKind::Enum(members) | ShapeKind::Structure(members) | ShapeKind::Union(members)) =
            &mut shape.kind
        else {
            panic!("{} has no named members", shape.id);
        };
        for (index, name) in first.iter().enumerate() {
            members.move_index(members.get_index_of(*name).unwrap(), index);
        }
    }
}
