//! A model from botocore's format, merged onto ours: what the format can say is as it says,
//! everything else is kept.

use super::botocore_coverage;
use super::service::only_service;
use crate::diagnostics::diagnostic::{Diagnostic, Severity};
use crate::shapes::closure::Closure;
use crate::shapes::model::Model;
use crate::shapes::prelude::prelude;
use crate::shapes::shape::{
    Member, Operation, Resource, Service, Shape, ShapeKind, Simple, Traits,
};
use crate::syntax::node::{Node, Value};
use crate::syntax::shape_id::{ShapeId, is_identifier};
use crate::syntax::source::{Sources, Span};
use crate::traits::registry::behavior::{PAGINATED, WAITABLE};
use crate::traits::registry::documentation::{DOCUMENTATION, EXAMPLES};
use crate::traits::registry::serialization::{MEDIA_TYPE, TIMESTAMP_FORMAT};
use crate::traits::registry::type_refinement::{ADDED_DEFAULT, DEFAULT, ENUM, ENUM_VALUE, ERROR};
use crate::validate::check;
use heck::ToShoutySnakeCase;
use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};

type Members = IndexMap<String, Member>;

/// Merges a model of botocore's (`said`) onto ours. What does not fit the rest any longer is left
/// out, with a warning.
pub(super) fn merge(ours: &Model, said: &Model) -> (Model, Vec<Diagnostic>) {
    let services = only_service(said)
        .zip(only_service(ours))
        .map(|((said, _), (ours, _))| (&said.id, &ours.id));
    let merge = Merge {
        ours,
        said,
        services,
    };
    let mut shapes: IndexMap<ShapeId, Shape> = IndexMap::new();
    // Some of the format's shapes are left over: nothing leads to them.
    let is_kept = |shape: &&Shape| {
        merge.of_prelude(&shape.id).is_none() && merge.made_up_format(&shape.id).is_none()
    };
    for shape in merge.in_use().filter(is_kept) {
        let merged = merge.shape(shape);
        shapes.insert(merged.id.clone(), merged);
    }
    for id in merge.beyond_operations() {
        if let Some(shape) = ours.shapes.get(&id).filter(|_| !shapes.contains_key(&id)) {
            shapes.insert(id, shape.clone());
        }
    }
    merge.keep_targets(&mut shapes);
    merge.drop_defaults_of_other_types(&mut shapes);
    lift_defaults(&mut shapes);
    shapes.sort_unstable_keys();
    bind(&mut shapes);
    let mut model = Model {
        shapes,
        metadata: ours.metadata.clone(),
    };
    let left_out = leave_out_misfits(&mut model);
    (model, left_out)
}

/// Traits of operations that the format says in files of their own or not at all, so that they may
/// name members that are gone.
const SAID_ELSEWHERE: [&str; 3] = [EXAMPLES.id(), PAGINATED.id(), WAITABLE.id()];

/// Removes such traits where they do not fit the rest of the model.
fn leave_out_misfits(model: &mut Model) -> Vec<Diagnostic> {
    // Places are not printed from here.
    let problems = check(model, &Sources::new());
    let mut left_out = Vec::new();
    for problem in problems
        .into_iter()
        .filter(|problem| problem.severity == Severity::Error)
    {
        let Some(shape) = problem
            .shape
            .as_ref()
            .and_then(|id| model.shapes.get_mut(id))
        else {
            continue;
        };
        let holds = |(id, node): &(&ShapeId, &Node)| {
            SAID_ELSEWHERE.contains(&id.as_str())
                && problem.span.is_some_and(|span| contains(node.span, span))
        };
        let Some(id) = shape.traits.iter().find(holds).map(|(id, _)| id.clone()) else {
            continue;
        };
        shape.traits.0.shift_remove(&id);
        let help = format!("`{id}` of `{}` is left out", shape.id);
        left_out.push(Diagnostic {
            severity: Severity::Warning,
            help: Some(help),
            ..problem
        });
    }
    left_out
}

