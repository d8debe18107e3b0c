use super::prelude::prelude;
use super::shape::{Member, Service, Shape, ShapeKind};
use crate::syntax::node::Node;
use crate::syntax::shape_id::ShapeId;
use indexmap::IndexMap;

/// A model. After loading, files are merged, `apply` statements applied, mixins flattened, and every
/// target exists.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// All shapes except those of the prelude, sorted by id.
    pub shapes: IndexMap<ShapeId, Shape>,
    /// The merged metadata of all files.
    pub metadata: IndexMap<String, Node>,
}

impl Model {
    /// Returns a shape of the model or of the prelude.
    pub fn shape(&self, id: &ShapeId) -> Option<&Shape> {
        self.shapes.get(id).or_else(|| prelude(id.as_str()))
    }

    /// Returns the target of a member. It exists in every model that loads without errors.
    pub fn target(&self, member: &Member) -> Option<&Shape> {
        self.shape(&member.target)
    }

    /// Returns all services, sorted by id.
    pub fn services(&self) -> impl Iterator<Item = (&Shape, &Service)> {
        self.shapes.values().filter_map(|shape| match &shape.kind {
            ShapeKind::Service(service) => Some((shape, service)),
            _ => None,
        })
    }
}
