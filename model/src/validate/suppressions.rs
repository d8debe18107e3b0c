//! Suppressed validation events (Smithy specification, "Suppressions").

use crate::shapes::model::Model;
use crate::shapes::shape::Shape;
use crate::syntax::node::Node;
use crate::traits::registry::meta::SUPPRESS;

/// Returns whether events with this id are suppressed for a shape, by its `suppress` trait or by
/// metadata for its namespace. Events that Smithy calls `ERROR` cannot be suppressed.
pub(super) fn has(event: &str, shape: &Shape, model: &Model) -> bool {
    if SUPPRESS
        .of(&shape.traits)
        .is_some_and(|ids| ids.contains(&event))
    {
        return true;
    }
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
    of_model.filter_map(Node::as_str).any(|id| id == event)
}
