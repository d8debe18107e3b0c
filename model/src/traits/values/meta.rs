//! Values of traits of trait definitions.

use super::fields::{list, optional, required, strings};
use crate::syntax::node::Node;
use crate::traits::change::{EventSeverity, Kinds};
use crate::traits::reader::TraitValue;

/// The definition of a trait.
#[derive(Debug)]
pub struct TraitDefinition<'a> {
    /// The ids of the traits that cannot stand beside it.
    pub conflicts: Vec<&'a str>,
    /// How bad changes of it are.
    pub(crate) breaking_changes: Vec<BreakingChange<'a>>,
}

/// How bad a change of a trait is.
#[derive(Debug)]
pub(crate) struct BreakingChange<'a> {
    pub(crate) kinds: Kinds,
    /// The part of the trait's value, as a JSON pointer; empty for all of it.
    pub(crate) path: &'a str,
    pub(crate) severity: EventSeverity,
    pub(crate) message: Option<&'a str>,
}

impl TraitValue for TraitDefinition<'_> {
    type Read<'a> = TraitDefinition<'a>;

    fn read(node: &Node) -> Option<TraitDefinition<'_>> {
        let changes = optional(node, "breakingChanges", |node| list(node, breaking_change))?;
        Some(TraitDefinition {
            conflicts: strings(node, "conflicts")?,
            breaking_changes: changes.unwrap_or_default(),
        })
    }
}

fn breaking_change(node: &Node) -> Option<BreakingChange<'_>> {
    let severity = optional(node, "severity", |node| {
        EventSeverity::parse(node.as_str()?)
    })?;
    Some(BreakingChange {
        kinds: required(node, "change", |node| Kinds::parse(node.as_str()?))?,
        path: optional(node, "path", Node::as_str)?.unwrap_or_default(),
        severity: severity.unwrap_or(EventSeverity::Error),
        message: optional(node, "message", Node::as_str)?,
    })
}
