//! The examples that the model gives of an operation: the trait `smithy.api#examples`.
//!
//! <https://smithy.io/2.0/spec/documentation-traits.html#examples-trait>

use crate::graph::examples::{Answer, ModelExample};
use crate::select::closure::Closure;
use crate::text::Text;
use crate::text::docs::Docs;
use smithy_model::{Node, ShapeId, Traits};
use std::collections::BTreeMap;

/// The examples of each operation.
pub(crate) fn lower(closure: &Closure<'_>) -> BTreeMap<ShapeId, Vec<ModelExample>> {
    let operations = closure.operations.iter();
    operations
        .map(|(id, (shape, _))| ((*id).clone(), of_operation(&shape.traits)))
        .collect()
}

fn of_operation(traits: &Traits) -> Vec<ModelExample> {
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
