use super::code::Code;
use super::diagnostic::{Diagnostic, Severity};
use super::suggest;
use super::suggest::Search;

/// How many diagnostics are kept: far more than anyone reads.
const MOST: usize = 20_000;

/// Collects diagnostics, up to a number of them.
#[derive(Debug, Default)]
pub struct Log {
    found: Vec<Diagnostic>,
    left_out: usize,
    /// Whether one of those that were left out is an error.
    error_left_out: bool,
    /// The effort that is left for suggestions.
    search: Search,
}

impl Log {
    /// Adds a diagnostic, or counts it if there are too many.
    pub fn push(&mut self, problem: Diagnostic) {
        if self.is_full() {
            self.left_out += 1;
            self.error_left_out |= problem.severity == Severity::Error;
        } else {
            self.found.push(problem);
        }
    }

    /// Whether further diagnostics are only counted, so that a check that finds many can end.
    pub fn is_full(&self) -> bool {
        self.found.len() >= MOST
    }

    /// Whether one of them is an error.
    pub fn has_error(&self) -> bool {
        self.error_left_out
            || self
                .found
                .iter()
                .any(|problem| problem.severity == Severity::Error)
    }

    /// The help "did you mean" if a candidate is close to what was written, else `otherwise`. The
    /// effort for all suggestions together is limited, since each compares all candidates.
    pub(crate) fn suggest<'a>(
        &mut self,
        written: &str,
        candidates: impl Iterator<Item = &'a str>,
        otherwise: &str,
    ) -> String {
        suggest::within(&mut self.search, written, candidates)
            .unwrap_or_else(|| otherwise.to_owned())
    }

    /// The diagnostics; if some were left out, the last one says so.
    pub fn into_vec(mut self) -> Vec<Diagnostic> {
        if let Some(last) = self.found.last().filter(|_| self.left_out > 0) {
            let message = format!(
                "there are {} more problems, which are not listed",
                self.left_out
            );
            let more = match self.error_left_out {
                true => Diagnostic::error(Code::TooLarge, message),
                false => Diagnostic::warning(Code::TooLarge, message),
            };
            let more = Diagnostic {
                shape: last.shape.clone(),
                ..more.at(last.span)
            };
            self.found
                .push(more.help("mend those that are listed, and look again"));
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
    fn what_is_left_out_is_counted_and_keeps_its_severity() {
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
            assert_eq!(
                listed[MOST].message,
                "there are 2 more problems, which are not listed"
            );
        }
    }
}
