//! Simple values of traits, and fields of others.

use crate::syntax::node::Node;
use crate::traits::reader::{Spanned, TraitValue};

/// A list of strings.
#[derive(Debug)]
pub enum Strings {}

impl TraitValue for () {
    type Read<'a> = ();

    fn read(_: &Node) -> Option<()> {
        Some(())
    }
}

impl TraitValue for Node {
    type Read<'a> = &'a Node;

    fn read(node: &Node) -> Option<&Node> {
        Some(node)
    }
}

impl TraitValue for str {
    type Read<'a> = &'a str;

    fn read(node: &Node) -> Option<&str> {
        node.as_str()
    }
}

impl TraitValue for i64 {
    type Read<'a> = i64;

    fn read(node: &Node) -> Option<i64> {
        node.as_i64()
    }
}

impl TraitValue for Strings {
    type Read<'a> = Vec<&'a str>;

    fn read(node: &Node) -> Option<Vec<&str>> {
        list(node, Node::as_str)
    }
}

/// The items of a list, if each can be read.
pub(super) fn list<'a, T>(node: &'a Node, read: fn(&'a Node) -> Option<T>) -> Option<Vec<T>> {
    node.as_array()?.iter().map(read).collect()
}

/// A required field.
pub(super) fn required<'a, T>(
    node: &'a Node,
    key: &str,
    read: impl FnOnce(&'a Node) -> Option<T>,
) -> Option<T> {
    read(node.get(key)?)
}

/// A field that may be absent: `Some(None)`. `None` if it cannot be read.
pub(super) fn optional<'a, T>(
    node: &'a Node,
    key: &str,
    read: impl FnOnce(&'a Node) -> Option<T>,
) -> Option<Option<T>> {
    match node.get(key) {
        Some(field) => read(field).map(Some),
        None => node.as_object().map(|_| None),
    }
}

/// A list of strings, empty if it is absent.
pub(super) fn strings<'a>(node: &'a Node, key: &str) -> Option<Vec<&'a str>> {
    let items = optional(node, key, |field| list(field, Node::as_str))?;
    Some(items.unwrap_or_default())
}

/// A Boolean, false if it is absent.
pub(super) fn flag(node: &Node, key: &str) -> Option<bool> {
    Some(optional(node, key, Node::as_bool)?.unwrap_or_default())
}

/// A string, and where it stands.
pub(super) fn spanned_str(node: &Node) -> Option<Spanned<&str>> {
    let value = node.as_str()?;
    Some(Spanned {
        value,
        span: node.span,
    })
}
