use crate::render;
use crate::style::Style;
use crate::ui::{StdoutError, Ui};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::process::ExitCode;

/// The reason why a command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line is invalid, or requests help.
    Usage(clap::Error),
    /// Problems that are not printed yet, and an outcome such as "nothing was written", which can
    /// be empty.
    Problems(Vec<Problem>, &'static str),
    /// Everything has been printed.
    Told,
    /// Results cannot be written to stdout.
    Stdout(io::Error),
}

/// A problem outside of the model, with a help.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Problem {
    /// The problem, with the path.
    pub(crate) what: String,
    /// The help: how to solve the problem.
    pub(crate) cure: String,
}

impl Failure {
    /// Prints what has not been printed, and returns the exit status.
    pub(crate) fn tell(self, ui: &Ui) -> ExitCode {
        match self {
            Failure::Usage(error) => {
                // Stderr can be closed.
                let _ = error.print();
                return u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from);
            }
            Failure::Problems(problems, outcome) => {
                let text: Vec<String> = problems
                    .iter()
                    .map(|problem| problem.render(ui.style))
                    .collect();
                ui.message(&text.join("\n"));
                if !outcome.is_empty() {
                    ui.message(&format!(
                        "\n{}",
                        render::verdict(problems.len(), 0, outcome, ui.style)
                    ));
                }
            }
            // The reader has closed the pipe, as `| head` does.
            Failure::Stdout(error) if error.kind() == ErrorKind::BrokenPipe => {}
            Failure::Stdout(error) => {
                let problem = Problem::new(
                    format!("cannot write to stdout: {error}"),
                    "check where stdout is redirected to",
                );
                ui.message(&problem.render(ui.style));
            }
            Failure::Told => {}
        }
        ExitCode::FAILURE
    }

    /// The text of what has not been printed, without colors.
    pub(crate) fn plain(&self) -> String {
        match self {
            Failure::Problems(problems, _) => problems
                .iter()
                .map(|problem| problem.render(Style { color: false }))
                .collect(),
            other => format!("error: {other:?}"),
        }
    }
}

impl From<clap::Error> for Failure {
    fn from(error: clap::Error) -> Self {
        Failure::Usage(error)
    }
}

impl From<StdoutError> for Failure {
    fn from(error: StdoutError) -> Self {
        Failure::Stdout(error.0)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Failure::Problems(vec![problem], "")
    }
}

impl Problem {
    pub(crate) fn new(what: impl Into<String>, cure: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            cure: cure.into(),
        }
    }

    /// A failed operation of the file system. `doing` is the operation, such as `read` or `create
    /// the folder`.
    pub(crate) fn io(doing: &str, path: &Path, error: &io::Error) -> Self {
        let path = path.display();
        let cure = match error.kind() {
            ErrorKind::NotFound => format!("check that `{path}` exists"),
            ErrorKind::PermissionDenied => {
                format!("give your user the permission to {doing} `{path}`")
            }
            ErrorKind::ReadOnlyFilesystem => "choose a folder on a writable file system".to_owned(),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "free some space".to_owned(),
            ErrorKind::NotADirectory => {
                format!("a parent of `{path}` is a file: choose another path, or move the file")
            }
            ErrorKind::InvalidFilename => "choose a shorter path".to_owned(),
            _ => "correct this, then run the command again".to_owned(),
        };
        Self::new(format!("cannot {doing} `{path}`: {error}"), cure)
    }

    /// Renders the problem and its help. Further lines are indented.
    pub(crate) fn render(&self, style: Style) -> String {
        self.render_under("error", &style.error("error"), style)
    }

    /// Renders the problem as a warning.
    pub(crate) fn render_warning(&self, style: Style) -> String {
        self.render_under("warning", &style.warning("warning"), style)
    }

    fn render_under(&self, word: &str, head: &str, style: Style) -> String {
        let indent = format!("\n{}", " ".repeat(word.len() + ": ".len()));
        let what = style.bold(&format!(": {}", self.what.replace('\n', &indent)));
        let cure = self.cure.replace('\n', "\n          ");
        format!(
            "{head}{what}\n  {} {} {cure}\n",
            style.frame("="),
            style.bold("help:")
        )
    }
}
