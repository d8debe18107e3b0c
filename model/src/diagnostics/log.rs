use super::code::Code;
use super::diagnostic::{Diagnostic, Severity};
use super::suggest;
use super::suggest::Search;

/// The maximum number of diagnostics that are kept.
const MOST: usize = 20_000;

/// Collects diagnostics, up to a limit.
#[derive(Debug, Default)]
pub struct Log {
    found: Vec<Diagnostic>,
    dropped: usize,
    /// Whether a dropped diagnostic is an error.
    error_dropped: bool,
    /// The remaining effort for suggestions.
    search: Search,
}

impl Log {
    /// Adds a diagnostic, or only counts it if the log is full.
    pub fn push(&mut self, problem: Diagnostic) {
        if self.is_full() {
            self.dropped += 1;
            self.error_dropped |= problem.severity == Severity::Error;
        } else {
            self.found.push(problem);
        }
    }

    /// Returns whether the log is full. A check that may find many problems can then stop.
    pub fn is_full(&self) -> bool {
        self.found.len() >= MOST
    }

    /// Returns whether one of the diagnostics is an error.
    pub fn has_error(&self) -> bool {
        self.error_dropped
            || self
                .found
                .iter()
                .any(|problem| problem.severity == Severity::Error)
    }

    /// Returns "did you mean" with the candidate closest to what was written, or `otherwise` if none
    /// is close. Each call compares all candidates, so the effort of all calls together is limited.
    pub(crate) fn suggest<'a>(
        &mut self,
        written: &str,
        candidates: impl Iterator<Item = &'a str>,
        otherwise: &str,
    ) -> String {
        suggest::within(&mut self.search, written, candidates)
            .unwrap_or_else(|| otherwise.to_owned())
    }

    /// Returns the diagnostics. If some were dropped, the last one has their number.
    pub fn into_vec(mut self) -> Vec<Diagnostic> {
        if let Some(last) = self.found.last().filter(|_| self.dropped > 0) {
            let message = format!("{} more problems are not shown", self.dropped);
            let more = match self.error_dropped {
                true => Diagnostic::error(Code::TooLarge, message),
                false => Diagnostic::warning(Code::TooLarge, message),
            };
            let more = Diagnostic {
                shape: last.shape.clone(),
                ..more.at(last.span)
            };
            self.found
                .push(more.help("fix the problems that are shown, then run the command again"));
        }
        self.found
    }
}

impl Extend<Diagnostic> for Log {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, problems: T) {
        problems.into_iter().for_each(|problem| self.push(problem));
    }
}

#[cfg(test)]
mod tests {
    use super::{Log, MOST};
    use crate::diagnostics::code::Code;
    use crate::diagnostics::diagnostic::{Diagnostic, Severity};

    #[test]
    fn dropped_diagnostics_are_counted_and_keep_their_severity() {
        for (last, severity) in [
            (Diagnostic::warning(Code::TooDeep, "b"), Severity::Warning),
            (Diagnostic::error(Code::TooDeep, "b"), Severity::Error),
        ] {
            let mut log = Log::default();
            log.extend((0..MOST).map(|_| Diagnostic::warning(Code::TooDeep, "a")));
            assert!(log.is_full() && !log.has_error());
            log.push(Diagnostic::warning(Code::TooDeep, "b"));
            log.push(last);
            assert_eq!(log.has_error(), severity == Severity::Error);
            let listed = log.into_vec();
            assert_eq!((listed.len(), listed[MOST].severity), (MOST + 1, severity));
            assert_eq!(listed[MOST].message, "2 more problems are not shown");
        }
    }
}
