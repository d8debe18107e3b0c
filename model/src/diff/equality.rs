//! When two values are equal to Smithy's diff.

use crate::syntax::node::{Node, Value};

/// Whether two values are equal. An integer and a decimal number never are (`1`, `1.0`): Smithy
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
        let mut rules = IMPLIED.iter().filter(|implied| implied.of == id).peekable();
        rules.peek().is_some() && {
            let [mut old, mut new] = [old, new].map(Node::clone);
            for rule in rules {
                rule.leave_out(&mut old);
                rule.leave_out(&mut new);
            }
            same_node(&old, &new)
        }
    }
}

/// A member of a trait's value that Smithy reads the same, written or not.
struct Implied {
    of: &'static str,
    member: &'static str,
    /// The value in JSON that is read if there is none; `None` where no value makes a difference.
    default: Option<&'static str>,
}

const fn implied(of: &'static str, member: &'static str, default: Option<&'static str>) -> Implied {
    Implied {
        of,
        member,
        default,
    }
}

/// The traits that Smithy 1.73 does not compare by the values that are written (`equals` of
/// `HttpTrait`, `ArnTrait` and `TraitDefinition`, `createNode` of `MixinTrait`).
const IMPLIED: &[Implied] = &[
    implied("aws.api#arn", "absolute", Some("false")),
    implied("aws.api#arn", "noAccount", Some("false")),
    implied("aws.api#arn", "noRegion", Some("false")),
    implied("aws.api#arn", "reusable", Some("false")),
    implied("smithy.api#http", "code", Some("200")),
    implied("smithy.api#mixin", "interface", None),
    implied("smithy.api#trait", "selector", Some("\"*\"")),
];

impl Implied {
    fn leave_out(&self, node: &mut Node) {
        let Value::Object(members) = &mut node.value else {
            return;
        };
        let is_default = |node: &Node| self.default.is_none_or(|default| node.to_json() == default);
        if members
            .get(self.member)
            .is_some_and(|entry| is_default(&entry.node))
        {
            members.shift_remove(self.member);
        }
    }
}
