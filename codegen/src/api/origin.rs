//! The shapes and members that the items of a file are generated from.

use crate::emit::files::Emit;
use crate::graph::service::Service;
use crate::graph::shape::{Shape, Structure};
use smithy_model::ShapeId;
use std::collections::HashMap;

/// The shapes that a file is generated from.
pub(super) struct Origin<'s> {
    /// The shape of every item that is not a member of a type.
    whole: &'s ShapeId,
    /// The shape whose members become the fields or variants of the file's type.
    members_of: &'s ShapeId,
    /// The name of that type.
    type_name: &'s str,
    /// The names of members in the model, by their Rust names.
    members: HashMap<&'s str, &'s str>,
}

impl<'s> Origin<'s> {
    pub(super) fn of(job: &Emit<'s>, service: &'s Service) -> Self {
        match job {
            Emit::Shape(shape) => Self::of_shape(shape),
            Emit::Operation(operation) => Self {
                whole: &operation.id,
                type_name: &operation.name.rust,
                ..Self::of_structure(&operation.input)
            },
            Emit::Output(operation) => Self {
                whole: &operation.id,
                ..Self::of_structure(&operation.output)
            },
            // These files are generated from the service as a whole.
            _ => Self {
                whole: &service.id,
                members_of: &service.id,
                type_name: "",
                members: HashMap::new(),
            },
        }
    }

    fn of_shape(shape: &'s Shape) -> Self {
        let members = match shape {
            Shape::Structure(structure) => return Self::of_structure(structure),
            Shape::Error(error) => return Self::of_structure(&error.structure),
            Shape::Union(union) => union
                .variants
                .iter()
                .map(|variant| (variant.rust.as_str(), variant.model.as_str()))
                .collect(),
            Shape::Enum(values) => values
                .values
                .iter()
                .map(|value| (value.rust.as_str(), value.model.as_str()))
                .collect(),
            Shape::IntEnum(values) => values
                .values
                .iter()
                .map(|value| (value.rust.as_str(), value.model.as_str()))
                .collect(),
        };
        Self {
            whole: shape.id(),
            members_of: shape.id(),
            type_name: &shape.name().rust,
            members,
        }
    }

    fn of_structure(structure: &'s Structure) -> Self {
        let members = structure.members.iter();
        Self {
            whole: &structure.id,
            members_of: &structure.id,
            type_name: &structure.name.rust,
            members: members
                .map(|member| (member.name.rust.as_str(), member.name.model.as_str()))
                .collect(),
        }
    }

    /// The shape or member that an item is generated from.
    pub(super) fn id(&self, path: &str) -> ShapeId {
        let (owner, name) = path.rsplit_once("::").unwrap_or_default();
        let owner = owner.rsplit("::").next().unwrap_or_default();
        let name = name.strip_prefix("builder().").unwrap_or(name);
        let member = self.members.get(name).filter(|_| owner == self.type_name);
        member.map_or_else(
            || self.whole.clone(),
            |model| self.members_of.with_member(model),
        )
    }
}
