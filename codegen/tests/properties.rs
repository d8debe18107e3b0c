//! Properties of all generated crates.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod common;

use common::{Case, Random, for_each, repository};
use serde_json::value::RawValue;
use smithy_codegen::{FileTree, MARKER, generate};
use smithy_model::Sources;
use std::collections::BTreeMap;
use std::fmt::Write;

/// All fixtures and AppFabric.
fn models() -> Vec<Case> {
    let mut cases = Case::all("fixtures");
    cases.push(appfabric());
    for case in &mut cases {
        case.options.server = true;
    }
    cases
}

fn appfabric() -> Case {
    let mut case = Case::read(repository().join("model/appfabric"));
    case.options.crate_name = None;
    case
}

fn files(case: &Case) -> FileTree {
    case.generated().files
}

/// The first path at which two trees differ.
fn difference(one: &FileTree, other: &FileTree) -> Option<String> {
    let differs = |(path, text): &(&str, &str)| other.get(path) != Some(text);
    let extra = || other.iter().find(|(path, _)| one.get(path).is_none());
    one.iter()
        .find(differs)
        .or_else(extra)
        .map(|(path, _)| path.to_owned())
}

#[test]
fn the_order_of_keys_does_not_matter() {
    for_each(&models(), |case| {
        let expected = files(case);
        for seed in 1..=3 {
            let mut random = Random(seed);
            let mut sources = Sources::new();
            for (_, file) in case.sources.iter() {
                sources.add(file.name.clone(), shuffled(&file.text, &mut random));
            }
            let loaded = smithy_model::load(&sources);
            assert!(loaded.is_ok(), "{:#?}", loaded.diagnostics);
            let found = generate(&loaded.model, &case.options).unwrap().files;
            assert_eq!(
                difference(&expected, &found),
                None,
                "{}, seed {seed}",
                case.name
            );
        }
    });
}

#[test]
fn the_order_of_files_does_not_matter() {
    for_each(&models(), |case| {
        let mut sources = Sources::new();
        for (_, file) in case.sources.iter().collect::<Vec<_>>().into_iter().rev() {
            sources.add(file.name.clone(), file.text.clone());
        }
        let found = generate(&smithy_model::load(&sources).model, &case.options)
            .unwrap()
            .files;
        assert_eq!(difference(&files(case), &found), None);
    });
}

#[test]
fn generating_twice_gives_the_same() {
    for_each(&models(), |case| {
        assert_eq!(difference(&files(case), &files(case)), None)
    });
}

#[test]
fn every_file_names_its_origin() {
    let checkout = repository().to_str().unwrap();
    for_each(&models(), |case| {
        // A manifest belongs to the user.
        let files = files(case);
        for (path, text) in files.iter().filter(|(path, _)| *path != "Cargo.toml") {
            let first = text.lines().next().unwrap();
            assert!(
                first.contains(MARKER) && first.contains("`cargo smithy codegen`"),
                "{path}: {first}"
            );
            let emitter = first
                .split_once('(')
                .and_then(|(_, rest)| rest.split_once(')'))
                .unwrap()
                .0;
            assert!(
                repository().join(emitter).is_file(),
                "{path}: there is no {emitter}"
            );
            let shape = first.split_once(" from ").unwrap().1;
            assert!(shape.contains('#'), "{path}: {first}");
            assert!(
                !text.contains(checkout),
                "{path} holds a path of this machine"
            );
            assert!(
                !["0.1.0", "202"].iter().any(|part| first.contains(part)),
                "{path}: a version or date: {first}"
            );
            assert!(
                text.ends_with('\n') && !text.ends_with("\n\n"),
                "{path}: how it ends"
            );
            assert!(
                !text.lines().any(|line| line.ends_with(' ')),
                "{path}: white space at the end of a line"
            );
        }
    });
}