fn contains(outer: Span, inner: Span) -> bool {
    outer.source == inner.source && outer.start <= inner.start && inner.end <= outer.end
}

struct Merge<'m> {
    ours: &'m Model,
    said: &'m Model,
    /// The id of the service in the format, which does not know its name, and with us.
    services: Option<(&'m ShapeId, &'m ShapeId)>,
}

impl<'m> Merge<'m> {
    /// The service of botocore's, and all that it leads to.
    fn in_use(&self) -> impl Iterator<Item = &'m Shape> {
        let of = |(shape, service): (&'m Shape, &'m Service)| {
            let Closure {
                operations, shapes, ..
            } = self.said.closure(service);
            let closure = operations.into_iter().chain(shapes);
            [shape]
                .into_iter()
                .chain(closure.filter_map(|id| self.said.shapes.get(&id)))
        };
        self.said.services().flat_map(of)
    }

    /// The id that one of botocore's shapes has with us.
    fn id(&self, id: &ShapeId) -> ShapeId {
        match self.services {
            Some((said, ours)) if said == id => ours.clone(),
            _ => id.clone(),
        }
    }

    fn target(&self, id: &ShapeId) -> ShapeId {
        self.of_prelude(id)
            .map_or_else(|| self.id(id), |shape| shape.id.clone())
    }

    /// The shape of the prelude that one of botocore's shapes is a copy of: it has its name and
    /// says nothing more.
    fn of_prelude(&self, id: &ShapeId) -> Option<&'static Shape> {
        let said = self
            .said
            .shapes
            .get(id)
            .filter(|_| !self.ours.shapes.contains_key(id))?;
        let shape = prelude(&format!("smithy.api#{}", id.name()))?;
        let ShapeKind::Simple(simple) = shape.kind else {
            return None;
        };
        let is_copy = matches!(said.kind, ShapeKind::Simple(kind) if kind == simple);
        let is_plain = said
            .traits
            .iter()
            .all(|(id, _)| id.as_str() == DOCUMENTATION.id());
        (is_copy && is_plain).then_some(shape)
    }

    fn shape(&self, said: &Shape) -> Shape {
        let id = self.id(&said.id);
        let old = self.ours.shapes.get(&id);
        let mut traits = botocore_coverage::merge(old.map(|old| &old.traits), &said.traits);
        let kind = self.kind(&id, old, said);
        if matches!(kind, ShapeKind::Enum(_)) {
            traits.0.shift_remove(ENUM.id());
        }
        Shape {
            id,
            kind,
            traits,
            span: said.span,
        }
    }

    fn kind(&self, id: &ShapeId, old: Option<&Shape>, said: &Shape) -> ShapeKind {
        let item =
            |item: &Member| self.member(id, old.and_then(|old| old.member(&item.name)), item);
        let all = |members: &Members| -> Members {
            members
                .values()
                .map(|member| (member.name.clone(), item(member)))
                .collect()
        };
        match (old.map(|old| &old.kind), &said.kind) {
            // Numbers have no names in the format.
            (Some(ShapeKind::IntEnum(values)), ShapeKind::Simple(Simple::Integer)) => {
                ShapeKind::IntEnum(values.clone())
            }
            // A few unions are structures in the format.
            (Some(ShapeKind::Union(_)), ShapeKind::Structure(members))
            | (_, ShapeKind::Union(members)) => ShapeKind::Union(all(members)),
            (_, ShapeKind::Structure(members)) => {
                let mut merged = all(members);
                let is_error = ERROR.is_on(&said.traits);
                merged.extend(
                    old.filter(|_| is_error)
                        .and_then(|old| message(old, members)),
                );
                ShapeKind::Structure(merged)
            }
            (_, ShapeKind::Enum(values)) => ShapeKind::Enum(self.values(id, old, values)),
            (Some(ShapeKind::Enum(old)), ShapeKind::Simple(Simple::String)) => {
                // Values that cannot be made into names are names with us if we have them all.
                let known = ENUM
                    .node(&said.traits)
                    .and_then(|values| known_values(old, values));
                known.map_or(ShapeKind::Simple(Simple::String), ShapeKind::Enum)
            }
            (_, ShapeKind::Simple(simple)) => ShapeKind::Simple(*simple),
            (_, ShapeKind::List(member)) => ShapeKind::List(item(member)),
            (_, ShapeKind::Map { key, value }) => ShapeKind::Map {
                key: item(key),
                value: item(value),
            },
            (old, ShapeKind::Operation(said)) => ShapeKind::Operation(self.operation(old, said)),
            (old, ShapeKind::Service(said)) => ShapeKind::Service(service(old, said)),
            (_, kind @ (ShapeKind::IntEnum(_) | ShapeKind::Resource(_))) => kind.clone(),
        }
    }

    fn member(&self, owner: &ShapeId, old: Option<&Member>, said: &Member) -> Member {
        let mut member = Member {
            id: owner.with_member(&said.name),
            name: said.name.clone(),
            target: self.target(&said.target),
            traits: botocore_coverage::merge(old.map(|old| &old.traits), &said.traits),
            span: said.span,
        };
        if let Some(format) = self.made_up_format(&said.target) {
            self.place_format(old, format, &mut member);
        } else if let Some(old) = old.filter(|old| self.is_json_of(old, said)) {
            member.target = old.target.clone();
        }
        member
    }

    /// The format of a shape that botocore made up for a timestamp with a format, where Smithy has
    /// a trait at the member.
    fn made_up_format(&self, target: &ShapeId) -> Option<&'m Node> {
        let target = self.said.shapes.get(target)?;
        let is_timestamp = matches!(target.kind, ShapeKind::Simple(Simple::Timestamp));
        let is_made_up = is_timestamp && target.id.name().starts_with("SyntheticTimestamp_");
        TIMESTAMP_FORMAT
            .node(&target.traits)
            .filter(|_| is_made_up && !self.ours.shapes.contains_key(&target.id))
    }

    /// Gives a member a timestamp of this format: the one that it has, if that has the format, else
    /// a plain one.
    fn place_format(&self, old: Option<&Member>, format: &Node, member: &mut Member) {
        let target = old.and_then(|old| self.ours.shape(&old.target));
        let is_timestamp = target
            .is_some_and(|target| matches!(target.kind, ShapeKind::Simple(Simple::Timestamp)));
        let old = old.filter(|_| is_timestamp);
        let of_target = target.and_then(|target| TIMESTAMP_FORMAT.node(&target.traits));
        let id = ShapeId::constant(TIMESTAMP_FORMAT.id());
        member.traits.0.shift_remove(&id);
        match old.map(|old| (old, TIMESTAMP_FORMAT.node(&old.traits))) {
            Some((old, own)) if own.or(of_target) == Some(format) => {
                member.target = old.target.clone();
                member.traits.0.extend(own.map(|own| (id, own.clone())));
            }
            _ => {
                member.target = ShapeId::constant("smithy.api#Timestamp");
                member.traits.0.insert(id, format.clone());
            }
        }
    }

    /// Whether botocore's member holds JSON in a string, and so does ours, by the media type of its
    /// shape.
    fn is_json_of(&self, old: &Member, said: &Member) -> bool {
        let media_type = |model: &'m Model, id: &ShapeId| {
            let shape = model
                .shape(id)
                .filter(|shape| matches!(shape.kind, ShapeKind::Simple(Simple::String)));
            shape.and_then(|shape| MEDIA_TYPE.of(&shape.traits))
        };
        let is_made_up = said.target.name().starts_with("SynthesizedJson");
        is_made_up
            && media_type(self.ours, &old.target)
                .is_some_and(|ours| media_type(self.said, &said.target) == Some(ours))
    }

    /// The values of an enum: known ones keep their names, new ones get such as AWS gives.
    fn values(&self, id: &ShapeId, old: Option<&Shape>, said: &Members) -> Members {
        let mut values = Members::new();
        for member in said.values() {
            let value = ENUM_VALUE.of(&member.traits);
            let mut known = old.into_iter().flat_map(Shape::members);
            let known = known.find(|known| ENUM_VALUE.of(&known.traits) == value);
            let mut merged = self.member(id, known, member);
            let shouted = value
                .and_then(Node::as_str)
                .unwrap_or_default()
                .to_shouty_snake_case();
            let is_free = |name: &String| {
                is_identifier(name)
                    && !values.contains_key(name)
                    && old.is_none_or(|old| old.member(name).is_none())
            };
            let name = known
                .map(|known| known.name.clone())
                .or(Some(shouted).filter(is_free));
            merged.name = name.unwrap_or(merged.name);
            merged.id = id.with_member(&merged.name);
            values.insert(merged.name.clone(), merged);
        }
        values
    }

    /// Errors that every operation may return are written at each in the format.
    fn operation(&self, old: Option<&ShapeKind>, said: &Operation) -> Operation {
        let common: HashSet<&ShapeId> = self
            .ours
            .services()
            .flat_map(|(_, service)| &service.errors)
            .collect();
        let listed = match old {
            Some(ShapeKind::Operation(old)) => old.errors.as_slice(),
            _ => &[],
        };
        let errors = said
            .errors
            .iter()
            .filter(|id| !common.contains(id) || listed.contains(id));
        Operation {
            errors: errors.cloned().collect(),
            ..said.clone()
        }
    }

    /// Those of our shapes that the format does not know, since operations do not lead to them, and
    /// those that resources lead to beside operations.
    fn beyond_operations(&self) -> Vec<ShapeId> {
        let (mut of_operations, mut of_resources) = (Vec::new(), Vec::new());
        for shape in self.ours.shapes.values() {
            match &shape.kind {
                ShapeKind::Service(Service { errors, .. }) => {
                    of_operations.extend([&shape.id].into_iter().chain(errors));
                }
                ShapeKind::Operation(Operation {
                    input,
                    output,
                    errors,
                }) => {
                    of_operations.extend([&shape.id, input, output].into_iter().chain(errors));
                }
                ShapeKind::Resource(Resource {
                    identifiers,
                    properties,
                    ..
                }) => {
                    of_resources.extend(identifiers.values().chain(properties.values()));
                }
                _ => {}
            }
        }
        let (known, needed) = (self.reached(of_operations), self.reached(of_resources));
        let beyond = self
            .ours
            .shapes
            .keys()
            .filter(|id| !known.contains(*id) || needed.contains(*id));
        beyond.cloned().collect()
    }

    /// Adds those of our shapes that members still lead to.
    fn keep_targets(&self, shapes: &mut IndexMap<ShapeId, Shape>) {
        let mut open: Vec<ShapeId> = shapes
            .values()
            .flat_map(Shape::members)
            .map(|member| member.target.clone())
            .collect();
        while let Some(id) = open.pop() {
            if shapes.contains_key(&id) {
                continue;
            }
            if let Some(shape) = self.ours.shapes.get(&id) {
                open.extend(shape.members().map(|member| member.target.clone()));
                shapes.insert(id, shape.clone());
            }
        }
    }

    /// Drops those of our defaults whose shape or target has become another type.
    fn drop_defaults_of_other_types(&self, shapes: &mut IndexMap<ShapeId, Shape>) {
        let kinds: HashMap<ShapeId, &str> = shapes
            .values()
            .map(|shape| (shape.id.clone(), shape.kind.name()))
            .collect();
        let differs = |old: &ShapeId, new: &ShapeId| {
            let before = self.ours.shape(old).map(|shape| shape.kind.name());
            let after = kinds
                .get(new)
                .copied()
                .or_else(|| prelude(new.as_str()).map(|shape| shape.kind.name()));
            before != after
        };
        for shape in shapes.values_mut() {
            let Some(old) = self.ours.shapes.get(&shape.id) else {
                continue;
            };
            if differs(&old.id, &shape.id) {
                drop_default(&mut shape.traits);
            }
            for member in shape.members_mut() {
                if old
                    .member(&member.name)
                    .is_some_and(|old| differs(&old.target, &member.target))
                {
                    drop_default(&mut member.traits);
                }
            }
        }
    }

    /// These shapes of ours, and all that their members lead to.
    fn reached(&self, mut open: Vec<&'m ShapeId>) -> HashSet<&'m ShapeId> {
        let mut reached = HashSet::new();
        while let Some(id) = open.pop() {
            if reached.insert(id) {
                let members = self
                    .ours
                    .shapes
                    .get(id)
                    .into_iter()
                    .flat_map(Shape::members);
                open.extend(members.map(|member| &member.target));
            }
        }
        reached
    }
}

