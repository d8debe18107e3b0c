//! Sentences inside the values of traits. AWS's are not taken over: ours stand in their places, or
//! nothing does.

use super::text_mut;
use crate::syntax::node::{Entry, Node, Value};
use crate::syntax::shape_id::ShapeId;

pub(super) const DOCUMENTATION: &str = "smithy.api#documentation";

/// Traits that are not taken over: sentences, and tests of endpoint rules, whose answers are told
/// by AWS.
pub(super) const LEFT_OUT: &[&str] = &[
    "aws.iam#actionPermissionDescription",
    DOCUMENTATION,
    "smithy.rules#endpointTests",
];

/// Sentences that have to be there: a key, and what stands there until somebody writes one.
type Required = &'static [(&'static str, &'static str)];

const ERROR: Required = &[("error", "no endpoint is known for these settings")];

/// Where a trait has sentences.
pub(super) struct Words {
    of: &'static str,
    /// Keys of sentences that can be left out.
    optional: &'static [&'static str],
    required: Required,
    /// How many objects deep they are at most: what lies deeper are values of users.
    depth: usize,
}

const fn row(
    of: &'static str,
    optional: &'static [&'static str],
    required: Required,
    depth: usize,
) -> Words {
    Words {
        of,
        optional,
        required,
        depth,
    }
}

const WORDS: &[Words] = &[
    row("aws.iam#defineConditionKeys", &["documentation"], &[], 2),
    row("aws.iam#iamAction", &["documentation"], &[], 1),
    row("smithy.api#deprecated", &["message"], &[], 1),
    row("smithy.api#enum", &["documentation"], &[], 1),
    row(
        "smithy.api#examples",
        &["documentation"],
        &[("title", "Example")],
        1,
    ),
    row("smithy.api#recommended", &["reason"], &[], 1),
    row(
        "smithy.rules#clientContextParams",
        &["documentation"],
        &[],
        2,
    ),
    row(
        "smithy.rules#endpointBdd",
        &["documentation"],
        ERROR,
        usize::MAX,
    ),
    row(
        "smithy.rules#endpointRuleSet",
        &["documentation"],
        ERROR,
        usize::MAX,
    ),
    row("smithy.waiters#waitable", &["documentation"], &[], 2),
];

/// Gives the value of an official trait our words. If it says the same as ours apart from words, it
/// is ours.
pub(super) fn give(id: &ShapeId, official: &mut Node, ours: Option<&Node>) {
    match words_of(id) {
        Some(words) => words.give(official, ours, words.depth),
        None => {
            if let Some(ours) = ours.filter(|ours| *ours == official) {
                *official = ours.clone();
            }
        }
    }
}

/// Where a trait has sentences, if it has any.
pub(super) fn words_of(id: &ShapeId) -> Option<&'static Words> {
    WORDS.iter().find(|words| words.of == id.as_str())
}

/// Leaves out why a validation event is suppressed (`suppressions` of the metadata).
pub(super) fn leave_out_reasons(metadata: &mut Node) {
    let Value::Array(items) = &mut metadata.value else {
        return;
    };
    for item in items {
        if let Value::Object(members) = &mut item.value {
            members.shift_remove("reason");
        }
    }
}

impl Words {
    fn give(&self, official: &mut Node, ours: Option<&Node>, depth: usize) {
        if let Some(ours) =
            ours.filter(|ours| self.without(official, depth) == self.without(ours, depth))
        {
            *official = ours.clone();
            return;
        }
        match &mut official.value {
            Value::Array(items) => {
                for item in items {
                    let counterpart = self.counterpart(item, ours, depth);
                    self.give(item, counterpart, depth);
                }
            }
            Value::Object(members) if depth > 0 => {
                members.retain(|key, Entry { node, .. }| {
                    let ours = ours.and_then(|ours| ours.get(key));
                    self.give_member(key, node, ours, depth)
                });
            }
            _ => {}
        }
    }

    /// `false` if the member has to go.
    fn give_member(&self, key: &str, node: &mut Node, ours: Option<&Node>, depth: usize) -> bool {
        let is_optional = self.optional.contains(&key);
        match (
            text_mut(node),
            self.neutral(key),
            ours.and_then(Node::as_str),
        ) {
            // What this is about has changed, so what we said of it may be wrong.
            (Some(text), Some(neutral), _) => neutral.clone_into(text),
            (Some(text), None, Some(ours)) if is_optional => ours.clone_into(text),
            (Some(_), None, None) if is_optional => return false,
            _ => self.give(node, ours, depth - 1),
        }
        true
    }

    /// What stands for a sentence that has to be there; `None` for other keys.
    fn neutral(&self, key: &str) -> Option<&'static str> {
        self.required
            .iter()
            .find(|(required, _)| *required == key)
            .map(|(_, neutral)| *neutral)
    }

    /// What an item of a list is in ours: the same but for words, or a rule for the same case.
    fn counterpart<'o>(
        &self,
        item: &Node,
        ours: Option<&'o Node>,
        depth: usize,
    ) -> Option<&'o Node> {
        let ours = ours.and_then(Node::as_array)?;
        let plain = self.without(item, depth);
        let case = item.get("conditions");
        let same = ours.iter().find(|ours| self.without(ours, depth) == plain);
        same.or_else(|| {
            ours.iter()
                .find(|ours| case.is_some() && ours.get("conditions") == case)
        })
    }

    /// A value without words, and with names of types as they are compared: both cases are in use.
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
                    match text_mut(node) {
                        Some(text) if self.neutral(key).is_some() => text.clear(),
                        Some(text) if key == "type" => text.make_ascii_lowercase(),
                        _ => self.strip(node, depth - 1),
                    }
                }
            }
            _ => {}
        }
    }

    /// The paths in a value where somebody has to write a sentence.
    pub(super) fn lacking(&self, node: &Node) -> Vec<String> {
        let mut paths = Vec::new();
        let parameters = node
            .get("parameters")
            .and_then(Node::as_object)
            .into_iter()
            .flatten();
        let bare = parameters.filter(|(_, entry)| entry.node.get("documentation").is_none());
        paths.extend(bare.map(|(name, _)| format!("parameters.{name}.documentation")));
        self.find_neutral(node, String::new(), &mut paths);
        paths
    }

    fn find_neutral(&self, node: &Node, path: String, paths: &mut Vec<String>) {
        match &node.value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.find_neutral(item, format!("{path}[{index}]"), paths);
                }
            }
            Value::Object(members) => {
                for (key, Entry { node, .. }) in members {
                    let path = if path.is_empty() {
                        key.clone()
                    } else {
                        format!("{path}.{key}")
                    };
                    match (node.as_str(), self.neutral(key)) {
                        (Some(text), Some(neutral)) if text == neutral => paths.push(path),
                        _ => self.find_neutral(node, path, paths),
                    }
                }
            }
            _ => {}
        }
    }
}
