//! The table that `corpus` prints.

use crate::report::grouped;
use std::time::Duration;

/// The results of a service. Unknown values are `None`.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) size: Option<Size>,
    /// The number of warnings of the generator.
    pub(super) warnings: usize,
    pub(super) generate: Option<Duration>,
    pub(super) check: Option<Duration>,
    pub(super) doc: Option<Duration>,
    pub(super) outcome: Outcome,
}

/// The size of the emitted crate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub(super) operations: usize,
    pub(super) shapes: usize,
    /// The lines of Rust.
    pub(super) lines: usize,
}

/// The outcome of a service.
#[derive(Debug, Default)]
pub(super) enum Outcome {
    /// No step has failed yet.
    #[default]
    Passed,
    /// The output of the failed step. The first line is the reason.
    Failed(String),
    /// The reason why the service is skipped.
    Skipped(String),
}

/// The header. `width` is the width of the longest name.
pub(super) fn header(width: usize) -> String {
    line(
        width,
        "service",
        [
            "operations",
            "shapes",
            "lines",
            "warnings",
            "generate",
            "check",
            "doc",
        ],
        "",
    )
}

/// The row of a service.
pub(super) fn row(width: usize, row: &Row) -> String {
    let number =
        |part: fn(Size) -> usize| row.size.map_or("-".to_owned(), |size| grouped(part(size)));
    let seconds = |time: Option<Duration>| {
        time.map_or("-".to_owned(), |t| format!("{:.1} s", t.as_secs_f64()))
    };
    let generate = row.generate.map_or("-".to_owned(), |t| {
        format!("{:.0} ms", t.as_secs_f64() * 1e3)
    });
    let cells = [
        number(|size| size.operations),
        number(|size| size.shapes),
        number(|size| size.lines),
        grouped(row.warnings),
        generate,
        seconds(row.check),
        seconds(row.doc),
    ];
    let outcome = match &row.outcome {
        Outcome::Passed => "passed".to_owned(),
        Outcome::Failed(text) => format!("failed: {}", text.lines().next().unwrap_or_default()),
        Outcome::Skipped(why) => format!("skipped: {why}"),
    };
    line(
        width,
        &row.name,
        cells.each_ref().map(String::as_str),
        &outcome,
    )
}

fn line(width: usize, name: &str, cells: [&str; 7], outcome: &str) -> String {
    let cells: String = cells.iter().map(|cell| format!("  {cell:>10}")).collect();
    format!(
        "{}\n",
        format!("{name:width$}{cells}  {outcome}").trim_end()
    )
}

/// The numbers of services that passed, failed and were skipped.
#[derive(Debug, Default)]
pub(super) struct Tally {
    passed: usize,
    pub(super) failed: usize,
    skipped: usize,
}

impl Tally {
    pub(super) fn add(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Passed => self.passed += 1,
            Outcome::Failed(_) => self.failed += 1,
            Outcome::Skipped(_) => self.skipped += 1,
        }
    }

    /// The summary line.
    pub(super) fn line(&self) -> String {
        let skipped = if self.skipped == 0 {
            String::new()
        } else {
            format!(", {} skipped", self.skipped)
        };
        format!("{} passed, {} failed{skipped}\n", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::{Outcome, Row, Size, Tally, header, row};
    use std::time::Duration;

    #[test]
    fn columns_stand_below_each_other() {
        let size = Size {
            operations: 12,
            shapes: 34,
            lines: 4752,
        };
        let time = |ms| Some(Duration::from_millis(ms));
        let passed = Row {
            name: "scheduler".into(),
            size: Some(size),
            generate: time(12),
            check: time(650),
            doc: time(1250),
            ..Row::default()
        };
        let failed = Row {
            name: "polly".into(),
            warnings: 2,
            outcome: Outcome::Failed("error[E0205]: why\n --> x\n".into()),
            ..Row::default()
        };
        assert_eq!(
            [header(9), row(9, &passed), row(9, &failed)].concat(),
            "\
service    operations      shapes       lines    warnings    generate       check         doc
scheduler          12          34       4,752           0       12 ms       0.7 s       1.2 s  passed
polly               -           -           -           2           -           -           -  failed: error[E0205]: why
"
        );
    }

    #[test]
    fn the_last_line() {
        let mut tally = Tally::default();
        [Outcome::Passed, Outcome::Failed(String::new())]
            .iter()
            .for_each(|outcome| tally.add(outcome));
        assert_eq!(tally.line(), "1 passed, 1 failed\n");
        tally.add(&Outcome::Skipped(String::new()));
        assert_eq!(tally.line(), "1 passed, 1 failed, 1 skipped\n");
    }
}
