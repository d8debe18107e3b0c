//! What the authors of a model have looked at and accepted (Smithy specification, "Suppressions").

use crate::shapes::model::Model;
use crate::shapes::shape::Shape;
use crate::syntax::node::Node;

/// Whether events of this id are suppressed on a shape, by its `suppress` trait or for its
/// namespace by metadata. Only dangers can be; errors stay errors.
pub(super) fn has(event: &str, shape: &Shape, model: &Model) -> bool {
    let of_shape = shape
        .traits
        .get("smithy.api#suppress")
        .and_then(Node::as_array);
    let of_model = model.metadata.get("suppressions").and_then(Node::as_array);
    let holds_here = |node: &&Node| {
        let namespace = node.get("namespace").and_then(Node::as_str);
        namespace.is_some_and(|namespace| namespace == "*" || namespace == shape.id.namespace())
    };
    let of_model = of_model
        .into_iter()
        .flatten()
        .filter(holds_here)
        .filter_map(|node| node.get("id"));
    of_shape
        .into_iter()
        .flatten()
        .chain(of_model)
        .filter_map(Node::as_str)
        .any(|id| id == event)
}
