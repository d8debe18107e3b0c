use std::io::{self, IsTerminal, Write};

/// The maximum width of the line. A longer line would wrap and could not be erased.
const WIDTH: usize = 79;

/// A line on the terminal that shows the progress and is overwritten. It is not written if stderr
/// is not a terminal.
pub(crate) struct Progress {
    terminal: bool,
    shown: bool,
}

impl Progress {
    /// Creates an empty line on stderr.
    pub(crate) fn new() -> Self {
        Self {
            terminal: io::stderr().is_terminal(),
            shown: false,
        }
    }

    /// Replaces the line.
    pub(crate) fn show(&mut self, text: &str) {
        if self.terminal {
            self.write(&format!("\r\u{1b}[K{}", cut(text)));
            self.shown = true;
        }
    }

    /// Erases the line, so that other text can be printed.
    pub(crate) fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            self.write("\r\u{1b}[K");
        }
    }

    /// Stderr can be closed.
    fn write(&self, text: &str) {
        let mut stderr = io::stderr().lock();
        let _ = stderr
            .write_all(text.as_bytes())
            .and_then(|()| stderr.flush());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= WIDTH {
        return text.to_owned();
    }
    text.chars().take(WIDTH - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn long_lines_are_cut() {
        assert_eq!(super::cut("short"), "short");
        let cut = super::cut(&"é".repeat(80));
        assert!(cut.chars().count() == 79 && cut.ends_with("é…"), "{cut}");
    }
}
