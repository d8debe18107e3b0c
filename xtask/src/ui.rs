use crate::failure::Failure;
use crate::printable;
use crate::style::Style;
use std::io::{self, IsTerminal, Write};

/// Where a command prints: results to stdout, everything that is said about them to stderr.
pub(crate) struct Ui {
    /// How messages are coloured.
    pub(crate) style: Style,
}

impl Ui {
    /// Messages are coloured if stderr is a terminal and `NO_COLOR` is unset or empty.
    pub(crate) fn new() -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            style: Style {
                colour: !plain && io::stderr().is_terminal(),
            },
        }
    }

    /// Prints a result. Whatever it quotes cannot drive the terminal.
    pub(crate) fn result(&self, text: &str) -> Result<(), Failure> {
        let text = printable::lines(text);
        let mut stdout = io::stdout().lock();
        stdout
            .write_all(text.as_bytes())
            .and_then(|()| stdout.flush())
            .map_err(Failure::Stdout)
    }

    /// Prints a message, in the same way. A closed stderr leaves nobody to tell, so that is no
    /// failure.
    pub(crate) fn message(&self, text: &str) {
        let _ = io::stderr()
            .lock()
            .write_all(printable::coloured_lines(text).as_bytes());
    }
}
