//! Lowers examples to the `examples` trait of their operations.

use super::common::put;
use super::lowering::Lowering;
use super::nodes::{array, object};
use crate::formats::fields::{Fields, ITEMS};
use crate::syntax::node::{Entry, Node, Value};
use crate::syntax::shape_id::ShapeId;
use crate::traits::registry::documentation::EXAMPLES;
use indexmap::IndexMap;

/// Properties that Smithy has no place for: an id, and comments on values.
const SKIPPED: &[&str] = &["comments", "id"];

impl Lowering<'_, '_> {
    /// Lowers an entry of `examples`.
    pub(super) fn examples(&mut self, operation: &str, entry: Entry) {
        let Some(id) = self.extended_operation(operation, entry.key) else {
            return;
        };
        let key = entry.key;
        let Value::Array(items) = entry.node.value else {
            let mut fields = Fields::new(&id, key, IndexMap::new(), self.loading);
            fields.unexpected::<()>(operation, ITEMS, &entry.node);
            return;
        };
        let examples: Vec<_> = items
            .into_iter()
            .filter_map(|node| self.example(&id, node))
            .collect();
        if let Some(draft) = self.drafts.get_mut(&id) {
            put(&mut draft.traits, EXAMPLES.id(), Some(array(examples, key)));
        }
    }

    fn example(&mut self, operation: &ShapeId, node: Node) -> Option<Node> {
        let place = node.span;
        let mut fields = Fields::of(
            operation,
            "examples",
            Entry { key: place, node },
            self.loading,
        )?;
        let [title, documentation, input, output] =
            ["title", "description", "input", "output"].map(|key| fields.take(key));
        fields.skip(SKIPPED);
        fields.finish();
        let members = [
            ("title", title),
            ("documentation", documentation),
            ("input", input),
            ("output", output),
        ];
        Some(object(place, members))
    }
}
