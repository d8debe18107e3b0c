//! The colors of text on stderr.

/// Adds color codes to text, or returns it unchanged.
#[derive(Clone, Copy)]
pub(crate) struct Style {
    pub(crate) color: bool,
}

impl Style {
    /// The style of the word `error`.
    pub(crate) fn error(self, text: &str) -> String {
        self.wrap("1;31", text)
    }

    /// The style of the word `warning`.
    pub(crate) fn warning(self, text: &str) -> String {
        self.wrap("1;33", text)
    }

    /// The style of line numbers, bars and arrows.
    pub(crate) fn frame(self, text: &str) -> String {
        self.wrap("1;34", text)
    }

    /// The style of messages.
    pub(crate) fn bold(self, text: &str) -> String {
        self.wrap("1", text)
    }

    fn wrap(self, code: &str, text: &str) -> String {
        if self.color {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}
