//! The change of a trait value or of a part of it, and its message.

use super::equality::same_node;
use super::values::{differences, is_long, text};
use crate::syntax::node::Node;
use crate::syntax::shape_id::ShapeId;
use crate::traits::change::Kind;

/// The old and the new value at a path in the value of a trait. The path is empty for the whole
/// value.
pub(super) struct TraitChange<'m> {
    pub(super) id: &'m ShapeId,
    pub(super) path: String,
    pub(super) old: Option<&'m Node>,
    pub(super) new: Option<&'m Node>,
}

impl TraitChange<'_> {
    /// Returns how the value changed, if it did.
    pub(super) fn kind(&self) -> Option<Kind> {
        match (self.old, self.new) {
            (None, Some(_)) => Some(Kind::Add),
            (Some(_), None) => Some(Kind::Remove),
            (Some(old), Some(new)) if !same_node(old, new) => Some(Kind::Update),
            _ => None,
        }
    }

    /// Returns a sentence about the change.
    pub(super) fn message(&self) -> String {
        let Self { id, path, .. } = self;
        let (old, new) = (text(self.old), text(self.new));
        match (self.kind(), path.is_empty()) {
            (Some(Kind::Add), true) if is_annotation(self.new) => format!("Added trait `{id}`"),
            (Some(Kind::Add), true) => format!("Added trait `{id}` with value {new}"),
            (Some(Kind::Add), false) => {
                format!("Added trait contents to `{id}` at path `{path}` with value {new}")
            }
            (Some(Kind::Remove), true) if is_annotation(self.old) => {
                format!("Removed trait `{id}`")
            }
            (Some(Kind::Remove), true) => {
                format!("Removed trait `{id}`. Previous trait value: {old}")
            }
            (Some(Kind::Remove), false) => {
                format!("Removed trait contents from `{id}` at path `{path}`. Removed value: {old}")
            }
            (_, true) if is_long(self.old) || is_long(self.new) => {
                format!("Changed trait `{id}` {}", differences(self.old, self.new))
            }
            (_, true) => format!("Changed trait `{id}` from {old} to {new}"),
            (_, false) => {
                format!("Changed trait contents of `{id}` at path `{path}` from {old} to {new}")
            }
        }
    }
}

/// Returns whether the value is that of an annotation trait.
fn is_annotation(node: Option<&Node>) -> bool {
    node.and_then(Node::as_object)
        .is_some_and(|members| members.is_empty())
}
