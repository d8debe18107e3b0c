//! Official models generate a crate or diagnostics.
//!
//! The models are in the reference data.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use smithy_codegen::Options;
use smithy_model::{Severity, Sources};
use std::fs;
use std::path::{Path, PathBuf};

/// Larger models take seconds without optimization. `cargo xtask codegen --model` has no such
/// limit.
const LARGEST: u64 = 300_000;

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn official_models_become_crates_or_diagnostics() {
    let data = Path::new(env!("REFERENCE_DATA"));
    let (mut crates, mut refused) = (0, 0);
    for folder in [
        "appfabric/smithy",
        "services",
        "protocol-tests",
        "invalid-models",
    ] {
        for path in models(&data.join(folder)) {
            match outcome(&path) {
                Outcome::Crate(files) => {
                    assert!(files > 5, "{}: {files} files", path.display());
                    crates += 1;
                }
                Outcome::Refused(errors) => {
                    assert!(errors > 0, "{}: refused without a reason", path.display());
                    refused += 1;
                }
            }
        }
    }
    // AppFabric and the small services without streams, and models that cannot be generated.
    assert!(
        crates >= 8 && refused >= 60,
        "{crates} crates, {refused} refused"
    );
}

enum Outcome {
    Crate(usize),
    Refused(usize),
}

fn outcome(path: &Path) -> Outcome {
    let mut sources = Sources::new();
    sources.add(
        path.display().to_string(),
        fs::read_to_string(path).unwrap(),
    );
    let loaded = smithy_model::load(&sources);
    let errors = |diagnostics: &[smithy_model::Diagnostic]| {
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
            .count()
    };
    if !loaded.is_ok() {
        return Outcome::Refused(errors(&loaded.diagnostics));
    }
    match smithy_codegen::generate(&loaded.model, &Options::default()) {
        Ok(generated) => Outcome::Crate(generated.files.len()),
        Err(problems) => Outcome::Refused(errors(&problems)),
    }
}

/// The JSON files below a folder, up to a size.
fn models(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(models(&path));
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json")
            && fs::metadata(&path).unwrap().len() <= LARGEST
        {
            found.push(path);
        }
    }
    found.sort();
    found
}
