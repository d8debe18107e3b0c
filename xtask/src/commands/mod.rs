//! One file per command, and the table of them.

mod codegen;
mod corpus;
mod diff;
mod fuzz;
mod import;
mod lint;
mod partitions;

use crate::failure::Failure;
use crate::ui::Ui;
use clap::{ArgMatches, Command};

/// A command: its name, its arguments, and its function.
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    pub(crate) form: fn() -> Command,
    pub(crate) run: fn(&ArgMatches, &Ui) -> Result<(), Failure>,
}

/// Every command of `cargo xtask`.
pub(crate) const ALL: &[Entry] = &[
    Entry {
        name: "codegen",
        form: codegen::args::form,
        run: codegen::run,
    },
    Entry {
        name: "corpus",
        form: corpus::form,
        run: corpus::run,
    },
    Entry {
        name: "diff",
        form: diff::form,
        run: diff::run,
    },
    Entry {
        name: "fuzz",
        form: fuzz::form,
        run: fuzz::run,
    },
    Entry {
        name: "import",
        form: import::form,
        run: import::run,
    },
    Entry {
        name: "lint",
        form: lint::form,
        run: lint::run,
    },
    Entry {
        name: "partitions",
        form: partitions::form,
        run: partitions::run,
    },
];
