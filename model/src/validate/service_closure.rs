use crate::shapes::closure::Closure;
use crate::shapes::model::Model;
use crate::shapes::shape::{Operation, Shape, ShapeKind};
use crate::syntax::shape_id::ShapeId;

/// A service with its closure.
pub(super) struct ServiceClosure<'a> {
    pub(super) id: &'a ShapeId,
    pub(super) closure: Closure,
}

/// Returns an operation by its id.
pub(super) fn operation_of<'m>(model: &'m Model, id: &ShapeId) -> Option<&'m Operation> {
    match &model.shape(id)?.kind {
        ShapeKind::Operation(operation) => Some(operation),
        _ => None,
    }
}

/// Returns all operations of a model.
pub(super) fn operations(model: &Model) -> impl Iterator<Item = (&Shape, &Operation)> {
    model.shapes.values().filter_map(|shape| match &shape.kind {
        ShapeKind::Operation(operation) => Some((shape, operation)),
        _ => None,
    })
}
