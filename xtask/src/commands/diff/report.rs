//! A difference for people, for pull requests and for programs.

use crate::bump::Difference;
use crate::render::count;
use serde_json::json;
use smithy_model::Sources;
use smithy_model::diff::{Event, EventSeverity, Side};
use std::fmt::Write;

const SEVERITIES: [EventSeverity; 5] = [
    EventSeverity::Error,
    EventSeverity::Danger,
    EventSeverity::Warning,
    EventSeverity::Note,
    EventSeverity::Suppressed,
];

/// Every event with its place, then what it means for the crate.
pub(crate) fn text(difference: &Difference, [old, new]: [&Sources; 2]) -> String {
    let mut out = String::new();
    for event in difference.told() {
        let shape = event.shape.as_ref().map(|shape| format!(" {shape}")).unwrap_or_default();
        line(&mut out, &format!("{}[{}]{shape}", event.severity, event.id));
        line(&mut out, &format!("    {}", event.message.replace('\n', "\n    ")));
        if let Some((side, span)) = event.place {
            let sources = if side == Side::Old { old } else { new };
            line(&mut out, &format!("    --> {}", sources.place(span)));
        }
    }
    if !out.is_empty() {
        out.push('\n');
    }
    line(&mut out, &format!("model: {}", counts(&difference.events)));
    match &difference.api {
        Ok(api) => {
            line(&mut out, &format!("Rust API: {}", api.verdict()));
            api.breaking
                .iter()
                .chain(&api.compatible)
                .for_each(|reason| line(&mut out, &format!("    {reason}")));
        }
        Err(why) => line(&mut out, &format!("Rust API: {why}")),
    }
    line(&mut out, &format!("version: {}", difference.bump()));
    out
}

/// The same as Markdown: a table of events, a list of reasons.
pub(super) fn markdown(difference: &Difference) -> String {
    let mut out = String::from("## Model changes\n\n");
    line(&mut out, &format!("{}. Version: **{}**.", counts(&difference.events), difference.bump()));
    if difference.told().next().is_some() {
        out.push_str("\n| severity | shape | what | event |\n|---|---|---|---|\n");
    }
    for event in difference.told() {
        let shape = event.shape.as_ref().map(|shape| format!("`{shape}`")).unwrap_or_default();
        let message = cell(&event.message);
        line(&mut out, &format!("| {} | {shape} | {message} | `{}` |", event.severity, event.id));
    }
    match &difference.api {
        Ok(api) => {
            line(&mut out, &format!("\n## Rust API: {}\n", api.verdict()));
            api.breaking
                .iter()
                .chain(&api.compatible)
                .for_each(|reason| line(&mut out, &format!("- {reason}")));
            if api.reasons().is_empty() {
                line(&mut out, "Every program compiles as before.");
            }
        }
        Err(why) => line(&mut out, &format!("\n## Rust API\n\n{why}")),
    }
    out
}

/// The same for programs.
pub(super) fn json(difference: &Difference) -> String {
    let event = |event: &Event| {
        json!({
            "severity": event.severity.name(),
            "id": event.id,
            "shape": event.shape.as_ref().map(ToString::to_string),
            "message": event.message,
        })
    };
    let (verdict, reasons) = match &difference.api {
        Ok(api) => (Some(api.verdict().name()), api.reasons().to_vec()),
        Err(why) => (None, vec![why.clone()]),
    };
    let value = json!({
        "events": difference.events.iter().map(event).collect::<Vec<_>>(),
        "rust_api": verdict,
        "reasons": reasons,
        "version": difference.bump().to_string(),
    });
    format!("{value:#}\n")
}

/// `1 error, 2 notes`
fn counts(events: &[Event]) -> String {
    let of = |severity| events.iter().filter(|event| event.severity == severity).count();
    let noun = |severity: EventSeverity| severity.name().to_ascii_lowercase();
    let told = SEVERITIES.into_iter().filter(|severity| of(*severity) > 0).map(|severity| match severity {
        EventSeverity::Suppressed => format!("{} suppressed", of(severity)),
        severity => count(of(severity), &noun(severity)),
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() { "nothing changed".to_owned() } else { told.join(", ") }
}

/// A text in a table's cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', "<br>")
}

fn line(out: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{text}");
}
