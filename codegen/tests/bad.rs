//! A folder of `bad/` is a model that is refused: `e0101-…` because of `E0101`. What is said of it
//! is a snapshot.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod common;

use common::{Case, for_each};
use smithy_model::{Code, Diagnostic, Severity, load};
use std::collections::BTreeSet;

/// Lines that say what is wrong with one model.
const MOST_LINES: usize = 30;

/// Codes without a case, and why.
const WITHOUT: &[(Code, &str)] = &[(
    Code::InvalidDocumentation,
    "not reported by anything: all HTML becomes some Markdown",
)];

/// All that is said about a case, and whether something is generated nevertheless.
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
        let told = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.code.id() == code);
        let worst = told.map(|diagnostic| diagnostic.severity).max();
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
            MOST_LINES,
        );
    });
}

#[test]
fn every_code_has_a_case() {
    let names: BTreeSet<String> = Case::all("bad")
        .iter()
        .map(|case| case.name[..5].to_uppercase())
        .collect();
    for code in Code::ALL {
        let without = WITHOUT.iter().any(|(other, _)| other == code);
        assert_ne!(
            names.contains(code.id()),
            without,
            "{code} {}",
            code.title()
        );
    }
    assert!(
        names
            .iter()
            .all(|name| Code::ALL.iter().any(|code| code.id() == name)),
        "{names:?}"
    );
}

/// Messages are a line without a full stop, and nothing is told twice.
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
