//! `cargo xtask lint`: what there is to say about a model, and nothing else.

use crate::failure::Failure;
use crate::input::{self, Input};
use crate::model;
use crate::render::{self, count};
use crate::ui::Ui;
use clap::{Arg, ArgMatches, Command, value_parser};
use smithy_codegen::Lint;
use smithy_model::{Diagnostic, Severity};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  cargo xtask lint model/appfabric
      The model of this repository
  cargo xtask lint eks.json extra.json
      Two files that are one model

What generation would say is told of every service that speaks restJson1; other models are checked by themselves.

Exit status: 0 if there is no error, 1 if there is one, 2 if the command line is wrong.";

pub(super) fn form() -> Command {
    Command::new("lint").about("Says what is wrong with a Smithy model, and writes nothing").after_help(EXAMPLES).arg(
        Arg::new("model")
            .value_name("PATH")
            .help("The model: files, or folders (every *.json in them, hidden ones aside); together they are one model")
            .num_args(1..)
            .required(true)
            .value_parser(value_parser!(PathBuf)),
    )
}

/// Runs the command.
pub(super) fn run(matches: &ArgMatches, ui: &Ui) -> Result<(), Failure> {
    let paths = matches.get_many::<PathBuf>("model").unwrap_or_default();
    let inputs: Vec<Input> = paths
        .map(|path| Input {
            path: path.clone(),
            name: path.clone(),
        })
        .collect();
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
