use super::code::Code;
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::{Sources, Span};
use crate::syntax::truncate::truncate;
use std::fmt::{self, Write};

/// A problem in a model, or in the code that is generated from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The code of the problem.
    pub code: Code,
    /// Whether the problem stops code generation.
    pub severity: Severity,
    /// The shape that has the problem.
    pub shape: Option<ShapeId>,
    /// The position of the problem.
    pub span: Option<Span>,
    /// What is wrong: one line, lower case, no full stop.
    pub message: String,
    /// How to fix it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Creates an error, which stops code generation.
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

    /// Creates a warning, which does not stop code generation.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, message)
        }
    }

    /// Sets the position, if it is known.
    #[must_use]
    pub fn at(mut self, span: impl Into<Option<Span>>) -> Self {
        self.span = span.into();
        self
    }

    /// Sets the shape.
    #[must_use]
    pub fn shape(mut self, id: &ShapeId) -> Self {
        self.shape = Some(id.clone());
        self
    }

    /// Sets the help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(shortened(help.into()));
        self
    }

    /// The diagnostic on one line, for build scripts and logs: severity, code, shape, message,
    /// place and help.
    pub fn line(&self, sources: &Sources) -> String {
        let mut line = format!("{}[{}]", self.severity, self.code.id());
        // Writing to a string cannot fail.
        if let Some(shape) = &self.shape {
            let _ = write!(line, " {shape}");
        }
        let _ = write!(line, ": {}", self.message);
        if let Some(span) = self.span {
            let _ = write!(line, " ({})", sources.place(span));
        }
        if let Some(help) = &self.help {
            let _ = write!(line, "; help: {help}");
        }
        let is_control = |c: char| if c.is_control() { ' ' } else { c };
        line.chars().map(is_control).collect()
    }

    /// Sorts by file, position, code and shape, the order in which diagnostics are shown.
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

/// Shortens a text that quotes a large part of a model.
fn shortened(mut text: String) -> String {
    const LONGEST: usize = 4_000;
    if text.len() > LONGEST {
        text.truncate(truncate(&text, LONGEST).len());
        text.push('…');
    }
    text
}

/// The severity of a [`Diagnostic`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Code generation continues.
    Warning,
    /// No code is generated.
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
    fn diagnostics_are_sorted_by_position_then_code() {
        let at = |source, start| Span {
            source: SourceId(source),
            start,
            end: start,
        };
        let mut list = vec![
            Diagnostic::error(Code::UnknownTarget, "no position"),
            Diagnostic::error(Code::UnknownTarget, "second file").at(at(1, 0)),
            Diagnostic::error(Code::UnknownTarget, "b").at(at(0, 7)),
            Diagnostic::warning(Code::DuplicateKey, "a").at(at(0, 7)),
        ];
        Diagnostic::sort(&mut list);
        assert_eq!(
            list.iter().map(|d| &*d.message).collect::<Vec<_>>(),
            ["a", "b", "second file", "no position"]
        );
    }
}
