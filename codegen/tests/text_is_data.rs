//! No text of a model becomes code, markup or a path, at any position of the model.
//!
//! A hostile text is inserted into every position of every fixture, one position at a time: into
//! each string and each key of an object, and into all known traits that no fixture has. Positions
//! that differ only in the names of shapes and members count once. The generated files are parsed,
//! and the text may occur only as text.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

#[path = "text_is_data/checks.rs"]
mod checks;
mod common;
#[path = "text_is_data/positions.rs"]
mod positions;

use common::Case;
use positions::Position;
use smithy_model::{Severity, Sources, load};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Hostile texts with the names of their classes. They contain the marker `zqevil`, which is an
/// identifier.
const HOSTILE: [(&str, &str); 6] = [
    ("rust", "a\"#; } fn zqevil() {} /* */ // {zqevil} '\\ r\"#"),
    (
        "markdown",
        "a [zqevil] [`zqevil`] [a](zqevil) ![a](zqevil) <b>zqevil</b> <zqevil> `zqevil ~~~ | * _ # --> \\",
    ),
    (
        "lines",
        "a\nfn zqevil() {}\n```\nfn zqevil() {}\n```\n    zqevil()\n# zqevil\n<p>\n*/",
    ),
    (
        "other line ends",
        "a\rfn zqevil() {}\r\n```\r\nfn zqevil() {}\u{2028}zqevil\u{2029}zqevil\u{85}zqevil\u{b}\u{c}zqevil",
    ),
    (
        "invisible",
        "a\0\u{1b}[31m\u{7f}\u{9b}zqevil\u{202e}\u{2066}\u{200b}\u{200d}\u{2060}\u{feff}\u{ad}\u{61c}\u{e0041}",
    ),
    ("path", "../../zqevil/..\\zqevil/con"),
];

/// Texts for positions that accept any name or words, but no hostile text.
const HARMLESS: [(&str, &str); 2] = [("name", "Zqname"), ("words", "zq words")];

#[test]
fn text_of_a_model_is_data() {
    let mut cases = Case::all("fixtures");
    cases.extend(positions::of_other_traits(&cases));
    for case in &mut cases {
        case.options.protocol_tests = true;
        case.options.server = true;
    }
    let positions = positions::of(&cases);
    let kinds: BTreeMap<&str, &Position> = positions
        .iter()
        .rev()
        .map(|position| (position.kind.as_str(), position))
        .collect();
    println!("{} positions of {} kinds", positions.len(), kinds.len());
    assert!(positions.len() > 25_000, "{} positions", positions.len());
    assert!(kinds.len() > 1_900, "{} kinds of positions", kinds.len());

    let all = HOSTILE.map(|(_, text)| text).join("\n\n");
    let (next, generated, failures) = (
        AtomicUsize::new(0),
        AtomicUsize::new(0),
        Mutex::new(Vec::new()),
    );
    let kinds: Vec<&Position> = kinds.into_values().collect();
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(position) = kinds.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let passes = |class: &str, text: &str| {
                        let outcome =
                            catch_unwind(AssertUnwindSafe(|| check(&cases, position, text)));
                        match outcome.unwrap_or_else(|_| Err("it panics".to_owned())) {
                            Ok(passes) => {
                                generated.fetch_add(usize::from(passes), Ordering::Relaxed);
                                passes
                            }
                            Err(why) => {
                                failures
                                    .lock()
                                    .unwrap()
                                    .push(format!("{class} at {}: {why}", position.kind));
                                true
                            }
                        }
                    };
                    if passes("all", &all) {
                        continue;
                    }
                    // If a text with all classes is rejected, a text of one class can be accepted.
                    let harmless = HARMLESS.map(|(class, text)| passes(class, text));
                    if harmless.contains(&true) {
                        for (class, text) in HOSTILE {
                            passes(class, text);
                        }
                    }
                }
            });
        }
    });
    let mut failures = failures.into_inner().unwrap();
    failures.sort();
    println!("{} crates generated", generated.load(Ordering::Relaxed));
    assert!(
        failures.is_empty(),
        "{} failures:\n{}",
        failures.len(),
        failures.join("\n")
    );
    // Most of the values are invalid, because the registry checks the form of each trait.
    assert!(generated.into_inner() > 600);
}

/// Whether a crate is generated with the text at the position. Fails if the text is not data in the
/// crate.
fn check(cases: &[Case], position: &Position, text: &str) -> Result<bool, String> {
    let case = cases.get(position.case).unwrap();
    let mut sources = Sources::new();
    for (index, (_, file)) in case.sources.iter().enumerate() {
        let json = if index == position.file {
            position.with(&file.text, text)
        } else {
            file.text.clone()
        };
        sources.add(file.name.clone(), json);
    }
    let loaded = load(&sources);
    if !loaded.is_ok() {
        return Ok(false);
    }
    match smithy_codegen::generate(&loaded.model, &case.options) {
        Ok(generated) => checks::files(&generated.files).map(|()| true),
        Err(problems)
            if problems
                .iter()
                .any(|problem| problem.message.contains("does not parse")) =>
        {
            Err(format!("{problems:?}"))
        }
        Err(problems) => {
            assert!(
                problems
                    .iter()
                    .any(|problem| problem.severity == Severity::Error)
            );
            Ok(false)
        }
    }
}
