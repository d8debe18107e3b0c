//! The layers of each crate, checked against every `use` and every qualified path of its source.
//!
//! 1. Order: a folder imports only folders listed above it in `<crate>/folders.txt`.
//! 2. Cycles: no file imports itself through others, except in the recursive grammars that
//!    `<crate>/recursive.txt` declares, one set of files per line.
//! 3. Re-exports: an item is imported from the module that defines it. Re-exports in `lib.rs` and
//!    `mod.rs` are for users outside the crate.

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

/// Checks a crate against its lists.
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
        report += &rules::report(name, rule, violations.of(rule));
    }
    if report.is_empty() {
        Ok(())
    } else {
        Err(Report(report))
    }
}

/// The violations, as a failed test prints them.
struct Report(String);

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(report) = self;
        write!(f, "\n{report}")?;
        f.write_str("The rules are in xtask/tests/layers/main.rs.")
    }
}

/// The text of a list. A missing list is empty.
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
