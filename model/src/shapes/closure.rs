use super::model::Model;
use super::shape::{Operation, Resource, Service, Shape, ShapeKind};
use crate::syntax::shape_id::ShapeId;
use indexmap::IndexSet;

/// The shapes connected to a service (Smithy specification, "Service closure"), sorted by id.
#[derive(Clone, Debug, Default)]
pub struct Closure {
    /// The operations bound to the service or to one of its resources.
    pub operations: IndexSet<ShapeId>,
    /// The resources bound to the service or to one of its resources.
    pub resources: IndexSet<ShapeId>,
    /// The errors and data shapes that operations and resources use, including those of the prelude.
    pub shapes: IndexSet<ShapeId>,
}

impl Model {
    /// Computes the closure of a service. Ids of shapes that do not exist are ignored.
    pub fn closure(&self, service: &Service) -> Closure {
        let mut closure = Closure::default();
        self.bind(service, &mut closure);
        let mut open: Vec<ShapeId> = service.errors.clone();
        for id in &closure.operations {
            if let Some(ShapeKind::Operation(Operation {
                input,
                output,
                errors,
            })) = self.kind_of(id)
            {
                open.extend([input, output].into_iter().chain(errors).cloned());
            }
        }
        for id in &closure.resources {
            if let Some(ShapeKind::Resource(resource)) = self.kind_of(id) {
                open.extend(
                    resource
                        .identifiers
                        .values()
                        .chain(resource.properties.values())
                        .cloned(),
                );
            }
        }
        while let Some(id) = open.pop() {
            let Some(shape) = self.shape(&id) else {
                continue;
            };
            if closure.shapes.insert(id) {
                open.extend(shape.members().map(|member| member.target.clone()));
            }
        }
        closure.operations.sort_unstable();
        closure.resources.sort_unstable();
        closure.shapes.sort_unstable();
        closure
    }

    /// Adds the operations and resources of a service.
    fn bind(&self, service: &Service, closure: &mut Closure) {
        let mut operations: Vec<&ShapeId> = service.operations.iter().collect();
        let mut open: Vec<&ShapeId> = service.resources.iter().collect();
        while let Some(id) = open.pop() {
            let Some(ShapeKind::Resource(resource)) = self.kind_of(id) else {
                continue;
            };
            if closure.resources.insert(id.clone()) {
                operations.extend(resource.all_operations());
                open.extend(&resource.resources);
            }
        }
        let known = operations
            .into_iter()
            .filter(|id| matches!(self.kind_of(id), Some(ShapeKind::Operation(_))));
        closure.operations.extend(known.cloned());
    }

    fn kind_of(&self, id: &ShapeId) -> Option<&ShapeKind> {
        self.shape(id).map(|shape: &Shape| &shape.kind)
    }
}

impl Resource {
    /// Returns the lifecycle, instance and collection operations of the resource, without those of
    /// child resources.
    pub fn all_operations(&self) -> impl Iterator<Item = &ShapeId> {
        self.lifecycle
            .values()
            .chain(&self.operations)
            .chain(&self.collection_operations)
    }

    /// Returns whether an operation of the resource acts on the collection: `create`, `list` or a
    /// collection operation.
    pub(crate) fn is_for_collection(&self, operation: &ShapeId) -> bool {
        let is = |place| self.lifecycle.get(place) == Some(operation);
        is("create") || is("list") || self.collection_operations.contains(operation)
    }
}
