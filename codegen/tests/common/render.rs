//! Diagnostics as plain text, without source lines. The command line has its own renderer:
//! xtask/src/render.rs.

use smithy_model::{Diagnostic, Sources};
use std::fmt::Write;

pub(crate) fn all(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut sorted = diagnostics.to_vec();
    Diagnostic::sort(&mut sorted);
    sorted
        .iter()
        .map(|diagnostic| one(diagnostic, sources))
        .collect::<Vec<_>>()
        .join("\n")
}

fn one(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let mut text = format!(
        "{}[{}]: {}\n",
        diagnostic.severity, diagnostic.code, diagnostic.message
    );
    if let Some(span) = diagnostic.span {
        writeln!(text, "  --> {}", sources.place(span)).unwrap();
        writeln!(text, "   | {}", shortened(sources.text(span))).unwrap();
    }
    if let Some(shape) = &diagnostic.shape {
        writeln!(text, "   = shape: {shape}").unwrap();
    }
    if let Some(help) = &diagnostic.help {
        writeln!(text, "   = help: {help}").unwrap();
    }
    text
}

/// The first line of the text in the span.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let short: String = line.chars().take(60).collect();
    if short.len() < text.len() {
        format!("{short}...")
    } else {
        short
    }
}
