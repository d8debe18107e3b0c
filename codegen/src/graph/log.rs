//! Collects problems, so that all of them are reported at once.

use smithy_model::{Diagnostic, Severity};

#[derive(Debug, Default)]
pub(crate) struct Log {
    diagnostics: Vec<Diagnostic>,
}

impl Log {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub(crate) fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.diagnostics.extend(diagnostics);
    }

    /// Every problem, one of which makes going on impossible.
    pub(crate) fn fail<T>(self) -> Result<T, Vec<Diagnostic>> {
        Err(self.diagnostics)
    }

    /// The value with its warnings, or every problem if one is an error.
    pub(crate) fn finish<T>(self, value: T) -> Result<(T, Vec<Diagnostic>), Vec<Diagnostic>> {
        if self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            Err(self.diagnostics)
        } else {
            Ok((value, self.diagnostics))
        }
    }
}