/// The message of one of our errors, which every error has, though botocore leaves it out of some.
fn message(old: &Shape, said: &Members) -> Option<(String, Member)> {
    let is_message = |name: &str| name.eq_ignore_ascii_case("message");
    if said.keys().any(|name| is_message(name)) {
        return None;
    }
    let message = old.members().find(|member| is_message(&member.name))?;
    Some((message.name.clone(), message.clone()))
}

fn known_values(ours: &Members, said: &Node) -> Option<Members> {
    let known = |definition: &Node| {
        let value = definition.get("value");
        let member = ours
            .values()
            .find(|member| ENUM_VALUE.of(&member.traits) == value)?;
        Some((member.name.clone(), member.clone()))
    };
    said.as_array()?.iter().map(known).collect()
}

/// Resources, common errors and other names are none of the format's.
fn service(old: Option<&ShapeKind>, said: &Service) -> Service {
    let Some(ShapeKind::Service(old)) = old else {
        return said.clone();
    };
    Service {
        version: said.version.clone(),
        operations: said.operations.clone(),
        ..old.clone()
    }
}

fn drop_default(traits: &mut Traits) {
    traits
        .0
        .retain(|id, _| ![DEFAULT.id(), ADDED_DEFAULT.id()].contains(&id.as_str()));
}

