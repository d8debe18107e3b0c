//! The examples that the model gives of an operation: the trait `smithy.api#examples`.
//!
//! <https://smithy.io/2.0/spec/documentation-traits.html#examples-trait>

use crate::text::{Docs, Text};
use smithy_model::{Node, Span, Traits};

/// A call, and how the service answers it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ModelExample {
    /// What it shows, in a few words.
    pub(crate) title: Text,
    pub(crate) docs: Docs,
    /// Where it stands in the model.
    pub(crate) span: Span,
    /// The members of the input, an object; nothing is given where there are none.
    pub(crate) input: Option<Node>,
    pub(crate) answer: Option<Answer>,
}

/// How the service answers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer {
    /// With the members of the output.
    Output(Node),
    /// With an error, and its members.
    Error(Text, Option<Node>),
}

/// The examples of an operation.
pub(crate) fn of(traits: &Traits) -> Vec<ModelExample> {
    traits
        .get("smithy.api#examples")
        .and_then(Node::as_array)
        .unwrap_or_default()
        .iter()
        .map(example)
        .collect()
}

fn example(node: &Node) -> ModelExample {
    let docs = |key| {
        node.get(key)
            .and_then(Node::as_str)
            .map(Docs::from_html)
            .unwrap_or_default()
    };
    let error = node.get("error").and_then(|error| {
        let id = error.get("shapeId")?.as_str()?;
        let name = id.rsplit_once('#').map_or(id, |(_, name)| name);
        Some(Answer::Error(
            Text::new(name),
            error.get("content").cloned(),
        ))
    });
    ModelExample {
        title: node
            .get("title")
            .and_then(Node::as_str)
            .map(Text::new)
            .unwrap_or_default(),
        docs: docs("documentation"),
        span: node.span,
        input: node.get("input").cloned(),
        answer: error.or_else(|| node.get("output").cloned().map(Answer::Output)),
    }
}
