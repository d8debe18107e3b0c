//! Prints a difference as text, as Markdown for pull requests, or as JSON.

use super::changelog;
use crate::bump::Difference;
use crate::render::count;
use clap::ValueEnum;
use clap::builder::PossibleValue;
use serde_json::json;
use smithy_codegen::{IncomparableApis, ItemChange, escape_json, markdown_line};
use smithy_model::diff::{Event, EventSeverity, Side};
use smithy_model::{Diagnostic, Model, Sources, Span};
use std::fmt::{self, Write};

const SEVERITIES: [EventSeverity; 5] = [
    EventSeverity::Error,
    EventSeverity::Danger,
    EventSeverity::Warning,
    EventSeverity::Note,
    EventSeverity::Suppressed,
];

/// The format of a report.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::commands) enum Format {
    Text,
    Markdown,
    Json,
    Changelog,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Text, Self::Markdown, Self::Json, Self::Changelog]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Json => "json",
            Self::Changelog => "changelog",
        }))
    }
}

/// The report of a difference. `version` is the line about the next version.
pub(in crate::commands) fn report(
    format: Format,
    difference: &Difference,
    models: Models<'_>,
    files: Files<'_>,
    version: &str,
) -> String {
    match format {
        Format::Text => text(difference, files, version),
        Format::Markdown => markdown(difference, files),
        Format::Json => json(difference, models, files),
        Format::Changelog => changelog::draft(difference),
    }
}

/// Every event with its location, the changes to the Rust API, and `version`, the line about the
/// next version.
pub(crate) fn text(difference: &Difference, files: Files<'_>, version: &str) -> String {
    let mut out = String::new();
    for event in difference.reported() {
        let shape = event
            .shape
            .as_ref()
            .map(|shape| format!(" {shape}"))
            .unwrap_or_default();
        line(
            &mut out,
            &format!("{}[{}]{shape}", event.severity, event.id),
        );
        line(
            &mut out,
            &format!("    {}", event.message.replace('\n', "\n    ")),
        );
        if let Some((side, span)) = event.place {
            line(&mut out, &format!("    --> {}", files.place(side, span)));
        }
    }
    if !out.is_empty() {
        out.push('\n');
    }
    line(&mut out, &format!("model: {}", counts(&difference.events)));
    if let Some([old, new]) = &difference.api_version {
        line(&mut out, &format!("API version: {new}, was {old}"));
    }
    match &difference.api {
        Ok(api) => {
            line(&mut out, &format!("Rust API: {}", api.verdict()));
            api.items()
                .for_each(|change| line(&mut out, &format!("    {change}")));
        }
        Err(why) => {
            line(&mut out, &format!("Rust API: {NOT_JUDGED}"));
            for error in errors(why) {
                line(&mut out, &format!("    {error}"));
                let place = error.place(files);
                place
                    .into_iter()
                    .for_each(|place| line(&mut out, &format!("        --> {place}")));
            }
        }
    }
    line(&mut out, version);
    out
}

/// The line about the part of the version to increase, for models without a crate version.
pub(crate) fn version(difference: &Difference) -> String {
    format!("version: {}", difference.bump())
}

const NOT_JUDGED: &str = "not compared, since a crate cannot be generated from both models; the change counts as \
                          breaking";

/// The files of the two models.
#[derive(Clone, Copy)]
pub(crate) struct Files<'s> {
    pub(crate) old: &'s Sources,
    pub(crate) new: &'s Sources,
}

impl Files<'_> {
    fn place(self, side: Side, span: Span) -> String {
        let sources = match side {
            Side::Old => self.old,
            Side::New => self.new,
        };
        sources.place(span)
    }
}

/// The two models.
#[derive(Clone, Copy)]
pub(in crate::commands) struct Models<'m> {
    pub(in crate::commands) old: &'m Model,
    pub(in crate::commands) new: &'m Model,
}

impl Models<'_> {
    /// The place of the shape or member of a change.
    fn span(self, change: &ItemChange) -> Option<Span> {
        let model = match change.side() {
            Side::Old => self.old,
            Side::New => self.new,
        };
        let shape = model.shape(&change.shape.container())?;
        match change.shape.member() {
            Some(name) => shape.member(name).and_then(|member| member.span),
            None => shape.span,
        }
    }
}

/// An error in a model that prevents a comparison of the APIs.
struct ModelError<'d> {
    side: Side,
    problem: &'d Diagnostic,
}

impl ModelError<'_> {
    fn place(&self, files: Files<'_>) -> Option<String> {
        self.problem.span.map(|span| files.place(self.side, span))
    }
}

impl fmt::Display for ModelError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Diagnostic {
            code,
            shape,
            message,
            ..
        } = self.problem;
        write!(f, "{} model, error[{}]", side_name(self.side), code.id())?;
        shape.iter().try_for_each(|shape| write!(f, " {shape}"))?;
        write!(f, ": {message}")
    }
}

