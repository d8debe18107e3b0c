//! `cargo xtask corpus`: builds the crates of many services.

mod board;
mod build;
mod generate;
mod models;
mod pool;
mod table;

use crate::config::Config;
use crate::failure::{Failure, Problem};
use crate::paths;
use crate::plan::target::Target;
use crate::program;
use crate::runtime::Runtime;
use crate::ui::Ui;
use board::Board;
use clap::{Arg, ArgMatches, Command, value_parser};
use models::CorpusModel;
use std::path::{Path, PathBuf};
use std::{fs, thread};
use table::{Outcome, Row};

/// The folder of crates and logs, in the checkout.
const FOLDER: &str = "target/corpus";
/// The folder of build output, in `FOLDER`. No model has this name.
const BUILT: &str = ".built";

const EXAMPLES: &str = "\
Examples:
  cargo xtask corpus botocore/data --filter lambda
      Generate and build the crates of all models whose name contains `lambda`

The crates are written to target/corpus, with a log for each failure. Each crate is generated as by `codegen --model`, then
checked and documented with its feature `call` and with warnings denied. Services that do not use restJson1 are skipped.

Exit status: 0 if no service failed, 1 if a service failed, 2 if the command line is invalid.";

pub(crate) fn form() -> Command {
    Command::new("corpus")
        .about("Generates and builds the crate of every model in a folder")
        .after_help(program::help(EXAMPLES))
        .arg(
            Arg::new("dir")
                .value_name("DIR")
                .help("The models: all *.json and *.json.gz files below the folder, and the folders below it that have a service-2.json or service-2.json.gz of botocore")
                .required(true)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            Arg::new("jobs")
                .long("jobs")
                .value_name("N")
                .help("The number of services to build in parallel; the default is the number of cores")
                .value_parser(value_parser!(u16).range(1..)),
        )
        .arg(
            Arg::new("filter")
                .long("filter")
                .value_name("S")
                .help("Only models whose name contains this text"),
        )
}

/// Runs the command.
pub(super) fn run(matches: &ArgMatches, ui: &Ui) -> Result<(), Failure> {
    let config = Config::find_here()?;
    let dir = matches
        .get_one::<PathBuf>("dir")
        .map_or(Path::new(""), PathBuf::as_path);
    let filter = matches
        .get_one::<String>("filter")
        .map_or("", String::as_str);
    let models = models::find(dir, filter)?;
    let names: Vec<&str> = models.iter().map(|model| model.name.as_str()).collect();
    let root = config.as_ref().map_or(Path::new(""), |config| &config.root);
    let folder = paths::resolve(&root.join(FOLDER))?;
    let runtime = config
        .as_ref()
        .and_then(|config| config.runtime.clone())
        .unwrap_or_else(Runtime::published);
    fs::create_dir_all(&folder)
        .map_err(|error| Problem::io("create the folder", &folder, &error))?;

    let mut board = Board::new(&names, (folder.clone(), FOLDER), ui);
    let lock = root.join("Cargo.lock");
    let rows = generate_all(&models, &folder, (&runtime, &lock), &mut board)?;
    let to_build = rows
        .iter()
        .find(|row| matches!(row.outcome, Outcome::Passed));
    let example = to_build.map(|row| folder.join(&row.name));
    board.progress.show("building the dependencies");
    let slots = build::slots(
        jobs(matches).min(rows.len()),
        &folder.join(BUILT),
        example.as_deref(),
    )?;
    board.header()?;
    pool::build(rows, &slots, &folder, |event| board.event(event))?;
    board.progress.clear();
    ui.result(&board.tally.line())?;
    if board.tally.failed == 0 {
        Ok(())
    } else {
        Err(Failure::Told)
    }
}

fn jobs(matches: &ArgMatches) -> usize {
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    matches
        .get_one::<u16>("jobs")
        .map_or_else(cores, |jobs| usize::from(*jobs))
}

/// Writes all crates with a source of the runtime and a lock file, one after another. Each
/// generation uses all cores.
fn generate_all(
    models: &[CorpusModel],
    folder: &Path,
    (runtime, lock): (&Runtime, &Path),
    board: &mut Board<'_>,
) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    for model in models {
        board.progress.show(&format!(
            "{} of {}: generating {}",
            rows.len(),
            models.len(),
            model.name
        ));
        let target = Target {
            dir: folder.join(&model.name),
            name: Path::new(FOLDER).join(&model.name),
        };
        let row = generate::generate(model, &target, runtime);
        if matches!(row.outcome, Outcome::Passed) {
            build::lock(&target.dir, lock)?;
        }
        rows.push(row);
    }
    Ok(rows)
}
