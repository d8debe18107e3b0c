//! The output of `corpus`.

use super::pool::Event;
use super::table::{self, Outcome, Row, Tally};
use crate::failure::{Failure, Problem};
use crate::progress::Progress;
use crate::ui::Ui;
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The number of lines that are printed of a failure. The log contains all lines.
const SHOWN: usize = 30;

/// Prints rows and failures in the order of the services, which can end in another order.
pub(super) struct Board<'u> {
    ui: &'u Ui,
    pub(super) progress: Progress,
    /// The folder of the logs, and its name in messages.
    folder: (PathBuf, &'static str),
    /// The width of the longest name.
    width: usize,
    services: usize,
    /// The current step of each service, by number.
    running: BTreeMap<usize, String>,
    /// Rows that are printed after an earlier row.
    waiting: BTreeMap<usize, Row>,
    printed: usize,
    pub(super) tally: Tally,
}

impl<'u> Board<'u> {
    pub(super) fn new(names: &[&str], folder: (PathBuf, &'static str), ui: &'u Ui) -> Self {
        Self {
            ui,
            progress: Progress::new(),
            folder,
            width: names
                .iter()
                .map(|name| name.chars().count())
                .max()
                .unwrap_or_default(),
            services: names.len(),
            running: BTreeMap::new(),
            waiting: BTreeMap::new(),
            printed: 0,
            tally: Tally::default(),
        }
    }

    pub(super) fn header(&mut self) -> Result<(), Failure> {
        self.progress.clear();
        Ok(self.ui.result(&table::header(self.width))?)
    }

    pub(super) fn event(&mut self, event: Event) -> Result<(), Failure> {
        match event {
            Event::Begins(number, name, step) => {
                self.running
                    .insert(number, format!("{} {name}", step.verb()));
            }
            Event::Ends(number, row) => {
                self.running.remove(&number);
                self.waiting.insert(number, row);
                self.progress.clear();
                while let Some(row) = self.waiting.remove(&self.printed) {
                    self.printed += 1;
                    self.row(&row)?;
                }
            }
        }
        let done = format!(
            "{} of {} done",
            self.printed + self.waiting.len(),
            self.services
        );
        let running = self.running.values().cloned();
        self.progress.show(
            &[done]
                .into_iter()
                .chain(running)
                .collect::<Vec<_>>()
                .join(", "),
        );
        Ok(())
    }

    fn row(&mut self, row: &Row) -> Result<(), Failure> {
        self.tally.add(&row.outcome);
        self.ui.result(&table::row(self.width, row))?;
        let log = format!("{}.log", row.name);
        let path = self.folder.0.join(&log);
        match &row.outcome {
            Outcome::Failed(text) => {
                self.ui
                    .message(&shown(text, &format!("{}/{log}", self.folder.1)));
                fs::write(&path, text).map_err(|error| Problem::io("write", &path, &error).into())
            }
            _ => no_longer(&path),
        }
    }
}

/// Removes the log of an earlier failure.
fn no_longer(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Problem::io("remove", path, &error).into())
        }
        _ => Ok(()),
    }
}

/// The first lines of a failure, and the path of the log.
fn shown(text: &str, log: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let mut shown = lines
        .iter()
        .take(SHOWN)
        .map(|line| format!("{line}\n"))
        .collect::<String>();
    if lines.len() > SHOWN {
        shown.push_str(&format!("{} more lines\n", lines.len() - SHOWN));
    }
    format!("{shown}complete log: {log}\n\n")
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn long_failures_are_cut() {
        assert_eq!(
            shown("error: a\n --> b\n\n", "a.log"),
            "error: a\n --> b\ncomplete log: a.log\n\n"
        );
        let text = shown(&"x\n".repeat(33), "a.log");
        assert!(
            text.starts_with("x\nx\n")
                && text.ends_with("\nx\n3 more lines\ncomplete log: a.log\n\n"),
            "{text}"
        );
        assert_eq!(text.lines().count(), 33);
    }
}
