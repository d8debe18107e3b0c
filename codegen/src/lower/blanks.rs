//! How emitted code makes structures and unions with no members set.

use crate::graph::member::{Blank, DefaultValue, Presence};
use crate::graph::wire::Location;
use crate::lower::names::assign::Names;
use crate::lower::presence;
use crate::lower::presence::Position;
use crate::select::closure::Closure;
use smithy_model::{Log, Member, Shape, ShapeId, ShapeKind};
use std::collections::{BTreeMap, BTreeSet};

/// How the structures and unions of the closure are made with no members set.
pub(crate) struct Blanks<'m> {
    pub(crate) structures: BTreeMap<&'m ShapeId, Blank>,
    /// The unions that required members target. Others are never made blank.
    pub(crate) unions: BTreeSet<&'m ShapeId>,
}

impl<'m> Blanks<'m> {
    /// Computes the table of a closure.
    pub(crate) fn of(closure: &Closure<'m>, names: &Names) -> Self {
        let presence = |member: &Member| {
            let (location, position) = (&Location::Body, Position::Nested);
            // The pass that lowers the structure reports bad defaults.
            let log = &mut Log::default();
            presence::of_member(closure, names, member, location, position, log)
        };
        let structures = closure
            .data
            .values()
            .filter(|shape| matches!(shape.kind, ShapeKind::Structure(_)));
        let blank = |shape: &&'m Shape| (&shape.id, of_members(shape.members().map(presence)));
        let members = closure
            .shapes()
            .filter(|shape| matches!(shape.kind, ShapeKind::Structure(_)))
            .flat_map(Shape::members);
        let is_union = |member: &&Member| {
            let target = closure.model.shape(&member.target);
            target.is_some_and(|target| matches!(target.kind, ShapeKind::Union(_)))
        };
        let required = |member: &&Member| presence(member) == Presence::Required;
        let unions = members.filter(is_union).filter(required);
        Self {
            structures: structures.map(blank).collect(),
            unions: unions.map(|member| &member.target).collect(),
        }
    }

    /// How a structure of the closure is made.
    pub(crate) fn of_shape(&self, id: &ShapeId) -> Blank {
        self.structures.get(id).copied().unwrap_or(Blank::Private)
    }
}

/// How a structure is made whose members have these presences.
pub(crate) fn of_members(presences: impl Iterator<Item = Presence>) -> Blank {
    let mut blank = Blank::Derived;
    for presence in presences {
        match presence {
            Presence::Required => return Blank::Private,
            Presence::Default(DefaultValue::OfType) | Presence::Optional => {}
            Presence::Default(_) => blank = Blank::Written,
        }
    }
    blank
}
