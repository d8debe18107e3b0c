//! An entry of a changelog, drafted (Keep a Changelog 1.1.0). What it cannot know, why a thing changed, is for people.

use crate::bump::Difference;
use smithy_model::diff::Event;
use std::fmt::Write;

/// The sections of an entry with what the API and the model say; empty if nothing changed.
pub(super) fn draft(difference: &Difference) -> String {
    let (mut added, mut removed, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    let api = difference.api.as_ref();
    for reason in api.into_iter().flat_map(|api| api.breaking.iter().chain(&api.compatible)) {
        if let Some(path) = reason.strip_suffix(" is new") {
            added.push(path.to_owned());
        } else if let Some(path) = reason.strip_suffix(" is gone") {
            removed.push(path.to_owned());
        } else {
            changed.push(reason.clone());
        }
    }
    // What the service takes or gives has changed, though no program notices when it is compiled.
    let on_the_wire = difference.told().filter(|event| changes_calls(event));
    changed.extend(on_the_wire.map(|event| match &event.shape {
        Some(shape) => {
            format!("`{}`: {}", shape.as_str().rsplit('#').next().unwrap_or_default(), first_line(event))
        }
        None => first_line(event),
    }));
    let documented = difference.told().filter(|event| event.id.ends_with("smithy.api#documentation")).count();
    if documented > 0 {
        changed.push(format!("Documentation of {}.", crate::render::count(documented, "item")));
    }
    let mut out = String::new();
    for (title, lines) in [("Added", added), ("Changed", changed), ("Removed", removed)] {
        if lines.is_empty() {
            continue;
        }
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}### {title}\n", if out.is_empty() { "" } else { "\n" });
        for line in lines {
            let _ = writeln!(out, "- {line}");
        }
    }
    out
}

/// Whether an event is about what travels or what is allowed, which the API does not show.
fn changes_calls(event: &Event) -> bool {
    const PREFIXES: [&str; 7] = [
        "TraitBreakingChange.",
        "ChangedDefault",
        "ChangedLengthTrait",
        "ChangedRangeTrait",
        "AddedOperationError",
        "RemovedOperationError",
        "AddedServiceError",
    ];
    PREFIXES.iter().any(|prefix| event.id.starts_with(prefix))
}

fn first_line(event: &Event) -> String {
    let line = event.message.lines().next().unwrap_or_default();
    line.to_owned()
}
