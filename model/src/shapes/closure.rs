use super::model::Model;
use super::shape::{Operation, Resource, Service, Shape, ShapeKind};
use crate::syntax::shape_id::ShapeId;
use indexmap::IndexSet;

/// All that belongs to a service (Smithy specification, "Service closure"), sorted by id.
#[derive(Clone, Debug, Default)]
pub struct Closure {
    /// The operations bound to the service or to a resource of it.
    pub operations: IndexSet<ShapeId>,
    /// The resources bound to the service or to another resource of it.
    pub resources: IndexSet<ShapeId>,
    /// The errors and data shapes that operations and resources lead to; shapes of the prelude
    /// among them.
    pub shapes: IndexSet<ShapeId>,
}

impl Model {
    /// What belongs to a service. Ids that lead nowhere are left out.
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

    /// Collects operations and resources.
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
    /// The operations of the resource itself: of its life cycle, of instances, of the collection.
    pub fn all_operations(&self) -> impl Iterator<Item = &ShapeId> {
        self.lifecycle
            .values()
            .chain(&self.operations)
            .chain(&self.collection_operations)
    }

    /// Whether an operation of the resource is for the collection as a whole: `create`, `list` or a
    /// collection operation.
    pub(crate) fn is_for_collection(&self, operation: &ShapeId) -> bool {
        let is = |place| self.lifecycle.get(place) == Some(operation);
        is("create") || is("list") || self.collection_operations.contains(operation)
    }
}
