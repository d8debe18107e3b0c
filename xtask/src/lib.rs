//! The command line `cargo xtask`, which does all I/O of the project.
//!
//! Exit status: 0 on success, 1 on failure, 2 if the command line is invalid. Results are written
//! to stdout, everything else to stderr.

mod bump;
mod cli;
mod commands;
mod dump;
mod failure;
mod hunk;
mod input;
mod lock;
mod manifest;
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

/// Reads a model as the commands do. The path is a file, or a folder of `*.json` files.
///
/// # Errors
/// A message about the files that cannot be read.
pub fn read_model(path: &Path) -> Result<Sources, String> {
    let input = input::Input {
        path: path.to_owned(),
        name: path.to_owned(),
    };
    input::read(&[input]).map_err(|failure| failure.plain())
}

/// Renders diagnostics as the commands do, without colors.
pub fn render_diagnostics(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    render::render(diagnostics, sources, style::Style { color: false })
}
