//! Each folder of `bad` contains a model with an error. The name of the folder starts with the code
//! of the error, and `diagnostics.snap` is the rendered diagnostics.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod common;

use common::{Case, for_each};
use smithy_model::{Code, Diagnostic, Severity, load};
use std::collections::BTreeSet;

/// The maximum number of lines of the diagnostics of a model.
const MAX_LINES: usize = 30;

/// The diagnostics of a model, and whether a crate is generated nevertheless.
fn diagnostics(case: &Case) -> (Vec<Diagnostic>, bool) {
    let loaded = load(&case.sources);
    if !loaded.is_ok() {
        return (loaded.diagnostics, false);
    }
    match smithy_codegen::generate(&loaded.model, &case.options) {
        Ok(generated) => ([loaded.diagnostics, generated.warnings].concat(), true),
        Err(problems) => ([loaded.diagnostics, problems].concat(), false),
    }
}

#[test]
fn diagnostics_name_the_error() {
    for_each(&Case::all("bad"), |case| {
        let (diagnostics, generated) = diagnostics(case);
        let code = case.name.split('-').next().unwrap().to_uppercase();
        let expected = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.code.id() == code);
        let worst = expected.map(|diagnostic| diagnostic.severity).max();
        let worst = worst.unwrap_or_else(|| panic!("{}: no {code}: {diagnostics:#?}", case.name));
        assert_eq!(
            generated,
            worst == Severity::Warning,
            "{}: {diagnostics:#?}",
            case.name
        );
        case.snapshot(
            "diagnostics",
            &common::render::all(&diagnostics, &case.sources),
            MAX_LINES,
        );
    });
}

#[test]
fn every_code_has_a_case() {
    let names: BTreeSet<String> = Case::all("bad")
        .iter()
        .map(|case| case.name[..5].to_uppercase())
        .collect();
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.id().to_owned()).collect();
    let missing: Vec<_> = codes.difference(&names).collect();
    let unknown: Vec<_> = names.difference(&codes).collect();
    assert!(
        missing.is_empty(),
        "no folder in codegen/tests/bad for {missing:?}"
    );
    assert!(unknown.is_empty(), "no code for the folders {unknown:?}");
}

/// A message is one line without a period at the end, and each diagnostic is reported once.
#[test]
fn diagnostics_are_uniform() {
    for_each(&Case::all("bad"), |case| {
        let (diagnostics, _) = diagnostics(case);
        for diagnostic in &diagnostics {
            let message = &diagnostic.message;
            assert!(
                !message.is_empty() && !message.contains('\n') && !message.ends_with('.'),
                "{message}"
            );
            let help = diagnostic.help.as_deref().unwrap_or("-");
            assert!(!help.is_empty() && !help.ends_with('.'), "{help}");
        }
        let texts: Vec<_> = diagnostics
            .iter()
            .map(|d| (d.code, &d.message, d.span, &d.shape))
            .collect();
        assert!(
            (1..texts.len()).all(|index| !texts[..index].contains(&texts[index])),
            "{texts:#?}"
        );
    });
}