#[test]
fn paths_are_distinct_ignoring_case() {
    for_each(&models(), |case| {
        let files = files(case);
        let mut paths: Vec<String> = files
            .iter()
            .map(|(path, _)| path.to_ascii_lowercase())
            .collect();
        let all = paths.len();
        paths.dedup();
        assert_eq!(paths.len(), all);
    });
}

/// Each link between pages leads to a page.
#[test]
fn links_of_pages_lead_to_pages() {
    let mut cases = Case::all("fixtures");
    cases.push(appfabric());
    let mut count = 0;
    for case in cases {
        let generated = case.generated();
        for (path, text) in generated.files.iter() {
            let links = text
                .split("](")
                .skip(1)
                .filter_map(|rest| rest.split(')').next());
            let is_page = |link: &&str| path.ends_with(".md") && link.ends_with(".md");
            for link in links.filter(is_page) {
                let mut target: Vec<&str> = path.split('/').collect();
                target.pop();
                for step in link.split('/') {
                    match step {
                        ".." => drop(target.pop()),
                        step => target.push(step),
                    }
                }
                let target = target.join("/");
                assert!(
                    generated.files.get(&target).is_some(),
                    "{}: {path} links to {link}",
                    case.name
                );
                count += 1;
            }
        }
    }
    assert!(count > 1_000, "{count}");
}

/// No sentence of the model's documentation occurs more often in the sources than in the model,
/// except for the first sentences of members, operations and errors, which setters, methods of the
/// client, the error enum and the lists of members within members repeat. Code spans are not compared, since they name
/// fields in place of members.
#[test]
fn documentation_is_not_repeated() {
    for_each(&[appfabric()], |case| {
        let model = case.model().unwrap();
        let texts = model.shapes.values().flat_map(|shape| {
            let of_members = shape.members().map(|member| &member.traits);
            std::iter::once(&shape.traits)
                .chain(of_members)
                .filter_map(documentation)
                .collect::<Vec<_>>()
        });
        let texts: Vec<String> = texts
            .flat_map(|html| sentences(&without_tags(html)))
            .collect();
        assert!(texts.len() > 100);
        let mut told: BTreeMap<&str, usize> = BTreeMap::new();
        for text in &texts {
            *told.entry(text).or_default() += 1;
        }
        let mut emitted: BTreeMap<String, usize> = BTreeMap::new();
        for (path, text) in files(case)
            .iter()
            .filter(|(path, _)| path.starts_with("src/"))
        {
            let (of_functions, others) = without_functions(text);
            for sentence in sentences(&comments(&others)) {
                emitted.entry(sentence).or_default();
            }
            let others = match path {
                "src/error.rs" => String::new(),
                _ => without_items(&others),
            };
            for sentence in sentences(&comments(&others)) {
                *emitted.entry(sentence).or_default() += 1;
            }
            for comment in of_functions {
                let mut known = sentences(&comments(&comment));
                known.retain(|sentence| told.contains_key(&**sentence));
                assert!(known.len() <= 1, "more than one sentence: {comment}");
            }
        }
        let found = told
            .keys()
            .filter(|sentence| emitted.contains_key(**sentence))
            .count();
        assert!(
            found * 10 > told.len() * 9,
            "{found} of {} sentences are found",
            told.len()
        );
        for (sentence, times) in told {
            let again = emitted.get(sentence).copied().unwrap_or_default();
            assert!(
                again <= times,
                "{times} times in the model, {again} times in src: {sentence}"
            );
        }
    });
}

/// The text without the list items about members, variants and values.
fn without_items(text: &str) -> String {
    let mut in_item = false;
    let is_kept = |line: &&str| {
        let comment = line.trim_start().strip_prefix("///").unwrap_or_default();
        in_item = comment.trim_start().starts_with("- `") || in_item && comment.starts_with("   ");
        !in_item
    };
    let lines: Vec<&str> = text.lines().filter(is_kept).collect();
    lines.join("\n")
}