fn side_name(side: Side) -> &'static str {
    match side {
        Side::Old => "old",
        Side::New => "new",
    }
}

fn errors(why: &IncomparableApis) -> impl Iterator<Item = ModelError<'_>> {
    let old = why.old.iter().map(|problem| ModelError {
        side: Side::Old,
        problem,
    });
    old.chain(why.new.iter().map(|problem| ModelError {
        side: Side::New,
        problem,
    }))
}

/// A table of events and a list of changes to the Rust API.
pub(super) fn markdown(difference: &Difference, files: Files<'_>) -> String {
    let mut out = String::from("## Model changes\n\n");
    line(
        &mut out,
        &format!(
            "{}. Version: **{}**.",
            counts(&difference.events),
            difference.bump()
        ),
    );
    if let Some([old, new]) = &difference.api_version {
        line(
            &mut out,
            &markdown_line(&format!("API version: {new}, was {old}.")),
        );
    }
    if difference.reported().next().is_some() {
        out.push_str("\n| severity | shape | what | event |\n|---|---|---|---|\n");
    }
    for event in difference.reported() {
        let shape = event
            .shape
            .as_ref()
            .map(|shape| format!("`{shape}`"))
            .unwrap_or_default();
        let message = cell(&event.message);
        line(
            &mut out,
            &format!(
                "| {} | {shape} | {message} | `{}` |",
                event.severity, event.id
            ),
        );
    }
    match &difference.api {
        Ok(api) => {
            line(&mut out, &format!("\n## Rust API: {}\n", api.verdict()));
            for change in api.items() {
                let change = markdown_line(&change.to_string());
                line(&mut out, &format!("- {change}"));
            }
            if api.items().next().is_none() {
                line(&mut out, "All programs still compile.");
            }
        }
        Err(why) => {
            line(&mut out, &format!("\n## Rust API: {NOT_JUDGED}\n"));
            for error in errors(why) {
                let place = error
                    .place(files)
                    .map(|place| format!(" ({place})"))
                    .unwrap_or_default();
                line(
                    &mut out,
                    &format!("- {}", markdown_line(&format!("{error}{place}"))),
                );
            }
        }
    }
    out
}

/// Everything that the other formats print, with the places of API changes.
pub(super) fn json(difference: &Difference, models: Models<'_>, files: Files<'_>) -> String {
    let event = |event: &Event| {
        json!({
            "severity": event.severity.name(),
            "id": event.id,
            "shape": event.shape.as_ref().map(ToString::to_string),
            "message": event.message,
            "model": event.place.map(|(side, _)| side_name(side)),
            "place": event.place.map(|(side, span)| files.place(side, span)),
        })
    };
    let error = |error: ModelError<'_>| {
        json!({
            "model": side_name(error.side),
            "code": error.problem.code.id(),
            "shape": error.problem.shape.as_ref().map(ToString::to_string),
            "message": error.problem.message,
            "place": error.place(files),
        })
    };
    let change = |change: &ItemChange| {
        json!({
            "what": change.to_string(),
            "shape": change.shape.to_string(),
            "model": side_name(change.side()),
            "place": models.span(change).map(|span| files.place(change.side(), span)),
        })
    };
    let changes = |list: &[ItemChange]| list.iter().map(change).collect::<Vec<_>>();
    let api = difference.api.as_ref();
    let value = json!({
        "events": difference.events.iter().map(event).collect::<Vec<_>>(),
        "rust_api": api.ok().map(|api| api.verdict().name()),
        "breaking": api.map(|api| changes(&api.breaking)).unwrap_or_default(),
        "compatible": api.map(|api| changes(&api.compatible)).unwrap_or_default(),
        "not_judged": api.err().into_iter().flat_map(errors).map(error).collect::<Vec<_>>(),
        "api_version": difference.api_version,
        "version": difference.bump().to_string(),
    });
    format!("{}\n", escape_json(&format!("{value:#}")))
}

/// `1 error, 2 notes`
fn counts(events: &[Event]) -> String {
    let of = |severity| {
        events
            .iter()
            .filter(|event| event.severity == severity)
            .count()
    };
    let noun = |severity: EventSeverity| severity.name().to_ascii_lowercase();
    let counts = SEVERITIES
        .into_iter()
        .filter(|severity| of(*severity) > 0)
        .map(|severity| match severity {
            EventSeverity::Suppressed => format!("{} suppressed", of(severity)),
            severity => count(of(severity), &noun(severity)),
        });
    let counts: Vec<String> = counts.collect();
    if counts.is_empty() {
        "no changes".to_owned()
    } else {
        counts.join(", ")
    }
}

/// A message as a cell of a table.
fn cell(message: &str) -> String {
    let lines: Vec<String> = message.lines().map(markdown_line).collect();
    lines.join("<br>").replace('|', "\\|")
}

fn line(out: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{text}");
}
