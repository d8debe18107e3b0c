//! The output of `codegen`.

use crate::hunk;
use crate::plan::changes::{Kind, Plan};
use crate::plan::target::Target;
use crate::render::count;
use smithy_codegen::Generated;
use std::fmt::Write;
use std::time::Duration;

/// The number of files of one kind of change that are named after writing.
const NAMED: usize = 50;

/// The durations of the steps.
#[derive(Clone, Copy)]
pub(crate) struct Times {
    /// Reading the files of the model.
    pub(crate) read: Duration,
    /// Generating the text of every file.
    pub(crate) generate: Duration,
    /// Comparing with the disk and writing.
    pub(crate) write: Duration,
}

/// The changes after writing: the names of the created, updated and removed files, and the number
/// of each, and of unchanged files. `title` starts the line with the numbers.
pub(crate) fn written(plan: &Plan, target: &Target, title: &str) -> String {
    let mut out = String::new();
    let verbs = ["created", "updated", "removed"];
    let named = verbs.map(|verb| {
        let paths = plan
            .changes
            .iter()
            .filter(|change| words(&change.kind).0 == verb);
        let paths: Vec<_> = paths.map(|change| target.name_of(&change.path)).collect();
        for path in paths.iter().take(NAMED) {
            say(&mut out, &format!("{verb} {}", path.display()));
        }
        if paths.len() > NAMED {
            say(&mut out, &format!("{verb} {} more", paths.len() - NAMED));
        }
        format!("{} {verb}", paths.len())
    });
    say(
        &mut out,
        &format!("{title}: {}, {} unchanged", named.join(", "), plan.left),
    );
    out
}

/// The changes that writing would make, with the first difference of each stale file. `title`
/// starts the line if there are none.
pub(crate) fn differences(plan: &Plan, target: &Target, title: &str) -> String {
    let mut out = String::new();
    if plan.changes.is_empty() {
        say(&mut out, &format!("{title}: up to date"));
    }
    for change in &plan.changes {
        say(
            &mut out,
            &format!(
                "{}: {}",
                words(&change.kind).1,
                target.name_of(&change.path).display()
            ),
        );
        if let Kind::Update { old, text } = &change.kind {
            hunk::first(old, text.as_bytes())
                .lines()
                .for_each(|line| say(&mut out, &format!("    {line}")));
        }
    }
    out
}

/// The numbers of outdated files by kind: `1 stale file, 2 missing files`.
pub(crate) fn out_of_date(plan: &Plan) -> String {
    let files = ["stale", "missing", "superfluous"].map(|word| {
        (
            plan.changes
                .iter()
                .filter(|change| words(&change.kind).1 == word)
                .count(),
            format!("{word} file"),
        )
    });
    let found = files.into_iter().filter(|(number, _)| *number > 0);
    found
        .map(|(number, noun)| count(number, &noun))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A line with durations and sizes.
pub(crate) fn work(generated: &Generated, times: Times, wrote: &str) -> String {
    let ms = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1e3);
    format!(
        "read {}, generated {}, {wrote} {}: {} lines of Rust, {} lines of docs, {}, {}\n",
        ms(times.read),
        ms(times.generate),
        ms(times.write),
        grouped(lines(generated, ".rs")),
        grouped(lines(generated, ".md")),
        count(generated.operations, "operation"),
        count(generated.shapes, "shape"),
    )
}

/// The number of lines of the files with this suffix.
pub(crate) fn lines(generated: &Generated, ending: &str) -> usize {
    let files = generated
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(ending));
    files.map(|(_, text)| text.lines().count()).sum()
}

/// The words for a change, after writing and before.
fn words(kind: &Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Create { .. } => ("created", "missing"),
        Kind::Update { .. } => ("updated", "stale"),
        Kind::Remove => ("removed", "superfluous"),
    }
}

fn say(out: &mut String, line: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{line}");
}

/// `12,345`.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Times, differences, grouped, out_of_date, work, written};
    use crate::manifest::RuntimeSource;
    use crate::plan::changes::Plan;
    use crate::plan::testing::{target, tree};
    use crate::testing::Folder;
    use smithy_codegen::Generated;
    use std::time::Duration;

    #[test]
    fn names_and_counts() {
        let folder = Folder::new();
        folder.put("src/same.rs", "// @generated\n");
        folder.put("src/old.rs", "// @generated\nold\n");
        folder.put("src/gone.rs", "// @generated\n");
        let files = tree(&[
            ("src/new.rs", "// @generated\n"),
            ("src/old.rs", "// @generated\nnew\n"),
            ("src/same.rs", "// @generated\n"),
        ]);
        let target = target(&folder);
        let plan = Plan::new(&files, &target, RuntimeSource::Keep);
        assert_eq!(
            written(&plan, &target, "crate"),
            "created crate/src/new.rs\nupdated crate/src/old.rs\nremoved crate/src/gone.rs\n\
             crate: 1 created, 1 updated, 1 removed, 1 unchanged\n"
        );
        assert_eq!(
            differences(&plan, &target, "crate"),
            "superfluous: crate/src/gone.rs\nmissing: crate/src/new.rs\nstale: crate/src/old.rs\n    \
             @@ -1,2 +1,2 @@\n     // @generated\n    -old\n    +new\n"
        );
        assert_eq!(
            out_of_date(&plan),
            "1 stale file, 1 missing file, 1 superfluous file"
        );
    }

    #[test]
    fn many_changes_are_counted() {
        let folder = Folder::new();
        let paths: Vec<String> = (0..53).map(|number| format!("src/f{number}.rs")).collect();
        let files: Vec<_> = paths
            .iter()
            .map(|path| (path.as_str(), "// @generated\n"))
            .collect();
        let (files, target) = (tree(&files), target(&folder));
        let text = written(
            &Plan::new(&files, &target, RuntimeSource::Keep),
            &target,
            "crate",
        );
        assert_eq!(text.lines().count(), 52);
        assert!(
            text.ends_with(
                "created 3 more\ncrate: 53 created, 0 updated, 0 removed, 0 unchanged\n"
            ),
            "{text}"
        );
        assert_eq!(
            differences(
                &Plan::new(&files, &target, RuntimeSource::Keep),
                &target,
                "crate"
            )
            .lines()
            .count(),
            53
        );
    }

    #[test]
    fn progress_is_one_line() {
        let files = tree(&[
            ("Cargo.toml", "a\n"),
            ("docs/a.md", "a\nb\n"),
            ("src/a.rs", &"x\n".repeat(1234)),
        ]);
        let generated = Generated {
            files,
            warnings: Vec::new(),
            operations: 1,
            shapes: 2,
        };
        let ms = Duration::from_micros;
        let times = Times {
            read: ms(400),
            generate: ms(21_349),
            write: ms(5_000),
        };
        assert_eq!(
            work(&generated, times, "wrote"),
            "read 0.4 ms, generated 21.3 ms, wrote 5.0 ms: 1,234 lines of Rust, 2 lines of docs, 1 operation, 2 shapes\n"
        );
    }

    #[test]
    fn digits_in_groups() {
        assert_eq!(
            [0, 999, 1000, 1_234_567].map(grouped),
            ["0", "999", "1,000", "1,234,567"]
        );
    }
}
