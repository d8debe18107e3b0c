//! Prints a difference as text or as JSON.

use crate::bump::Difference;
use crate::render::count;
use serde_json::json;
use smithy_codegen::{IncomparableApis, ItemChange, escape_json};
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
    line(&mut out, &format!("model: {}", counts(difference)));
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

pub(super) const NOT_JUDGED: &str = "not compared, since a crate cannot be generated from both models; the change counts as \
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
pub(super) struct ModelError<'d> {
    side: Side,
    problem: &'d Diagnostic,
}

impl ModelError<'_> {
    pub(super) fn place(&self, files: Files<'_>) -> Option<String> {
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

pub(super) fn errors(why: &IncomparableApis) -> impl Iterator<Item = ModelError<'_>> {
    let old = why.old.iter().map(|problem| ModelError {
        side: Side::Old,
        problem,
    });
    old.chain(why.new.iter().map(|problem| ModelError {
        side: Side::New,
        problem,
    }))
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
pub(super) fn counts(difference: &Difference) -> String {
    let suppressed = difference
        .events
        .iter()
        .filter(|event| event.severity == EventSeverity::Suppressed);
    let events: Vec<_> = difference.reported().chain(suppressed).collect();
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

pub(super) fn line(out: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{text}");
}
