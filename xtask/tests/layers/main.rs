//! The layers of each crate, checked against every `use` and every qualified path of its source.
//!
//! 1. Order: a folder imports only folders listed above it in `<crate>/folders.txt`.
//! 2. Cycles: no file imports itself through others, except the recursive grammars that
//!    `<crate>/recursive.txt` declares, one set of files a line.
//! 3. Re-exports: an item is imported from the module that defines it. Re-exports in `lib.rs` and
//!    `mod.rs` are for users outside the crate.
//!
//! Known violations stand in `<crate>/order.txt`, `cycles.txt` and `reexports.txt`. These lists may
//! only shrink.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod architecture;
mod folders;
mod modules;
mod paths;
mod resolve;
mod rules;
mod selftest;

use folders::Folders;
use modules::Crate;
use rules::{Rule, Violations};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write};
use std::path::{Path, PathBuf};

#[test]
fn model() -> Result<(), Report> {
    check("model")
}

#[test]
fn codegen() -> Result<(), Report> {
    check("codegen")
}

#[test]
fn runtime() -> Result<(), Report> {
    check("runtime")
}

#[test]
fn xtask() -> Result<(), Report> {
    check("xtask")
}

/// Compares the violations of a crate with its lists, or with `LAYERS=write` rewrites the lists.
fn check(name: &str) -> Result<(), Report> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lists = root.join("tests/layers").join(name);
    let source = root.parent().unwrap().join(name).join("src");
    let mut files = BTreeMap::new();
    read_sources(&source, &source, &mut files);
    let folders = Folders::parse(&read(&lists.join("folders.txt")));
    let recursive: Vec<BTreeSet<String>> = lines(&read(&lists.join("recursive.txt")))
        .map(|line| line.split_whitespace().map(str::to_owned).collect())
        .collect();
    let tree = Crate::parse(&files);
    let violations = Violations::find(&tree, &folders, &recursive);

    let mut report = String::new();
    for problem in folders.compare(tree.files()) {
        writeln!(report, "{name}/folders.txt: {problem}").unwrap();
    }
    for rule in Rule::ALL {
        let list = lists.join(rule.file_name());
        let known: BTreeSet<String> = lines(&read(&list)).map(str::to_owned).collect();
        let found = violations.of(rule);
        if std::env::var("LAYERS").as_deref() == Ok("write") {
            rewrite(&list, &known, found);
        } else {
            report += &rules::compare(name, rule, &known, found);
        }
    }
    if report.is_empty() {
        Ok(())
    } else {
        Err(Report(report))
    }
}

/// What to change, as a failed test prints it.
struct Report(String);

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(report) = self;
        write!(f, "\n{report}")?;
        f.write_str("xtask/tests/layers/main.rs states the rules. After files moved, ")?;
        f.write_str("`LAYERS=write cargo test -p xtask --test layers` rewrites the lists.")
    }
}

fn rewrite(list: &Path, known: &BTreeSet<String>, found: &BTreeSet<String>) {
    println!(
        "{}: {} -> {} lines",
        list.display(),
        known.len(),
        found.len()
    );
    if found.is_empty() {
        let _ = std::fs::remove_file(list);
    } else {
        let text: String = found.iter().map(|line| format!("{line}\n")).collect();
        std::fs::write(list, text).unwrap();
    }
}

/// The text of a list; a missing list is empty.
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Every Rust file below `folder`, by its path relative to `root`.
fn read_sources(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            read_sources(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            files.insert(name.to_owned(), std::fs::read_to_string(&path).unwrap());
        }
    }
}
