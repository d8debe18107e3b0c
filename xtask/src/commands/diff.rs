//! `cargo xtask diff`: the changes between two models and to the Rust API of the emitted crate.

mod changelog;
pub(super) mod report;
#[cfg(test)]
mod tests;

use crate::bump::Difference;
use crate::failure::{Failure, Problem};
use crate::input::{self, Input};
use crate::render;
use crate::revision::Revision;
use crate::ui::Ui;
use clap::builder::PossibleValue;
use clap::{Arg, ArgMatches, Command, ValueEnum, value_parser};
use report::{Files, Models};
use smithy_codegen::Options;
use smithy_model::import::{only_service, sdk_id};
use smithy_model::{Code, Diagnostic, Loaded, Model, Severity, Shape, Sources};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  cargo xtask diff HEAD:model/appfabric model/appfabric
      The changes in the working tree
  cargo xtask diff old.json new.json --format markdown
      A report for a pull request

Exit status: 0 if both models can be read, 1 if one cannot, 2 if the command line is invalid.";

pub(super) fn form() -> Command {
    let model = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .value_name(name)
            .required(true)
            .help(help)
            .value_parser(value_parser!(String))
    };
    Command::new("diff")
        .about("Compares two models, and reports whether programs that use the crate still compile")
        .after_help(EXAMPLES)
        .arg(model(
            "OLD",
            "The older model: a file, a folder, or REVISION:PATH of git",
        ))
        .arg(model("NEW", "The newer model"))
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .default_value("text")
                .help("The format of the report")
                .value_parser(value_parser!(Format)),
        )
        .arg(
            Arg::new("service")
                .long("service")
                .value_name("ID")
                .help("The service whose crate is compared, if the models have several"),
        )
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
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

/// Runs the command.
pub(super) fn run(matches: &ArgMatches, ui: &Ui) -> Result<(), Failure> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let (old, new) = (
        sources(&text("OLD").unwrap_or_default())?,
        sources(&text("NEW").unwrap_or_default())?,
    );
    let models = std::thread::scope(|scope| {
        let first = scope.spawn(|| smithy_model::load(&old));
        let second = smithy_model::load(&new);
        [
            first
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            second,
        ]
    });
    let [before, after] = models;
    let [before, after] = [readable(before, &old, ui)?, readable(after, &new, ui)?];
    if let Some(problem) = different_services(&before.model, &after.model) {
        ui.message(&problem.render_warning(ui.style));
    }
    let options = Options {
        service: text("service"),
        ..Options::default()
    };
    let difference = Difference::of_loaded(&before, &after, &options);
    let files = Files {
        old: &old,
        new: &new,
    };
    let text = match matches.get_one("format").copied().unwrap_or(Format::Text) {
        Format::Text => report::text(&difference, files, &report::version(&difference)),
        Format::Markdown => report::markdown(&difference, files),
        Format::Json => {
            let models = Models {
                old: &before.model,
                new: &after.model,
            };
            report::json(&difference, models, files)
        }
        Format::Changelog => changelog::draft(&difference),
    };
    ui.result(&text)?;
    Ok(())
}

/// The model if it could be read. Prints all diagnostics. An invalid model can still be compared.
fn readable(loaded: Loaded, sources: &Sources, ui: &Ui) -> Result<Loaded, Failure> {
    let is_unread = |problem: &Diagnostic| {
        problem.severity == Severity::Error && problem.code < Code::UnknownTarget
    };
    let unread = loaded.diagnostics.iter().any(is_unread);
    let outcome = if unread {
        "the models are not compared"
    } else {
        "the Rust API is not compared"
    };
    ui.message(&render::render(&loaded.diagnostics, sources, ui.style));
    ui.message(&render::summary(&loaded.diagnostics, outcome, ui.style));
    if unread {
        Err(Failure::Told)
    } else {
        Ok(loaded)
    }
}

/// A warning if each model has one service and the services differ: every shape is then reported as
/// removed or added.
fn different_services(old: &Model, new: &Model) -> Option<Problem> {
    let ((old, _), (new, _)) = (only_service(old)?, only_service(new)?);
    if old.id == new.id {
        return None;
    }
    let name = |shape: &Shape| match sdk_id(shape) {
        Some(sdk_id) => format!("`{}` ({sdk_id})", shape.id),
        None => format!("`{}`", shape.id),
    };
    Some(Problem::new(
        format!(
            "the models are of different services, {} and {}",
            name(old),
            name(new)
        ),
        "compare two models of one service; here all shapes with different ids are removed and added",
    ))
}

/// The files of a model, from the disk or from a revision.
fn sources(place: &str) -> Result<Sources, Failure> {
    match Revision::parse(place) {
        Some(revision) => Ok(revision.sources()?),
        None => {
            let path = PathBuf::from(place);
            input::read(&[Input {
                path: path.clone(),
                name: path,
            }])
        }
    }
}
