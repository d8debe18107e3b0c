use super::prelude::prelude;
use super::shape::{Member, Service, Shape, ShapeKind};
use crate::syntax::node::Node;
use crate::syntax::shape_id::ShapeId;
use indexmap::IndexMap;

/// A loaded model: merged, `apply` statements applied, mixins flattened, every target resolved.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// All shapes but the prelude's, sorted by id.
    pub shapes: IndexMap<ShapeId, Shape>,
    /// The metadata of all files, merged.
    pub metadata: IndexMap<String, Node>,
}

impl Model {
    /// A shape of the model or of the prelude.
    pub fn shape(&self, id: &ShapeId) -> Option<&Shape> {
        self.shapes.get(id).or_else(|| prelude(id.as_str()))
    }

    /// The shape that a member targets. Loading makes sure that there is one.
    pub fn target(&self, member: &Member) -> Option<&Shape> {
        self.shape(&member.target)
    }

    /// All services, sorted by id.
    pub fn services(&self) -> impl Iterator<Item = (&Shape, &Service)> {
        self.shapes.values().filter_map(|shape| match &shape.kind {
            ShapeKind::Service(service) => Some((shape, service)),
            _ => None,
        })
    }
}
