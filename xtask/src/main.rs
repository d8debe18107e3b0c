//! The command line of the project, run as `cargo xtask <command>`: all of its I/O happens here.
//!
//! Exit status: 0 if everything asked for held, 1 if something did not, 2 if the command line was wrong. Results go to
//! stdout, everything else to stderr.

mod bump;
mod cli;
mod commands;
mod dump;
mod failure;
mod hunk;
mod input;
mod marker;
mod model;
mod plan;
mod progress;
mod render;
mod report;
mod revision;
mod style;
mod temporary;
mod ui;
mod version;
mod workspace;
mod write;

#[cfg(test)]
mod testing;

use std::process::ExitCode;

fn main() -> ExitCode {
    let ui = ui::Ui::new();
    match cli::run(std::env::args_os(), &ui) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.tell(&ui),
    }
}
