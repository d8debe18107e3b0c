//! The equality of values in Smithy's diff.

use crate::syntax::node::{Node, Value};
use crate::traits::registry;

/// Returns whether two values are equal. An integer never equals a decimal number (`1`, `1.0`): Smithy
/// compares numbers with their scale.
pub(super) fn same_node(old: &Node, new: &Node) -> bool {
    match (&old.value, &new.value) {
        (Value::Number(before), Value::Number(after)) => {
            old == new && is_integer(before) == is_integer(after)
        }
        (Value::Array(before), Value::Array(after)) => {
            before.len() == after.len()
                && before
                    .iter()
                    .zip(after)
                    .all(|(old, new)| same_node(old, new))
        }
        (Value::Object(before), Value::Object(after)) => {
            before.len() == after.len()
                && before.iter().all(|(key, old)| {
                    after
                        .get(key)
                        .is_some_and(|new| same_node(&old.node, &new.node))
                })
        }
        _ => old == new,
    }
}

fn is_integer(number: &str) -> bool {
    number
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// Whether two values of a trait mean the same.
pub(super) fn same_trait(id: &str, old: &Node, new: &Node) -> bool {
    same_node(old, new) || {
        let implied = registry::find(id).map_or(&[][..], |row| row.implied);
        !implied.is_empty() && same_node(&explicit(old, implied), &explicit(new, implied))
    }
}

/// A value without the keys that mean the same, written or not.
fn explicit(node: &Node, implied: &[(&str, Option<&str>)]) -> Node {
    let mut node = node.clone();
    if let Value::Object(members) = &mut node.value {
        members.retain(|key, entry| {
            !implied.iter().any(|(name, default)| {
                name == key && default.is_none_or(|default| entry.node.to_json() == default)
            })
        });
    }
    node
}
