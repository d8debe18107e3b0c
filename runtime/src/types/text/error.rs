//! The error of parsing a text form.

use std::fmt;

/// The error for a text that does not parse. It does not contain the text, which may be a secret.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TextError(&'static str);

impl TextError {
    /// Creates an error from the name of the expected form, such as `date-time`.
    pub fn new(expected: &'static str) -> Self {
        Self(expected)
    }

    /// The expected form.
    pub fn expected(&self) -> &'static str {
        self.0
    }
}

/// The same line as `Display`, which a program prints whose `main` returns the error.
impl fmt::Debug for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the text is not a valid {}", self.0)
    }
}

impl std::error::Error for TextError {}
