//! The declared order of a crate's folders.

use std::collections::BTreeSet;

/// The folders and root files of a crate, lowest first. A folder may list its own folders and files
/// below itself, indented by one space or more.
///
/// A line is a name, for a folder with `/` at its end, and optionally a description:
///
/// ```text
/// syntax/    Sources, Span
/// formats/
///  json/
///  botocore/
/// lib.rs
/// ```
#[derive(Debug, PartialEq)]
pub(crate) struct Folders(Vec<Folder>);

#[derive(Debug, PartialEq)]
struct Folder {
    /// Without `/` and `.rs`, so that `plan.rs` and the files in `plan/` are one entry.
    name: String,
    children: Folders,
}

impl Folders {
    pub(crate) fn parse(text: &str) -> Self {
        let lines: Vec<(usize, &str)> = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| {
                let depth = line.len() - line.trim_start().len();
                (depth, line.split_whitespace().next().unwrap())
            })
            .collect();
        Self::parse_level(&lines)
    }

    fn parse_level(mut lines: &[(usize, &str)]) -> Self {
        let mut folders = Vec::new();
        while let [(depth, name), rest @ ..] = lines {
            let end = rest.iter().position(|(inner, _)| inner <= depth);
            let (children, after) = rest.split_at(end.unwrap_or(rest.len()));
            folders.push(Folder {
                name: stem(name).to_owned(),
                children: Self::parse_level(children),
            });
            lines = after;
        }
        Self(folders)
    }

    /// Whether `from` may import `to`: within one entry, or from an entry to one listed above it.
    /// `mod.rs` of a folder whose entries are listed stands above all of them.
    pub(crate) fn allow(&self, from: &str, to: &str) -> bool {
        if from == "mod.rs" || to == "mod.rs" {
            return from == "mod.rs" || self.0.is_empty();
        }
        let (Some(importer), Some(imported)) = (self.position(from), self.position(to)) else {
            // A file that is listed nowhere; `compare` reports it.
            return true;
        };
        if importer != imported {
            return imported < importer;
        }
        match (from.split_once('/'), to.split_once('/')) {
            (Some((_, from)), Some((_, to))) => self.0[importer].children.allow(from, to),
            _ => true,
        }
    }

    fn position(&self, file: &str) -> Option<usize> {
        let entry = stem(file.split('/').next().unwrap());
        self.0.iter().position(|folder| folder.name == entry)
    }

    /// The files that no entry holds, and the entries that hold no file.
    pub(crate) fn compare<'f>(&self, files: impl Iterator<Item = &'f str>) -> Vec<String> {
        let mut found: BTreeSet<String> = BTreeSet::new();
        let mut problems = Vec::new();
        for file in files {
            self.compare_file("", file, &mut found, &mut problems);
        }
        self.missing("", &found, &mut problems);
        problems.dedup();
        problems
    }

    fn compare_file(
        &self,
        above: &str,
        file: &str,
        found: &mut BTreeSet<String>,
        problems: &mut Vec<String>,
    ) {
        if self.0.is_empty() || matches!(file, "mod.rs" | "main.rs") {
            return;
        }
        let name = file.split('/').next().unwrap();
        let entry = format!("{above}{}", stem(name));
        match self.position(file) {
            None => problems.push(format!("`{above}{name}` is not listed")),
            Some(position) => {
                if let Some((_, rest)) = file.split_once('/') {
                    let children = &self.0[position].children;
                    children.compare_file(&format!("{entry}/"), rest, found, problems);
                }
                found.insert(entry);
            }
        }
    }

    fn missing(&self, above: &str, found: &BTreeSet<String>, problems: &mut Vec<String>) {
        for folder in &self.0 {
            let entry = format!("{above}{}", folder.name);
            if !found.contains(&entry) {
                problems.push(format!("`{entry}` is listed, but does not exist"));
            }
            folder
                .children
                .missing(&format!("{entry}/"), found, problems);
        }
    }
}

fn stem(name: &str) -> &str {
    let name = name.strip_suffix('/').unwrap_or(name);
    name.strip_suffix(".rs").unwrap_or(name)
}
