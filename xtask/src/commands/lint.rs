//! `cargo xtask lint`: prints the diagnostics of a model.

use crate::failure::Failure;
use crate::input::{self, Input};
use crate::model;
use crate::program;
use crate::render::{self, count};
use crate::ui::Ui;
use clap::{Arg, ArgMatches, Command, value_parser};
use smithy_codegen::Lint;
use smithy_model::{Diagnostic, Severity};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  cargo xtask lint model/appfabric
      Check the model of this repository
  cargo xtask lint eks.json extra.json
      Check a model that consists of two files

The diagnostics include those of the generator for every service that uses restJson1. Nothing is written.

Exit status: 0 if there are no errors, 1 if there are errors, 2 if the command line is invalid.";

pub(super) fn form() -> Command {
    Command::new("lint").about("Prints the diagnostics of a Smithy model").after_help(program::help(EXAMPLES)).arg(
        Arg::new("model")
            .value_name("PATH")
            .help("The files and folders of one model (of a folder, all *.json and *.json.gz files that are not hidden), or - for standard input")
            .num_args(1..)
            .required(true)
            .value_parser(value_parser!(PathBuf)),
    )
}

/// Runs the command.
pub(super) fn run(matches: &ArgMatches, ui: &Ui) -> Result<(), Failure> {
    let paths = matches.get_many::<PathBuf>("model").unwrap_or_default();
    let inputs: Vec<Input> = paths.map(Input::named).collect();
    let sources = input::read(&inputs)?;
    let (services, diagnostics) = model::make(&sources, |model| {
        let Lint {
            services,
            diagnostics,
        } = smithy_codegen::lint(model);
        Ok((services, diagnostics))
    });
    ui.message(&render::render(&diagnostics, &sources, ui.style));
    let errors = number(&diagnostics, Severity::Error);
    let warnings = number(&diagnostics, Severity::Warning);
    let generated =
        services.map(|services| format!(" and the generation of {}", count(services, "service")));
    ui.result(&format!(
        "checked {}{}: {}, {}\n",
        count(sources.iter().count(), "file"),
        generated.unwrap_or_default(),
        count(errors, "error"),
        count(warnings, "warning"),
    ))?;
    if errors == 0 {
        Ok(())
    } else {
        Err(Failure::Told)
    }
}

fn number(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == severity)
        .count()
}
