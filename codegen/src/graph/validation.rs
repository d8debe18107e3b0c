//! The types whose values a server validates.

use crate::graph::member::{Constraints, Member, Type};
use crate::graph::service::Service;
use crate::graph::shape::Shape;
use smithy_model::ShapeId;
use std::collections::{BTreeMap, BTreeSet};

/// The types that inputs contain, and those with constraints.
pub(crate) struct Validation<'s> {
    /// The types in inputs.
    pub(crate) reached: BTreeSet<&'s ShapeId>,
    /// The types in inputs that have a constraint, also in a nested value.
    constrained: BTreeSet<&'s ShapeId>,
}

impl<'s> Validation<'s> {
    pub(crate) fn of(service: &'s Service) -> Self {
        let mut reached = BTreeSet::new();
        let mut queue: Vec<&ShapeId> = Vec::new();
        for member in service
            .operations
            .values()
            .flat_map(|operation| &operation.input.members)
        {
            member.ty.each_named(&mut |named| queue.push(&named.id));
        }
        // The types that contain a type.
        let mut containers: BTreeMap<&ShapeId, Vec<&ShapeId>> = BTreeMap::new();
        let mut direct = Vec::new();
        while let Some(id) = queue.pop() {
            let Some(shape) = service.shapes.get(id).filter(|_| reached.insert(id)) else {
                continue;
            };
            if matches!(shape, Shape::Enum(_) | Shape::IntEnum(_)) {
                direct.push(id);
            }
            for (ty, constraints) in values(shape) {
                if !constraints.is_empty() {
                    direct.push(id);
                }
                ty.each_named(&mut |named| {
                    containers.entry(&named.id).or_default().push(id);
                    queue.push(&named.id);
                });
            }
        }
        let mut constrained = BTreeSet::new();
        while let Some(id) = direct.pop() {
            if constrained.insert(id) {
                direct.extend(containers.get(id).into_iter().flatten());
            }
        }
        Self {
            reached,
            constrained,
        }
    }

    /// Whether values of the type have constraints.
    pub(crate) fn is_constrained(&self, id: &ShapeId) -> bool {
        self.constrained.contains(id)
    }

    /// Whether a member of an input has a constraint, also in a nested value.
    pub(crate) fn has_constraint(&self, member: &Member) -> bool {
        let mut nested = false;
        member
            .ty
            .each_named(&mut |named| nested |= self.is_constrained(&named.id));
        nested || !member.constraints.is_empty()
    }
}

/// The members of a shape.
fn values(shape: &Shape) -> Vec<(&Type, &Constraints)> {
    match shape {
        Shape::Structure(shape) => of_members(&shape.members),
        Shape::Error(shape) => of_members(&shape.structure.members),
        Shape::Union(shape) => {
            let variants = shape.variants.iter();
            variants
                .map(|variant| (&variant.ty, &variant.constraints))
                .collect()
        }
        Shape::Enum(_) | Shape::IntEnum(_) => Vec::new(),
    }
}

fn of_members(members: &[Member]) -> Vec<(&Type, &Constraints)> {
    members
        .iter()
        .map(|member| (&member.ty, &member.constraints))
        .collect()
}
