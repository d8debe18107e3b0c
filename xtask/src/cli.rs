use crate::commands;
use crate::failure::Failure;
use crate::ui::Ui;
use clap::Command;
use std::ffi::OsString;

/// Parses the command line and runs the command.
pub(crate) fn run(args: impl IntoIterator<Item = OsString>, ui: &Ui) -> Result<(), Failure> {
    let matches = command().try_get_matches_from(args)?;
    let Some((name, arguments)) = matches.subcommand() else {
        return Ok(());
    };
    match commands::ALL.iter().find(|entry| entry.name == name) {
        Some(entry) => (entry.run)(arguments, ui),
        None => Ok(()),
    }
}

fn command() -> Command {
    Command::new("xtask")
        .bin_name("cargo xtask")
        .about("Generates Rust clients from Smithy models")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands(
            commands::ALL
                .iter()
                .map(|entry| (entry.form)().name(entry.name)),
        )
}

#[cfg(test)]
mod tests {
    #[test]
    fn command_line_definitions_are_valid() {
        super::command().debug_assert();
    }
}