/// The documentation of each public function, and the text without it.
fn without_functions(text: &str) -> (Vec<String>, String) {
    let (mut of_functions, mut others, mut comment) = (Vec::new(), String::new(), String::new());
    for line in text.lines() {
        let code = line.trim_start();
        if code.starts_with("///") {
            comment.push_str(line);
            comment.push('\n');
            continue;
        }
        if code.starts_with("pub fn ") {
            of_functions.push(std::mem::take(&mut comment));
        } else if !code.starts_with('#') {
            others.push_str(&std::mem::take(&mut comment));
        }
        others.push_str(line);
        others.push('\n');
    }
    (of_functions, others)
}

fn documentation(traits: &smithy_model::Traits) -> Option<&str> {
    traits
        .get("smithy.api#documentation")
        .and_then(smithy_model::Node::as_str)
}

/// The text of HTML, one line per block.
fn without_tags(html: &str) -> String {
    let mut text = String::new();
    for (index, part) in html.split('<').enumerate() {
        let (tag, rest) = if index == 0 {
            ("", part)
        } else {
            part.split_once('>').unwrap_or(("", part))
        };
        let block = [
            "p", "li", "ul", "ol", "dl", "dt", "dd", "note", "pre", "fullname",
        ];
        if block.contains(&tag.trim_matches('/').split(' ').next().unwrap_or_default()) {
            text.push('\n');
        }
        if tag != "code" {
            text.push_str(rest);
        }
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// The comments of a source file, one line per block, without the targets of links.
fn comments(source: &str) -> String {
    let mut text = String::new();
    for line in source.lines() {
        let line = line.trim_start();
        let comment = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"));
        match comment.map(str::trim) {
            None | Some("") => text.push('\n'),
            Some(line) if line.starts_with("- ") => write!(text, "\n{line} ").unwrap(),
            Some(line) => write!(text, "{line} ").unwrap(),
        }
    }
    // The parts between backticks are code.
    let text: String = text.split('`').step_by(2).collect();
    let mut plain = String::new();
    for (index, part) in text.split("](").enumerate() {
        plain.push_str(if index == 0 {
            part
        } else {
            part.split_once(')').map_or(part, |(_, rest)| rest)
        });
    }
    plain
}

/// The words of each sentence with more than a few words.
fn sentences(text: &str) -> Vec<String> {
    let plain = |sentence: &str| {
        let kept = sentence
            .chars()
            .filter(|c| c.is_alphanumeric() || c.is_whitespace())
            .collect::<String>();
        kept.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let parts = text.lines().flat_map(|line| line.split(". ")).map(plain);
    parts
        .filter(|sentence| sentence.split(' ').count() > 3)
        .collect()
}

/// The same JSON with the members of each object in another order. Numbers keep their text.
fn shuffled(json: &str, random: &mut Random) -> String {
    let json = json.trim();
    match json.as_bytes().first() {
        Some(b'{') => {
            let members: BTreeMap<String, &RawValue> = serde_json::from_str(json).unwrap();
            let mut members: Vec<_> = members.into_iter().collect();
            for last in (1..members.len()).rev() {
                members.swap(last, random.below(last + 1));
            }
            let members = members.into_iter().map(|(name, value)| {
                format!(
                    "{}:{}",
                    serde_json::to_string(&name).unwrap(),
                    shuffled(value.get(), random)
                )
            });
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(json).unwrap();
            let items = items.into_iter().map(|item| shuffled(item.get(), random));
            format!("[{}]", items.collect::<Vec<_>>().join(","))
        }
        _ => json.to_owned(),
    }
}

#[test]
fn shuffling_shuffles() {
    let json = r#"{"a":1.50,"b":{"c":[],"d":null},"e":[{"f":1,"g":2}],"h":"\""}"#;
    let other = shuffled(json, &mut Random(1));
    assert_ne!(other, json);
    let value = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
    assert_eq!(value(&other), value(json));
}
