//! How emitted code makes a structure with nothing set.

use crate::graph::member::{Blank, DefaultValue, Presence};
use crate::graph::wire::Location;
use crate::lower::names::assign::Names;
use crate::lower::presence;
use crate::lower::presence::Position;
use crate::select::closure::Closure;
use smithy_model::{Log, Shape, ShapeId, ShapeKind};
use std::collections::BTreeMap;

/// How structures that are values of members are made blank.
pub(crate) struct Blanks<'m>(pub(crate) BTreeMap<&'m ShapeId, Blank>);

impl<'m> Blanks<'m> {
    /// Those of a closure.
    pub(crate) fn of(closure: &Closure<'m>, names: &Names) -> Self {
        let structures = closure
            .data
            .values()
            .filter(|shape| matches!(shape.kind, ShapeKind::Structure(_)));
        let blank = |shape: &'m Shape| {
            let presence = |member| {
                let (location, position) = (&Location::Body, Position::Nested);
                // The pass that lowers the structure reports bad defaults.
                let log = &mut Log::default();
                presence::of_member(closure, names, member, location, position, log)
            };
            (&shape.id, of_members(shape.members().map(presence)))
        };
        Self(structures.copied().map(blank).collect())
    }

    /// How a structure of the closure is made blank.
    pub(crate) fn of_shape(&self, id: &ShapeId) -> Blank {
        self.0.get(id).copied().unwrap_or(Blank::Private)
    }
}

/// How a structure whose members have these presences is made blank.
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
