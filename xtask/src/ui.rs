use crate::printable;
use crate::style::Style;
use std::io::{self, IsTerminal, Write};

/// The output of a command: results on stdout and messages on stderr.
pub(crate) struct Ui {
    /// The style of messages.
    pub(crate) style: Style,
}

/// A result could not be printed.
#[derive(Debug)]
pub(crate) struct StdoutError(pub(crate) io::Error);

impl Ui {
    /// Messages have colors if stderr is a terminal, `NO_COLOR` is unset or empty, and `TERM` is
    /// not `dumb`.
    pub(crate) fn new() -> Self {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let plain = no_color || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        Self {
            style: Style {
                color: !plain && io::stderr().is_terminal(),
            },
        }
    }

    /// Prints a result. Its text cannot control the terminal.
    pub(crate) fn result(&self, text: &str) -> Result<(), StdoutError> {
        let text = printable::lines(text);
        let mut stdout = io::stdout().lock();
        stdout
            .write_all(text.as_bytes())
            .and_then(|()| stdout.flush())
            .map_err(StdoutError)
    }

    /// Prints a message, whose text cannot control the terminal. A closed stderr is not an error.
    pub(crate) fn message(&self, text: &str) {
        let _ = io::stderr()
            .lock()
            .write_all(printable::colored_lines(text).as_bytes());
    }
}
