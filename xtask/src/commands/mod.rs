//! One file per command, and the table of them.

mod codegen;
mod corpus;
mod diff;
mod fuzz;
mod import;
mod lint;
mod partitions;

use crate::failure::Failure;
use crate::program;
use crate::ui::Ui;
use clap::{ArgMatches, Command};

/// A command: its name, its arguments, and its function.
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    pub(crate) form: fn() -> Command,
    pub(crate) run: fn(&ArgMatches, &Ui) -> Result<(), Failure>,
    /// Whether the command maintains the generator, and works in its checkout only.
    of_checkout: bool,
}

/// The commands that the user can run: all, or without those that need the checkout.
pub(crate) fn available() -> impl Iterator<Item = &'static Entry> {
    ALL.iter()
        .filter(|entry| !entry.of_checkout || program::is_alias())
}

/// Every command.
const ALL: &[Entry] = &[
    Entry {
        name: "codegen",
        form: codegen::args::form,
        run: codegen::run,
        of_checkout: false,
    },
    Entry {
        name: "corpus",
        form: corpus::form,
        run: corpus::run,
        of_checkout: false,
    },
    Entry {
        name: "diff",
        form: diff::form,
        run: diff::run,
        of_checkout: false,
    },
    Entry {
        name: "fuzz",
        form: fuzz::form,
        run: fuzz::run,
        of_checkout: true,
    },
    Entry {
        name: "import",
        form: import::form,
        run: import::run,
        of_checkout: false,
    },
    Entry {
        name: "lint",
        form: lint::form,
        run: lint::run,
        of_checkout: false,
    },
    Entry {
        name: "partitions",
        form: partitions::form,
        run: partitions::run,
        of_checkout: true,
    },
];
