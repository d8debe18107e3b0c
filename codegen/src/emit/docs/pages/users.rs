//! The users of a shape.

use crate::graph::member::Type;
use crate::graph::service::{Operation, Service};
use crate::graph::shape::{Shape, Structure, TypeName};
use smithy_model::ShapeId;
use std::collections::HashMap;

/// The shapes and operations with a member of a shape's type.
#[derive(Clone, Copy)]
pub(super) enum User<'s> {
    Operation(&'s Operation),
    Type(&'s TypeName),
}

/// The users of every shape: operations, then types, in the order of the graph.
pub(super) struct Users<'s>(HashMap<&'s ShapeId, Vec<User<'s>>>);

impl<'s> Users<'s> {
    pub(super) fn of(service: &'s Service) -> Self {
        let mut users = Self(HashMap::with_capacity(service.shapes.len()));
        for operation in service.operations.values() {
            users.add_members(&operation.input, User::Operation(operation));
            users.add_members(&operation.output, User::Operation(operation));
        }
        for shape in service.shapes.values() {
            let user = User::Type(shape.name());
            match shape {
                Shape::Structure(structure) => users.add_members(structure, user),
                Shape::Error(error) => users.add_members(&error.structure, user),
                Shape::Union(union) => union
                    .variants
                    .iter()
                    .for_each(|variant| users.add(&variant.ty, user)),
                Shape::Enum(_) | Shape::IntEnum(_) => {}
            }
        }
        users
    }

    /// The users of one shape.
    pub(super) fn get(&self, id: &ShapeId) -> &[User<'s>] {
        self.0.get(id).map_or(&[], Vec::as_slice)
    }

    fn add_members(&mut self, structure: &'s Structure, user: User<'s>) {
        structure
            .members
            .iter()
            .for_each(|member| self.add(&member.ty, user));
    }

    fn add(&mut self, ty: &'s Type, user: User<'s>) {
        ty.each_named(&mut |named| {
            let users = self.0.entry(&named.id).or_default();
            // The members of one user are adjacent.
            if !users.last().is_some_and(|last| last.is(user)) {
                users.push(user);
            }
        });
    }
}

impl User<'_> {
    fn is(self, other: User<'_>) -> bool {
        match (self, other) {
            (Self::Operation(a), User::Operation(b)) => a.id == b.id,
            (Self::Type(a), User::Type(b)) => a.rust == b.rust,
            _ => false,
        }
    }
}
