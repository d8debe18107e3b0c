//! Work, memory and stack that a model costs are bounded whatever it holds.
//!
//! [`generators::ALL`] is the list of steps that repeat or nest what a model has, each with a model that drives it far
//! beyond what anyone writes. A model ends with a crate or with a diagnostic that names a shape,
//! within a bound on what is allocated that grows with the model's text alone.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod allocator;
mod generators;

use allocator::{Work, measure};
use generators::{ALL, End, Generator};
use smithy_codegen::{Options, generate, lint};
use smithy_model::{Code, Diagnostic, Sources, load};

#[global_allocator]
static ALLOCATOR: allocator::Counting = allocator::Counting;

/// What every model may cost.
const BASE: usize = 128 << 20;
/// What each byte of a model may cost beyond that, in bytes allocated at a time and in all.
const PEAK: usize = 250;
const TOTAL: usize = 2_500;

/// What happened to a model: what was said, and whether a crate was generated.
fn run(texts: &[String]) -> (Vec<Diagnostic>, bool) {
    let mut sources = Sources::new();
    for (index, text) in texts.iter().enumerate() {
        sources.add(format!("{index}.json"), text.clone());
    }
    let loaded = load(&sources);
    if !loaded.is_ok() {
        return (loaded.diagnostics, false);
    }
    drop(lint(&loaded.model));
    let options = Options {
        protocol_tests: true,
        runtime: Some(String::new()),
        ..Options::default()
    };
    match generate(&loaded.model, &options) {
        Ok(generated) => ([loaded.diagnostics, generated.warnings].concat(), true),
        Err(problems) => ([loaded.diagnostics, problems].concat(), false),
    }
}

fn check(generator: &Generator) -> Result<(), String> {
    let texts = (generator.make)();
    let bytes: usize = texts.iter().map(String::len).sum();
    let ((diagnostics, generated), Work { total, peak }) = measure(|| run(&texts));
    let told = |code: Code| {
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.code == code)
            .collect::<Vec<_>>()
    };
    let line = format!(
        "{}: {bytes} bytes, {peak} at a time, {total} in all",
        generator.name
    );
    println!("{line}");
    if peak > BASE + PEAK * bytes || total > BASE + TOTAL * bytes {
        return Err(format!("{line}: too much"));
    }
    match generator.end {
        End::Crate if generated => Ok(()),
        End::Warning(code) if generated && !told(code).is_empty() => named(&told(code), &line),
        End::Refusal(code) if !generated && !told(code).is_empty() => named(&told(code), &line),
        _ => {
            let first: Vec<_> = diagnostics
                .iter()
                .take(3)
                .map(|d| (d.code, d.severity, &d.message))
                .collect();
            Err(format!(
                "{line}: expected {:?}, got {generated} and {first:?}",
                generator.end
            ))
        }
    }
}

/// The diagnostics name a shape, and are not longer than anyone reads.
fn named(diagnostics: &[&Diagnostic], line: &str) -> Result<(), String> {
    let short = |d: &&&Diagnostic| {
        d.message.len() < 5_000 && d.help.as_ref().is_none_or(|help| help.len() < 5_000)
    };
    match diagnostics
        .iter()
        .find(|d| (d.shape.is_none() && d.span.is_none()) || !short(d))
    {
        None => Ok(()),
        Some(bad) => Err(format!(
            "{line}: {:?} names nothing or is too long",
            bad.code
        )),
    }
}

/// One after the other: all share the allocator's counts.
#[test]
fn hostile_models_stay_within_their_budget() {
    let problems: Vec<String> = ALL
        .iter()
        .filter_map(|generator| check(generator).err())
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
