//! The work, memory and stack for any model are bounded.
//!
//! [`generators::ALL`] lists the steps that repeat or nest parts of a model, each with an extreme
//! model. The result is a crate or a diagnostic that names a shape. The allocations are bounded in
//! proportion to the size of the model.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod allocator;
mod generators;

use allocator::{Work, measure};
use generators::{ALL, End, Generator};
use smithy_codegen::{NewManifest, Options, generate, lint};
use smithy_model::{Code, Diagnostic, Sources, load};

#[global_allocator]
static ALLOCATOR: allocator::Counting = allocator::Counting;

/// The allowance for every model.
const BASE: usize = 128 << 20;
/// The additional allowance for each byte of a model, in simultaneous and total bytes.
const PEAK: usize = 250;
const TOTAL: usize = 2_500;

/// The result for a model: the diagnostics, and whether a crate was generated.
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
        manifest: Some(NewManifest::default()),
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

/// The diagnostics name a shape and have a limited length.
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

/// The models are processed in sequence, because they share the counters of the allocator.
#[test]
fn hostile_models_stay_within_their_budget() {
    let problems: Vec<String> = ALL
        .iter()
        .filter_map(|generator| check(generator).err())
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
