//! `cargo xtask diff`: the changes between two models and to the Rust API of the emitted crate.

mod changelog;
pub(super) mod format;
mod markdown;
pub(super) mod report;
#[cfg(test)]
mod tests;

use crate::bump::{Bump, Difference};
use crate::config::{self, Config};
use crate::failure::{Failure, Problem};
use crate::input::{self, Input};
use crate::program;
use crate::render;
use crate::revision::Revision;
use crate::ui::Ui;
use crate::version;
use clap::builder::PossibleValue;
use clap::{Arg, ArgMatches, Command, ValueEnum, value_parser};
use format::Format;
use report::{Files, Models};
use smithy_codegen::Options;
use smithy_model::import::{only_service, sdk_id};
use smithy_model::{Code, Diagnostic, Loaded, Model, Severity, Shape, Sources};
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  cargo xtask diff
      The changes to the models of codegen.toml since the last release
  cargo xtask diff --crate appfabric --since HEAD --format markdown
      A report for a pull request
  cargo xtask diff old.json new.json --fail-on breaking
      The changes between two models; fails if programs that use the crate no longer compile
  cargo xtask diff v0.1.0:model/appfabric model/appfabric
      The changes in the working tree since a revision of git

Without OLD and NEW, the models of codegen.toml are compared with those of --since. The default is the latest release
tag, NAME-v1.2.3 or v1.2.3, or HEAD if there is none.

Exit status: 0 if both models can be read, 1 if one cannot or --fail-on applies, 2 if the command line is invalid.";

pub(super) fn form() -> Command {
    let model = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .value_name(name)
            .help(help)
            .value_parser(value_parser!(String))
    };
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let models = ["OLD", "NEW"];
    Command::new("diff")
        .about("Compares two models, and reports whether programs that use the crate still compile")
        .after_help(program::help(EXAMPLES))
        .arg(
            model(
                "OLD",
                "The older model: a file, a folder, REVISION:PATH of git, or - for standard input",
            )
            .requires("NEW"),
        )
        .arg(model("NEW", "The newer model"))
        .arg(
            option(
                "crate",
                "NAME",
                "The crate of codegen.toml; the default is all",
            )
            .conflicts_with_all(models),
        )
        .arg(option("since", "REVISION", "The revision to compare with").conflicts_with_all(models))
        .arg(
            option("format", "FORMAT", "The format of the report")
                .default_value("text")
                .value_parser(value_parser!(Format)),
        )
        .arg(
            option(
                "fail-on",
                "CHANGE",
                "Fail if the crate needs a new major (`breaking`) or at least a new minor version",
            )
            .value_parser(value_parser!(FailOn)),
        )
        .arg(
            option(
                "service",
                "ID",
                "The service whose crate is compared, if the models have several",
            )
            .requires("OLD"),
        )
        .arg(
            option(
                "operations",
                "A,B",
                "The operations of the crate; the default is all",
            )
            .value_delimiter(',')
            .requires("OLD"),
        )
}

/// The smallest change that fails.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FailOn {
    Breaking,
    Minor,
}

impl FailOn {
    fn name(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Minor => "minor",
        }
    }

    fn includes(self, bump: Bump) -> bool {
        match self {
            Self::Breaking => bump == Bump::Major,
            Self::Minor => bump >= Bump::Minor,
        }
    }
}

impl ValueEnum for FailOn {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Breaking, Self::Minor]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

/// Runs the command.
pub(super) fn run(matches: &ArgMatches, ui: &Ui) -> Result<(), Failure> {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let format = matches.get_one("format").copied().unwrap_or(Format::Text);
    let bump = match (text("OLD"), text("NEW")) {
        (Some(old), Some(new)) => {
            let options = Options {
                service: text("service").map(str::to_owned),
                operations: matches
                    .get_many("operations")
                    .unwrap_or_default()
                    .cloned()
                    .collect(),
                ..Options::default()
            };
            let comparison = Comparison::new(
                (sources(old)?, options.clone()),
                (sources(new)?, options),
                ui,
            )?;
            ui.result(&comparison.report(format, None))?;
            comparison.difference.bump()
        }
        _ => compare_configured(text("crate"), text("since"), format, ui)?,
    };
    match matches.get_one::<FailOn>("fail-on") {
        Some(fail_on) if fail_on.includes(bump) => Err(Problem::new(
            format!(
                "the changes need a new {bump} version, and `--fail-on {}` is given",
                fail_on.name()
            ),
            "change the model, or accept the change and run the command without `--fail-on`",
        )
        .into()),
        _ => Ok(()),
    }
}

/// Compares the models of the configuration with those of a revision, and returns the largest
/// change.
fn compare_configured(
    name: Option<&str>,
    since: Option<&str>,
    format: Format,
    ui: &Ui,
) -> Result<Bump, Failure> {
    let config = Config::find_here()?.ok_or_else(config::missing)?;
    let entries = match format {
        Format::Json => vec![config.select_one(name)?],
        _ => config.select(name)?,
    };
    let mut largest = Bump::None;
    for (index, entry) in entries.iter().enumerate() {
        let release = || version::release_tag(&config, entry);
        let revision = since.map(str::to_owned).or_else(release);
        let revision = revision.unwrap_or_else(|| "HEAD".to_owned());
        let old = version::crate_in(&config, entry, &revision)?;
        let new = (input::read(&config.inputs(entry))?, config.options(entry));
        let comparison = Comparison::new(old, new, ui)?;
        if entries.len() > 1 {
            let gap = if index == 0 { "" } else { "\n" };
            let heading = match format {
                Format::Text => format!("{gap}{} since {revision}\n\n", entry.name),
                _ => format!("{gap}# {} since {revision}\n\n", entry.name),
            };
            ui.result(&heading)?;
        }
        let after = &comparison.after;
        let of_change = (&after.model, &comparison.difference);
        let advice = after
            .is_ok()
            .then(|| version::advice(&config, entry, Some(&revision), of_change));
        ui.result(&comparison.report(format, advice.map(|advice| advice.line)))?;
        largest = largest.max(comparison.difference.bump());
    }
    Ok(largest)
}

/// Two models and their difference.
struct Comparison {
    old: Sources,
    new: Sources,
    before: Loaded,
    after: Loaded,
    difference: Difference,
}

impl Comparison {
    /// Compares two models, each with the options of its crate.
    fn new(
        (old, old_options): (Sources, Options),
        (new, new_options): (Sources, Options),
        ui: &Ui,
    ) -> Result<Self, Failure> {
        let [before, after] = std::thread::scope(|scope| {
            let first = scope.spawn(|| smithy_model::load(&old));
            let second = smithy_model::load(&new);
            [
                first
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
                second,
            ]
        });
        let [before, after] = [readable(before, &old, ui)?, readable(after, &new, ui)?];
        if let Some(problem) = different_services(&before.model, &after.model) {
            ui.message(&problem.render_warning(ui.style));
        }
        let difference = Difference::of_loaded((&before, &old_options), (&after, &new_options));
        Ok(Self {
            old,
            new,
            before,
            after,
            difference,
        })
    }

    /// The report. `version` is the line about the version, if the version of the crate is known.
    fn report(&self, format: Format, version: Option<String>) -> String {
        let models = Models {
            old: &self.before.model,
            new: &self.after.model,
        };
        let files = Files {
            old: &self.old,
            new: &self.new,
        };
        let version = version.unwrap_or_else(|| report::version(&self.difference));
        format::report(format, &self.difference, models, files, &version)
    }
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
        Some(revision) => Ok(revision.sources(Path::new("."))?),
        None => input::read(&[Input::named(place)]),
    }
}
