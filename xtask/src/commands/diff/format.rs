//! The formats of a report.

use super::report::{self, Files, Models};
use super::{changelog, markdown};
use crate::bump::Difference;
use clap::ValueEnum;
use clap::builder::PossibleValue;

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
        Format::Text => report::text(difference, files, version),
        Format::Markdown => markdown::page(difference, files, version),
        Format::Json => report::json(difference, models, files),
        Format::Changelog => changelog::draft(difference),
    }
}
