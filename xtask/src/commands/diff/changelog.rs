//! Drafts an entry of a changelog (Keep a Changelog 1.1.0). The reasons for a change are not in the
//! models; people add them.

use crate::bump::{DEPRECATED, Difference};
use crate::render::count;
use smithy_codegen::{ChangeKind, markdown_line};
use smithy_model::diff::Event;
use std::fmt::Write;

/// The sections of the entry, or a sentence that says that users see no change.
pub(super) fn draft(difference: &Difference) -> String {
    let mut sections = Sections::default();
    let api = difference.api.as_ref();
    for change in api.into_iter().flat_map(|api| api.items()) {
        match &change.kind {
            ChangeKind::Added => sections.added.push(format!("`{}`", change.item)),
            ChangeKind::Removed => sections.removed.push(format!("`{}`", change.item)),
            ChangeKind::Signature { .. }
            | ChangeKind::RequiresMore(_)
            | ChangeKind::RequiresLess(_) => sections.changed.push(change.to_string()),
            // Deprecations are listed by shape.
            ChangeKind::Deprecated => {}
        }
    }
    let of_behaviour = difference.reported().filter(|event| is_of_behaviour(event));
    sections.changed.extend(of_behaviour.map(of_shape));
    let documented = difference
        .reported()
        .filter(|event| event.id.ends_with("smithy.api#documentation"))
        .count();
    if documented > 0 {
        let line = format!("Documentation of {}.", count(documented, "item"));
        sections.changed.push(line);
    }
    let deprecated = difference.reported().filter(|event| event.id == DEPRECATED);
    sections.deprecated.extend(deprecated.map(of_shape));
    sections.text()
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
                let _ = writeln!(out, "- {}", markdown_line(line));
            }
        }
        if out.is_empty() {
            "No changes that users see.\n".to_owned()
        } else {
            out
        }
    }
}

/// Whether an event changes requests, responses or constraints, which the Rust API does not show.
fn is_of_behaviour(event: &Event) -> bool {
    const PREFIXES: [&str; 7] = [
        "TraitBreakingChange.",
        "ChangedDefault",
        "ChangedMemberTarget",
        "AddedOperationError",
        "RemovedOperationError",
        "AddedServiceError",
        "RemovedServiceError",
    ];
    const TRAITS: [&str; 7] = [
        "smithy.api#length",
        "smithy.api#pattern",
        "smithy.api#range",
        "smithy.api#sensitive",
        "smithy.rules#endpointBdd",
        "smithy.rules#endpointRuleSet",
        "smithy.waiters#waitable",
    ];
    let modified = event
        .id
        .strip_prefix("ModifiedTrait.")
        .and_then(|id| id.split_once('.'));
    let of_trait = modified.is_some_and(|(_, name)| TRAITS.contains(&name));
    of_trait || PREFIXES.iter().any(|prefix| event.id.starts_with(prefix))
}

/// The name of the shape and the first line of the event's message.
fn of_shape(event: &Event) -> String {
    let line = event.message.lines().next().unwrap_or_default();
    match &event.shape {
        Some(shape) => format!(
            "`{}`: {line}",
            shape.as_str().rsplit('#').next().unwrap_or_default()
        ),
        None => line.to_owned(),
    }
}
