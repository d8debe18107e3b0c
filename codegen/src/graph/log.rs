//! Collects problems, so that all of them are reported at once.

use smithy_model::{Diagnostic, Problems};

#[derive(Debug, Default)]
pub(crate) struct Log {
    problems: Problems,
}

impl Log {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.problems.push(diagnostic);
    }

    pub(crate) fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.problems.extend(diagnostics);
    }

    /// Every problem, one of which makes going on impossible.
    pub(crate) fn fail<T>(self) -> Result<T, Vec<Diagnostic>> {
        Err(self.problems.into_vec())
    }

    /// The value with its warnings, or every problem if one is an error.
    pub(crate) fn finish<T>(self, value: T) -> Result<(T, Vec<Diagnostic>), Vec<Diagnostic>> {
        if self.problems.has_error() {
            Err(self.problems.into_vec())
        } else {
            Ok((value, self.problems.into_vec()))
        }
    }
}
