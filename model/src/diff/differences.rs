//! The shapes and members that were added, removed or changed.

use super::equality::same_trait;
use crate::shapes::model::Model;
use crate::shapes::shape::{Member, Shape, Traits};
use crate::syntax::node::Node;
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use crate::traits::reader::Trait;
use crate::traits::registry::type_refinement::ENUM;

/// A shape or a member.
#[derive(Clone, Copy)]
pub(super) enum Entity<'m> {
    Shape(&'m Shape),
    Member(&'m Member),
}

impl<'m> Entity<'m> {
    pub(super) fn id(self) -> &'m ShapeId {
        match self {
            Self::Shape(shape) => &shape.id,
            Self::Member(member) => &member.id,
        }
    }

    pub(super) fn traits(self) -> &'m Traits {
        match self {
            Self::Shape(shape) => &shape.traits,
            Self::Member(member) => &member.traits,
        }
    }

    pub(super) fn span(self) -> Option<Span> {
        match self {
            Self::Shape(shape) => shape.span,
            Self::Member(member) => member.span,
        }
    }

    pub(super) fn has<T: ?Sized>(self, known: Trait<T>) -> bool {
        known.is_on(self.traits())
    }

    /// Returns the name of its kind for messages.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Shape(shape) => shape.kind.name(),
            Self::Member(_) => "member",
        }
    }
}

/// An entity that is in both models.
#[derive(Clone, Copy)]
pub(super) struct Change<T> {
    pub(super) old: T,
    pub(super) new: T,
}

impl<'m> Change<Entity<'m>> {
    /// Returns the traits that were added, removed or changed, with both values.
    pub(super) fn traits(
        self,
    ) -> impl Iterator<Item = (&'m ShapeId, Option<&'m Node>, Option<&'m Node>)> {
        let (old, new) = (self.old.traits(), self.new.traits());
        let before = old
            .iter()
            .map(|(id, node)| (id, Some(node), new.get(id.as_str())));
        let added = new.iter().filter(|(id, _)| !old.has(id.as_str()));
        let differs = |id: &ShapeId, old: Option<&Node>, new: Option<&Node>| match (old, new) {
            (Some(old), Some(new)) => !same_trait(id.as_str(), old, new),
            _ => true,
        };
        before
            .chain(added.map(|(id, node)| (id, None, Some(node))))
            .filter(move |(id, old, new)| differs(id, *old, *new))
    }

    pub(super) fn trait_added<T: ?Sized>(self, name: Trait<T>) -> bool {
        !self.old.has(name) && self.new.has(name)
    }

    pub(super) fn trait_removed<T: ?Sized>(self, name: Trait<T>) -> bool {
        self.old.has(name) && !self.new.has(name)
    }
}

impl Change<&Member> {
    /// Returns whether the target or a trait differs.
    pub(super) fn is_any(self) -> bool {
        let Self { old, new } = self;
        let entities = Change {
            old: Entity::Member(old),
            new: Entity::Member(new),
        };
        old.target != new.target || entities.traits().next().is_some()
    }
}

/// The differences of two models. The lists do not contain entities that are equal in both.
pub(super) struct Differences<'m> {
    pub(super) old: &'m Model,
    pub(super) new: &'m Model,
    pub(super) added: Vec<Entity<'m>>,
    pub(super) removed: Vec<Entity<'m>>,
    /// Shapes in both models. Some of them may be equal.
    pub(super) shapes: Vec<Change<&'m Shape>>,
    /// Members in both models whose target or traits differ.
    pub(super) members: Vec<Change<&'m Member>>,
    /// Whether this compares the targets of a changed member, not the models.
    pub(super) of_targets: bool,
}

impl<'m> Differences<'m> {
    pub(super) fn between(old: &'m Model, new: &'m Model) -> Self {
        let (added, removed, shapes, members) = Default::default();
        let mut differences = Self {
            old,
            new,
            added,
            removed,
            shapes,
            members,
            of_targets: false,
        };
        for shape in old.shapes.values() {
            match new.shapes.get(&shape.id) {
                Some(now) => differences.pair(shape, now),
                None => differences.removed.push(Entity::Shape(shape)),
            }
        }
        let added = new
            .shapes
            .values()
            .filter(|shape| !old.shapes.contains_key(&shape.id));
        differences.added.extend(added.map(Entity::Shape));
        differences
    }

    /// Compares two targets as if one had become the other.
    pub(super) fn of_targets(old: &'m Model, new: &'m Model, shape: Change<&'m Shape>) -> Self {
        let (added, removed, members) = Default::default();
        let mut differences = Self {
            old,
            new,
            added,
            removed,
            shapes: vec![shape],
            members,
            of_targets: true,
        };
        differences.compare_members(shape.old, shape.new);
        differences
    }

    fn pair(&mut self, old: &'m Shape, new: &'m Shape) {
        self.shapes.push(Change { old, new });
        self.compare_members(old, new);
        // The values of `@enum` became members; they are not added.
        if !ENUM.is_on(&old.traits) {
            self.added.extend(
                new.members()
                    .filter(|member| old.member(&member.name).is_none())
                    .map(Entity::Member),
            );
        }
        self.removed.extend(
            old.members()
                .filter(|member| new.member(&member.name).is_none())
                .map(Entity::Member),
        );
    }

    fn compare_members(&mut self, old: &'m Shape, new: &'m Shape) {
        for member in old.members() {
            let Some(now) = new.member(&member.name) else {
                continue;
            };
            let change = Change {
                old: member,
                new: now,
            };
            if change.is_any() {
                self.members.push(change);
            }
        }
    }

    /// Returns all entities in both models whose traits may differ.
    pub(super) fn entities(&self) -> impl Iterator<Item = Change<Entity<'m>>> {
        let shapes = self
            .shapes
            .iter()
            .map(|Change { old, new }| (Entity::Shape(old), Entity::Shape(new)));
        let members = self
            .members
            .iter()
            .map(|Change { old, new }| (Entity::Member(old), Entity::Member(new)));
        shapes.chain(members).map(|(old, new)| Change { old, new })
    }
}
