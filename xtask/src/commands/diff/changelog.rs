//! Drafts an entry of a changelog (Keep a Changelog 1.1.0) for the users of a crate. It contains
//! only what they can see. The reasons for a change are not in the models; people add them.

use crate::bump::Difference;
use crate::render::count;
use smithy_codegen::{ApiChange, BehaviorKind, ChangeKind, markdown_line};
use std::fmt::Write;

/// The mark of changes after which programs may no longer compile.
const BREAKING: &str = "**Breaking:** ";

/// The sections of the entry, or a sentence that says that users see no change.
pub(super) fn draft(difference: &Difference) -> String {
    match &difference.api {
        Ok(api) => Sections::of(api).text(),
        Err(_) => "The crate cannot be generated from both models, so its changes are unknown.\n"
            .to_owned(),
    }
}

/// The lines of each section, without bullets.
#[derive(Default)]
struct Sections {
    added: Vec<String>,
    changed: Vec<String>,
    deprecated: Vec<String>,
    removed: Vec<String>,
}

impl Sections {
    fn of(api: &ApiChange) -> Self {
        let mut sections = Self::default();
        let breaking = api.breaking.iter().map(|change| (BREAKING, change));
        let compatible = api.compatible.iter().map(|change| ("", change));
        for (mark, change) in breaking.chain(compatible) {
            let item = || format!("{mark}`{}`", change.item);
            match &change.kind {
                ChangeKind::Added => sections.added.push(item()),
                ChangeKind::Removed => sections.removed.push(item()),
                ChangeKind::Deprecated => sections.deprecated.push(item()),
                ChangeKind::Signature { .. }
                | ChangeKind::RequiresMore(_)
                | ChangeKind::RequiresLess(_) => sections.changed.push(format!("{mark}{change}")),
            }
        }
        let is_documentation = |kind: &BehaviorKind| *kind == BehaviorKind::Documentation;
        let (documented, behavior): (Vec<_>, Vec<_>) = api
            .behavior
            .iter()
            .partition(|change| is_documentation(&change.kind));
        sections.changed.extend(
            behavior
                .iter()
                .map(|change| capitalized(&change.to_string())),
        );
        if !documented.is_empty() {
            let line = format!("The documentation of {}", count(documented.len(), "item"));
            sections.changed.push(line);
        }
        sections
    }

    fn text(&self) -> String {
        let mut out = String::new();
        for (title, lines) in [
            ("Added", &self.added),
            ("Changed", &self.changed),
            ("Deprecated", &self.deprecated),
            ("Removed", &self.removed),
        ] {
            if lines.is_empty() {
                continue;
            }
            let gap = if out.is_empty() { "" } else { "\n" };
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{gap}### {title}\n");
            for line in lines {
                let (mark, line) = match line.strip_prefix(BREAKING) {
                    Some(line) => (BREAKING, line),
                    None => ("", line.as_str()),
                };
                let _ = writeln!(out, "- {mark}{}", markdown_line(line));
            }
        }
        if out.is_empty() {
            "No changes that users see.\n".to_owned()
        } else {
            out
        }
    }
}

/// A sentence with a capital at its start.
fn capitalized(sentence: &str) -> String {
    match sentence.strip_prefix("the ") {
        Some(rest) => format!("The {rest}"),
        None => sentence.to_owned(),
    }
}
