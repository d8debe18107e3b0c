use super::code::Code;
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use crate::syntax::truncate::truncate;
use std::fmt;

/// A problem found in a model, or in what a generator made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which problem.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// The shape it is about.
    pub shape: Option<ShapeId>,
    /// Where it stands.
    pub span: Option<Span>,
    /// What is wrong, one line, lower case, no full stop.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem that stops generation.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        let message = shortened(message.into());
        Self {
            code,
            severity: Severity::Error,
            shape: None,
            span: None,
            message,
            help: None,
        }
    }

    /// A problem that does not stop generation.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, message)
        }
    }

    /// Says where the problem stands, if that is known.
    #[must_use]
    pub fn at(mut self, span: impl Into<Option<Span>>) -> Self {
        self.span = span.into();
        self
    }

    /// Says which shape the problem is about.
    #[must_use]
    pub fn shape(mut self, id: &ShapeId) -> Self {
        self.shape = Some(id.clone());
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(shortened(help.into()));
        self
    }

    /// Sorts by file, place, code and shape: the order in which diagnostics are shown.
    pub fn sort(diagnostics: &mut [Diagnostic]) {
        diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    }

    fn sort_key(&self) -> impl Ord + '_ {
        (
            self.span.is_none(),
            self.span,
            self.code,
            &self.shape,
            &self.message,
        )
    }
}

/// A text that quotes much of a model ends where nobody reads on.
fn shortened(mut text: String) -> String {
    const LONGEST: usize = 4_000;
    if text.len() > LONGEST {
        text.truncate(truncate(&text, LONGEST).len());
        text.push('…');
    }
    text
}

/// How bad a [`Diagnostic`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Generation goes on.
    Warning,
    /// Nothing is generated.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Diagnostic};
    use crate::syntax::source::{SourceId, Span};

    #[test]
    fn sorted_by_place_then_code() {
        let at = |source, start| Span {
            source: SourceId(source),
            start,
            end: start,
        };
        let mut list = vec![
            Diagnostic::error(Code::UnknownTarget, "no place"),
            Diagnostic::error(Code::UnknownTarget, "second file").at(at(1, 0)),
            Diagnostic::error(Code::UnknownTarget, "b").at(at(0, 7)),
            Diagnostic::warning(Code::DuplicateKey, "a").at(at(0, 7)),
        ];
        Diagnostic::sort(&mut list);
        assert_eq!(
            list.iter().map(|d| &*d.message).collect::<Vec<_>>(),
            ["a", "b", "second file", "no place"]
        );
    }
}
