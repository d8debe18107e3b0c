//! `cargo xtask fuzz`: runs mutated models through the generator, and mutated responses through the
//! emitted crate.
//!
//! The fuzzer is a separate crate that is built with optimization, so that other commands do not
//! wait for its build.

use crate::config::{self, Config};
use crate::failure::{Failure, Problem};
use crate::program;
use crate::ui::Ui;
use clap::{Arg, ArgMatches, Command, value_parser};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, process};

/// The folder of inputs with findings, in the checkout.
const FOLDER: &str = "target/fuzz";

const EXAMPLES: &str = "\
Examples:
  cargo xtask fuzz models --seconds 600
      Run mutated models for ten minutes

models   Mutates models, then loads, validates and generates them. A PATH is a file, or a folder whose *.json files are
         one model. The default is model/appfabric and codegen/tests/fixtures.
answers  Mutates HTTP responses, which the operations of generated/ then decode.

A finding is a panic, a stack overflow, a memory or time limit that is exceeded, or a property that does not hold. The
input is written to target/fuzz, and the command that reproduces the finding is printed.

Exit status: 0 without findings, 1 with findings, 2 if the command line is invalid.";

pub(super) fn form() -> Command {
    Command::new("fuzz")
        .about("Runs mutated models or HTTP responses, and reports failures")
        .after_help(program::help(EXAMPLES))
        .arg(
            Arg::new("what")
                .value_name("WHAT")
                .required(true)
                .value_parser(["models", "answers"]),
        )
        .arg(
            Arg::new("path")
                .value_name("PATH")
                .help("The models to mutate, each a file or a folder")
                .num_args(0..)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            Arg::new("seconds")
                .long("seconds")
                .value_name("N")
                .help("The time to run, in seconds; the default is 60")
                .value_parser(value_parser!(u64).range(1..)),
        )
        .arg(
            Arg::new("runs")
                .long("runs")
                .value_name("N")
                .help("The number of inputs to run, instead of a time")
                .conflicts_with("seconds")
                .value_parser(value_parser!(u64).range(1..)),
        )
        .arg(
            Arg::new("seed")
                .long("seed")
                .value_name("S")
                .help("The seed of the first input; the default is from the clock")
                .value_parser(value_parser!(u64)),
        )
}

/// Runs the command.
pub(super) fn run(matches: &ArgMatches, _: &Ui) -> Result<(), Failure> {
    let root = Config::find_here()?.ok_or_else(config::missing)?.root;
    let number = |name| matches.get_one::<u64>(name).copied();
    let (unit, budget) = match number("runs") {
        Some(runs) => ("runs", runs),
        None => ("seconds", number("seconds").unwrap_or(60)),
    };
    let clock = || {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(1, |time| time.as_secs())
    };
    let mut command = process::Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args([
        "run",
        "--quiet",
        "--locked",
        "--profile",
        "checked",
        "--manifest-path",
    ]);
    command.arg(root.join("xtask/fuzz/Cargo.toml")).arg("--");
    command
        .args(matches.get_one::<String>("what"))
        .arg(unit)
        .arg(budget.to_string());
    command
        .arg(number("seed").unwrap_or_else(clock).to_string())
        .arg(root.join(FOLDER));
    command.args(matches.get_many::<PathBuf>("path").unwrap_or_default());
    let status = command.status().map_err(|error| {
        Problem::new(
            format!("cannot start cargo: {error}"),
            "check that it is installed",
        )
    })?;
    // The fuzzer has printed everything.
    if status.success() {
        Ok(())
    } else {
        Err(Failure::Told)
    }
}
