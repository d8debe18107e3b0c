//! The command line of the project, run as `cargo xtask <command>`: all of its I/O happens here.
//!
//! Exit status: 0 if everything asked for held, 1 if something did not, 2 if the command line was
//! wrong. Results go to stdout, everything else to stderr.

mod bump;
mod cli;
mod commands;
mod dump;
mod failure;
mod hunk;
mod input;
mod lock;
mod marker;
mod model;
mod plan;
mod printable;
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

use smithy_model::{Diagnostic, Sources};
use std::path::Path;
use std::process::ExitCode;

/// Runs the command line of this process and returns its exit status.
pub fn run() -> ExitCode {
    let ui = ui::Ui::new();
    match cli::run(std::env::args_os(), &ui) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.tell(&ui),
    }
}

/// Reads a model as every command does: a file, or all `*.json` files in a folder.
///
/// # Errors
/// A text for people: which files cannot be read, and why.
pub fn read_model(path: &Path) -> Result<Sources, String> {
    let input = input::Input {
        path: path.to_owned(),
        name: path.to_owned(),
    };
    input::read(&[input]).map_err(|failure| failure.plain())
}

/// Diagnostics as every command prints them, without colours.
pub fn render_diagnostics(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    render::render(diagnostics, sources, style::Style { colour: false })
}
