//! The command line `cargo smithy`, which does all I/O. In the checkout, its alias is `cargo
//! xtask`.
//!
//! Exit status: 0 on success, 1 on failure, 2 if the command line is invalid. Results are written
//! to stdout, everything else to stderr.

mod bump;
mod cli;
mod commands;
mod config;
mod dump;
mod failure;
mod hunk;
mod input;
mod lock;
mod manifest;
mod marker;
mod model;
mod paths;
mod plan;
mod printable;
mod program;
mod progress;
mod render;
mod report;
mod revision;
mod runtime;
mod style;
mod temporary;
mod ui;
mod version;
mod write;

#[cfg(test)]
#[allow(dead_code, reason = "the tests in `tests/` use the rest")]
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
    input::read(&[input::Input::named(path)]).map_err(|failure| failure.plain())
}

/// Renders diagnostics as the commands do, without colors.
pub fn render_diagnostics(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    render::render(diagnostics, sources, style::Style { color: false })
}