/// Smithy wants a default of a member's target repeated or lifted. botocore knows none, so members
/// that have none get none.
fn lift_defaults(shapes: &mut IndexMap<ShapeId, Shape>) {
    let members = shapes.values().flat_map(Shape::members);
    let inherits = |member: &&Member| {
        let target = shapes
            .get(&member.target)
            .or_else(|| prelude(member.target.as_str()));
        target.is_some_and(|target| DEFAULT.is_on(&target.traits))
    };
    let targets: HashSet<ShapeId> = members
        .filter(inherits)
        .map(|member| member.target.clone())
        .collect();
    for shape in shapes.values_mut() {
        let ShapeKind::Structure(members) = &mut shape.kind else {
            continue;
        };
        for member in members
            .values_mut()
            .filter(|member| targets.contains(&member.target))
        {
            let none = member.span.map(|span| Node {
                value: Value::Null,
                span,
            });
            if let (Some(none), false) = (none, DEFAULT.is_on(&member.traits)) {
                member
                    .traits
                    .0
                    .insert(ShapeId::constant(DEFAULT.id()), none);
            }
        }
    }
}

/// Takes references to shapes that are gone out of services and resources, and operations that are
/// bound to a resource out of the service.
fn bind(shapes: &mut IndexMap<ShapeId, Shape>) {
    let there: HashSet<ShapeId> = shapes.keys().cloned().collect();
    let mut bound: HashSet<ShapeId> = HashSet::new();
    for shape in shapes.values_mut() {
        if let ShapeKind::Resource(resource) = &mut shape.kind {
            resource.lifecycle.retain(|_, id| there.contains(id));
            resource.operations.retain(|id| there.contains(id));
            resource
                .collection_operations
                .retain(|id| there.contains(id));
            bound.extend(resource.all_operations().cloned());
        }
    }
    for shape in shapes.values_mut() {
        if let ShapeKind::Service(service) = &mut shape.kind {
            service.operations.retain(|id| !bound.contains(id));
            service.errors.retain(|id| there.contains(id));
            service.rename.retain(|id, _| there.contains(id));
        }
    }
}
