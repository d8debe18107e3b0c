//! Values of traits that are not in the source. Their positions are those of the properties from
//! which they are made.

use crate::syntax::node::{Entry, Node, Value};
use crate::syntax::source::Span;

/// Creates a string.
pub(super) fn text(text: impl Into<String>, span: Span) -> Node {
    Node {
        value: Value::String(text.into()),
        span,
    }
}

/// Creates an array.
pub(super) fn array(items: Vec<Node>, span: Span) -> Node {
    Node {
        value: Value::Array(items),
        span,
    }
}

/// Creates the value of an annotation trait, `{}`.
pub(super) fn annotation(span: Span) -> Node {
    object(span, [])
}

/// Creates an object with the members that have a value.
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
