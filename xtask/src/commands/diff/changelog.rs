//! An entry of a changelog, drafted (Keep a Changelog 1.1.0). What it cannot know, why a thing
//! changed, is for people.

use crate::bump::{DEPRECATED, Difference};
use smithy_codegen::markdown_line;
use smithy_model::diff::Event;
use std::fmt::Write;

/// The sections of an entry with what the API and the model say, or that there is nothing to say.
pub(super) fn draft(difference: &Difference) -> String {
    let (mut added, mut removed, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    let api = difference.api.as_ref();
    for reason in api
        .into_iter()
        .flat_map(|api| api.breaking.iter().chain(&api.compatible))
    {
        let reason = &reason.text;
        if let Some(path) = reason.strip_suffix(" is new") {
            added.push(path.to_owned());
        } else if let Some(path) = reason.strip_suffix(" is gone") {
            removed.push(path.to_owned());
        } else if !reason.ends_with(" is deprecated") {
            // Deprecations are told by shape.
            changed.push(reason.clone());
        }
    }
    // What the service takes or gives has changed, though no program notices when it is compiled.
    let on_the_wire = difference.told().filter(|event| changes_calls(event));
    changed.extend(on_the_wire.map(of_shape));
    let documented = difference
        .told()
        .filter(|event| event.id.ends_with("smithy.api#documentation"))
        .count();
    if documented > 0 {
        changed.push(format!(
            "Documentation of {}.",
            crate::render::count(documented, "item")
        ));
    }
    let deprecated = difference.told().filter(|event| event.id == DEPRECATED);
    let deprecated: Vec<String> = deprecated.map(of_shape).collect();
    let mut out = String::new();
    let sections = [
        ("Added", added),
        ("Changed", changed),
        ("Deprecated", deprecated),
        ("Removed", removed),
    ];
    for (title, lines) in sections {
        if lines.is_empty() {
            continue;
        }
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{}### {title}\n",
            if out.is_empty() { "" } else { "\n" }
        );
        for line in lines {
            let _ = writeln!(out, "- {}", markdown_line(&line));
        }
    }
    if out.is_empty() {
        "Nothing that users see.\n".to_owned()
    } else {
        out
    }
}

/// Whether an event is about what travels or what is allowed, which the API does not show.
fn changes_calls(event: &Event) -> bool {
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

/// The shape, and the first line of what became of it.
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
