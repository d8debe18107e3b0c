use crate::commands;
use crate::failure::Failure;
use crate::program;
use crate::ui::Ui;
use clap::{Arg, ArgMatches, Command, value_parser};
use clap_complete::Shell;
use std::ffi::OsString;

/// The name of the subcommand that cargo passes to `cargo-smithy`.
const CARGO: &str = "smithy";
const COMPLETIONS: &str = "completions";

/// Parses the command line and runs the command.
pub(crate) fn run(args: impl IntoIterator<Item = OsString>, ui: &Ui) -> Result<(), Failure> {
    let matches = command().try_get_matches_from(without_subcommand_of_cargo(args))?;
    match matches.subcommand() {
        Some((COMPLETIONS, arguments)) => completions(arguments, ui),
        Some((name, arguments)) => match commands::available().find(|entry| entry.name == name) {
            Some(entry) => (entry.run)(arguments, ui),
            None => Ok(()),
        },
        None => Ok(()),
    }
}

/// `cargo smithy codegen` starts `cargo-smithy smithy codegen`.
fn without_subcommand_of_cargo(
    args: impl IntoIterator<Item = OsString>,
) -> impl Iterator<Item = OsString> {
    let is_subcommand = |(index, arg): (usize, &OsString)| index == 1 && arg == CARGO;
    args.into_iter()
        .enumerate()
        .filter(move |(index, arg)| !is_subcommand((*index, arg)))
        .map(|(_, arg)| arg)
}

fn command() -> Command {
    Command::new("cargo-smithy")
        .bin_name(program::name())
        .version(env!("CARGO_PKG_VERSION"))
        .about("Generates Rust clients from Smithy models")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands(commands::available().map(|entry| (entry.form)().name(entry.name)))
        .subcommand(
            Command::new(COMPLETIONS)
                .about("Prints the completions of `cargo-smithy` for a shell")
                .after_help(program::help(
                    "Examples:\n  cargo xtask completions bash > ~/.local/share/bash-completion/completions/cargo-smithy\n      \
                     Complete the arguments of `cargo-smithy` in bash",
                ))
                .arg(
                    Arg::new("shell")
                        .value_name("SHELL")
                        .required(true)
                        .value_parser(value_parser!(Shell)),
                ),
        )
}

fn completions(arguments: &ArgMatches, ui: &Ui) -> Result<(), Failure> {
    let mut text = Vec::new();
    if let Some(shell) = arguments.get_one::<Shell>("shell") {
        clap_complete::generate(*shell, &mut command(), "cargo-smithy", &mut text);
    }
    Ok(ui.result(&String::from_utf8_lossy(&text))?)
}

#[cfg(test)]
mod tests {
    use super::without_subcommand_of_cargo;

    #[test]
    fn command_line_definitions_are_valid() {
        super::command().debug_assert();
    }

    #[test]
    fn the_name_that_cargo_adds_is_removed() {
        let arguments = |line: &str| {
            let words = line.split(' ').map(std::ffi::OsString::from);
            let words: Vec<_> = without_subcommand_of_cargo(words)
                .map(|word| word.into_string().unwrap())
                .collect();
            words.join(" ")
        };
        assert_eq!(
            arguments("cargo-smithy smithy lint smithy"),
            "cargo-smithy lint smithy"
        );
        assert_eq!(
            arguments("cargo-smithy lint smithy"),
            "cargo-smithy lint smithy"
        );
    }
}
