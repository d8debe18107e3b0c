//! Prose in the values of traits. Official prose is not imported. The prose of the existing model
//! replaces it.

use crate::syntax::node::{Entry, Node, Value};
use crate::syntax::shape_id::ShapeId;
use crate::traits::registry;
use crate::traits::row::{Prose, ProseKeys};

/// Whether a trait is prose as a whole, so that it is not imported.
pub(super) fn is_prose(id: &ShapeId) -> bool {
    registry::find(id.as_str()).is_some_and(|row| matches!(row.prose, Prose::Whole))
}

/// The keys of a trait's value whose values are prose, if it has any.
pub(super) fn keys_of(id: &ShapeId) -> Option<ProseKeys> {
    match registry::find(id.as_str())?.prose {
        Prose::Keys(keys) => Some(keys),
        Prose::None | Prose::Whole => None,
    }
}

/// Replaces the prose in the value of an official trait by the prose of the existing value. A value
/// that is the same but for prose stays as it exists.
pub(super) fn replace(id: &ShapeId, official: &mut Node, existing: Option<&Node>) {
    match keys_of(id) {
        Some(keys) => keys.replace(official, existing, keys.depth),
        None => {
            if let Some(existing) = existing.filter(|existing| *existing == official) {
                *official = existing.clone();
            }
        }
    }
}

/// Removes the reasons of suppressions (`suppressions` of the metadata).
pub(super) fn remove_reasons(metadata: &mut Node) {
    let Value::Array(items) = &mut metadata.value else {
        return;
    };
    for item in items {
        if let Value::Object(members) = &mut item.value {
            members.shift_remove("reason");
        }
    }
}

impl ProseKeys {
    fn replace(&self, official: &mut Node, existing: Option<&Node>, depth: usize) {
        let without = self.without(official, depth);
        if let Some(existing) = existing.filter(|node| without == self.without(node, depth)) {
            *official = existing.clone();
            return;
        }
        match &mut official.value {
            Value::Array(items) => {
                for item in items {
                    let counterpart = self.counterpart(item, existing, depth);
                    self.replace(item, counterpart, depth);
                }
            }
            Value::Object(members) if depth > 0 => {
                members.retain(|key, Entry { node, .. }| {
                    let existing = existing.and_then(|existing| existing.get(key));
                    self.replace_member(key, node, existing, depth)
                });
            }
            _ => {}
        }
    }

    /// Whether the member stays.
    fn replace_member(
        &self,
        key: &str,
        node: &mut Node,
        existing: Option<&Node>,
        depth: usize,
    ) -> bool {
        let is_optional = self.optional.contains(&key);
        match (
            node.as_str_mut(),
            self.placeholder(key),
            existing.and_then(Node::as_str),
        ) {
            // The value around it has changed, so the existing text may be wrong.
            (Some(text), Some(placeholder), _) => placeholder.clone_into(text),
            (Some(text), None, Some(existing)) if is_optional => existing.clone_into(text),
            (Some(_), None, None) if is_optional => return false,
            _ => self.replace(node, existing, depth - 1),
        }
        true
    }

    /// The placeholder of a key that must be there; `None` for other keys.
    fn placeholder(&self, key: &str) -> Option<&'static str> {
        self.required
            .iter()
            .find(|(required, _)| *required == key)
            .map(|(_, placeholder)| *placeholder)
    }

    /// The existing item of a list that is the same but for prose, or else the one with the same
    /// conditions, if it is an endpoint rule.
    fn counterpart<'n>(
        &self,
        item: &Node,
        existing: Option<&'n Node>,
        depth: usize,
    ) -> Option<&'n Node> {
        let existing = existing.and_then(Node::as_array)?;
        let plain = self.without(item, depth);
        let conditions = item.get("conditions");
        let same = existing
            .iter()
            .find(|node| self.without(node, depth) == plain);
        same.or_else(|| {
            existing
                .iter()
                .find(|node| conditions.is_some() && node.get("conditions") == conditions)
        })
    }

    /// A value without prose, with the names of types in lower case: rule sets write both cases.
    fn without(&self, node: &Node, depth: usize) -> Node {
        let mut plain = node.clone();
        self.strip(&mut plain, depth);
        plain
    }

    fn strip(&self, node: &mut Node, depth: usize) {
        match &mut node.value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.strip(item, depth)),
            Value::Object(members) if depth > 0 => {
                members.retain(|key, _| !self.optional.contains(&key.as_str()));
                for (key, Entry { node, .. }) in members {
                    match node.as_str_mut() {
                        Some(text) if self.placeholder(key).is_some() => text.clear(),
                        Some(text) if key == "type" => text.make_ascii_lowercase(),
                        _ => self.strip(node, depth - 1),
                    }
                }
            }
            _ => {}
        }
    }

    /// The paths in a value where prose is missing.
    pub(super) fn missing(&self, node: &Node) -> Vec<String> {
        let mut paths = Vec::new();
        let parameters = node
            .get("parameters")
            .and_then(Node::as_object)
            .into_iter()
            .flatten();
        let undocumented =
            parameters.filter(|(_, entry)| entry.node.get("documentation").is_none());
        paths.extend(undocumented.map(|(name, _)| format!("parameters.{name}.documentation")));
        self.find_placeholders(node, String::new(), &mut paths);
        paths
    }

    fn find_placeholders(&self, node: &Node, path: String, paths: &mut Vec<String>) {
        match &node.value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.find_placeholders(item, format!("{path}[{index}]"), paths);
                }
            }
            Value::Object(members) => {
                for (key, Entry { node, .. }) in members {
                    let path = if path.is_empty() {
                        key.clone()
                    } else {
                        format!("{path}.{key}")
                    };
                    match (node.as_str(), self.placeholder(key)) {
                        (Some(text), Some(placeholder)) if text == placeholder => paths.push(path),
                        _ => self.find_placeholders(node, path, paths),
                    }
                }
            }
            _ => {}
        }
    }
}
