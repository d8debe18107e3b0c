//! Values of traits that stand in no file as such. Their places are those of what they are made of.

use crate::syntax::node::{Entry, Node, Value};
use crate::syntax::source::Span;

/// A string.
pub(super) fn text(text: impl Into<String>, span: Span) -> Node {
    Node {
        value: Value::String(text.into()),
        span,
    }
}

/// An array.
pub(super) fn array(items: Vec<Node>, span: Span) -> Node {
    Node {
        value: Value::Array(items),
        span,
    }
}

/// The value of a trait that is just there, `{}`.
pub(super) fn annotation(span: Span) -> Node {
    object(span, [])
}

/// An object of those members that have a value.
pub(super) fn object<'a>(
    span: Span,
    members: impl IntoIterator<Item = (&'a str, Option<Node>)>,
) -> Node {
    let entry = |node: Node| Entry {
        key: node.span,
        node,
    };
    let members = members
        .into_iter()
        .filter_map(|(name, node)| Some((name.to_owned(), entry(node?))));
    Node {
        value: Value::Object(members.collect()),
        span,
    }
}
