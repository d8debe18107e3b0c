//! Merges a model from botocore's format into the existing one. What the format can express is
//! replaced, everything else is kept.

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

/// Merges a model from botocore's format into the existing model. Traits that do not fit the result
/// are removed with a warning.
pub(super) fn merge(existing: &Model, botocore: &Model) -> (Model, Vec<Diagnostic>) {
    let services = only_service(botocore)
        .zip(only_service(existing))
        .map(|((botocore, _), (existing, _))| (&botocore.id, &existing.id));
    let merge = Merge {
        existing,
        botocore,
        services,
    };
    let mut shapes: IndexMap<ShapeId, Shape> = IndexMap::new();
    // The format has unused shapes.
    let is_kept = |shape: &&Shape| {
        merge.of_prelude(&shape.id).is_none() && merge.synthetic_format(&shape.id).is_none()
    };
    for shape in merge.in_use().filter(is_kept) {
        let merged = merge.shape(shape);
        shapes.insert(merged.id.clone(), merged);
    }
    for id in merge.beyond_operations() {
        if let Some(shape) = existing
            .shapes
            .get(&id)
            .filter(|_| !shapes.contains_key(&id))
        {
            shapes.insert(id, shape.clone());
        }
    }
    merge.keep_targets(&mut shapes);
    merge.drop_defaults_of_other_types(&mut shapes);
    remove_defaults_of_targets(&mut shapes);
    shapes.sort_unstable_keys();
    update_bindings(&mut shapes);
    let mut model = Model {
        shapes,
        metadata: existing.metadata.clone(),
    };
    let removed = remove_misfits(&mut model);
    (model, removed)
}

/// Traits of operations that come from other files of the format or from the existing model, so they
/// may refer to removed members.
const FROM_ELSEWHERE: [&str; 3] = [EXAMPLES.id(), PAGINATED.id(), WAITABLE.id()];

/// Removes these traits where they do not fit the rest of the model.
fn remove_misfits(model: &mut Model) -> Vec<Diagnostic> {
    // The caller knows the sources, so messages with positions are not used here.
    let problems = check(model, &Sources::new());
    let mut removed = Vec::new();
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
            FROM_ELSEWHERE.contains(&id.as_str())
                && problem.span.is_some_and(|span| contains(node.span, span))
        };
        let Some(id) = shape.traits.iter().find(holds).map(|(id, _)| id.clone()) else {
            continue;
        };
        shape.traits.0.shift_remove(&id);
        let help = format!("`{id}` is removed from `{}`", shape.id);
        removed.push(Diagnostic {
            severity: Severity::Warning,
            help: Some(help),
            ..problem
        });
    }
    removed
}

fn contains(outer: Span, inner: Span) -> bool {
    outer.source == inner.source && outer.start <= inner.start && inner.end <= outer.end
}

struct Merge<'m> {
    existing: &'m Model,
    botocore: &'m Model,
    /// The ids of the service in the format, which lacks its name, and in the existing model.
    services: Option<(&'m ShapeId, &'m ShapeId)>,
}

impl<'m> Merge<'m> {
    /// Returns botocore's service with its closure.
    fn in_use(&self) -> impl Iterator<Item = &'m Shape> {
        let of = |(shape, service): (&'m Shape, &'m Service)| {
            let Closure {
                operations, shapes, ..
            } = self.botocore.closure(service);
            let closure = operations.into_iter().chain(shapes);
            [shape]
                .into_iter()
                .chain(closure.filter_map(|id| self.botocore.shapes.get(&id)))
        };
        self.botocore.services().flat_map(of)
    }

    /// Returns the id of one of botocore's shapes in the existing model.
    fn id(&self, id: &ShapeId) -> ShapeId {
        match self.services {
            Some((botocore, existing)) if botocore == id => existing.clone(),
            _ => id.clone(),
        }
    }

    fn target(&self, id: &ShapeId) -> ShapeId {
        self.of_prelude(id)
            .map_or_else(|| self.id(id), |shape| shape.id.clone())
    }

    /// Returns the prelude shape that one of botocore's shapes copies: it has the same name and type,
    /// and no other traits than documentation.
    fn of_prelude(&self, id: &ShapeId) -> Option<&'static Shape> {
        let botocore = self
            .botocore
            .shapes
            .get(id)
            .filter(|_| !self.existing.shapes.contains_key(id))?;
        let shape = prelude(&format!("smithy.api#{}", id.name()))?;
        let ShapeKind::Simple(simple) = shape.kind else {
            return None;
        };
        let is_copy = matches!(botocore.kind, ShapeKind::Simple(kind) if kind == simple);
        let is_plain = botocore
            .traits
            .iter()
            .all(|(id, _)| id.as_str() == DOCUMENTATION.id());
        (is_copy && is_plain).then_some(shape)
    }

    fn shape(&self, botocore: &Shape) -> Shape {
        let id = self.id(&botocore.id);
        let old = self.existing.shapes.get(&id);
        let mut traits = botocore_coverage::merge(old.map(|old| &old.traits), &botocore.traits);
        let kind = self.kind(&id, old, botocore);
        if matches!(kind, ShapeKind::Enum(_)) {
            traits.0.shift_remove(ENUM.id());
        }
        Shape {
            id,
            kind,
            traits,
            span: botocore.span,
        }
    }

    fn kind(&self, id: &ShapeId, old: Option<&Shape>, botocore: &Shape) -> ShapeKind {
        let item =
            |item: &Member| self.member(id, old.and_then(|old| old.member(&item.name)), item);
        let all = |members: &Members| -> Members {
            members
                .values()
                .map(|member| (member.name.clone(), item(member)))
                .collect()
        };
        match (old.map(|old| &old.kind), &botocore.kind) {
            // The format has no intEnums.
            (Some(ShapeKind::IntEnum(values)), ShapeKind::Simple(Simple::Integer)) => {
                ShapeKind::IntEnum(values.clone())
            }
            // A few unions are structures in the format.
            (Some(ShapeKind::Union(_)), ShapeKind::Structure(members))
            | (_, ShapeKind::Union(members)) => ShapeKind::Union(all(members)),
            (_, ShapeKind::Structure(members)) => {
                let mut merged = all(members);
                let is_error = ERROR.is_on(&botocore.traits);
                merged.extend(
                    old.filter(|_| is_error)
                        .and_then(|old| message(old, members)),
                );
                ShapeKind::Structure(merged)
            }
            (_, ShapeKind::Enum(values)) => ShapeKind::Enum(self.values(id, old, values)),
            (Some(ShapeKind::Enum(old)), ShapeKind::Simple(Simple::String)) => {
                // Values without possible names keep the existing names, if all of them exist.
                let known = ENUM
                    .node(&botocore.traits)
                    .and_then(|values| known_values(old, values));
                known.map_or(ShapeKind::Simple(Simple::String), ShapeKind::Enum)
            }
            (_, ShapeKind::Simple(simple)) => ShapeKind::Simple(*simple),
            (_, ShapeKind::List(member)) => ShapeKind::List(item(member)),
            (_, ShapeKind::Map { key, value }) => ShapeKind::Map {
                key: item(key),
                value: item(value),
            },
            (old, ShapeKind::Operation(botocore)) => {
                ShapeKind::Operation(self.operation(old, botocore))
            }
            (old, ShapeKind::Service(botocore)) => ShapeKind::Service(service(old, botocore)),
            (_, kind @ (ShapeKind::IntEnum(_) | ShapeKind::Resource(_))) => kind.clone(),
        }
    }

    fn member(&self, owner: &ShapeId, old: Option<&Member>, botocore: &Member) -> Member {
        let mut member = Member {
            id: owner.with_member(&botocore.name),
            name: botocore.name.clone(),
            target: self.target(&botocore.target),
            traits: botocore_coverage::merge(old.map(|old| &old.traits), &botocore.traits),
            span: botocore.span,
        };
        if let Some(format) = self.synthetic_format(&botocore.target) {
            self.set_format(old, format, &mut member);
        } else if let Some(old) = old.filter(|old| self.is_json_of(old, botocore)) {
            member.target = old.target.clone();
        }
        member
    }

    /// Returns the timestamp format of a shape that only botocore has, in place of a trait on the
    /// member.
    fn synthetic_format(&self, target: &ShapeId) -> Option<&'m Node> {
        let target = self.botocore.shapes.get(target)?;
        let is_timestamp = matches!(target.kind, ShapeKind::Simple(Simple::Timestamp));
        let is_made_up = is_timestamp && target.id.name().starts_with("SyntheticTimestamp_");
        TIMESTAMP_FORMAT
            .node(&target.traits)
            .filter(|_| is_made_up && !self.existing.shapes.contains_key(&target.id))
    }

    /// Lets a member target a timestamp with this format: its existing target if that has the format,
    /// else `smithy.api#Timestamp`.
    fn set_format(&self, old: Option<&Member>, format: &Node, member: &mut Member) {
        let target = old.and_then(|old| self.existing.shape(&old.target));
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

    /// Returns whether both members hold JSON in a string, by the media types of their shapes.
    fn is_json_of(&self, old: &Member, botocore: &Member) -> bool {
        let media_type = |model: &'m Model, id: &ShapeId| {
            let shape = model
                .shape(id)
                .filter(|shape| matches!(shape.kind, ShapeKind::Simple(Simple::String)));
            shape.and_then(|shape| MEDIA_TYPE.of(&shape.traits))
        };
        let is_made_up = botocore.target.name().starts_with("SynthesizedJson");
        is_made_up
            && media_type(self.existing, &old.target).is_some_and(|existing| {
                media_type(self.botocore, &botocore.target) == Some(existing)
            })
    }

    /// Returns the values of an enum. Existing values keep their names, new ones get names like those
    /// in AWS's models.
    fn values(&self, id: &ShapeId, old: Option<&Shape>, botocore: &Members) -> Members {
        let mut values = Members::new();
        for member in botocore.values() {
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

    /// Returns an operation without the errors of the service, which the format repeats for each
    /// operation.
    fn operation(&self, old: Option<&ShapeKind>, botocore: &Operation) -> Operation {
        let common: HashSet<&ShapeId> = self
            .existing
            .services()
            .flat_map(|(_, service)| &service.errors)
            .collect();
        let listed = match old {
            Some(ShapeKind::Operation(old)) => old.errors.as_slice(),
            _ => &[],
        };
        let errors = botocore
            .errors
            .iter()
            .filter(|id| !common.contains(id) || listed.contains(id));
        Operation {
            errors: errors.cloned().collect(),
            ..botocore.clone()
        }
    }

    /// Returns the existing shapes that the format lacks, since no operation uses them, and those that
    /// resources use.
    fn beyond_operations(&self) -> Vec<ShapeId> {
        let (mut of_operations, mut of_resources) = (Vec::new(), Vec::new());
        for shape in self.existing.shapes.values() {
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
            .existing
            .shapes
            .keys()
            .filter(|id| !known.contains(*id) || needed.contains(*id));
        beyond.cloned().collect()
    }

    /// Adds the existing shapes that members still target.
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
            if let Some(shape) = self.existing.shapes.get(&id) {
                open.extend(shape.members().map(|member| member.target.clone()));
                shapes.insert(id, shape.clone());
            }
        }
    }

    /// Removes existing defaults whose shape or target has another type now.
    fn drop_defaults_of_other_types(&self, shapes: &mut IndexMap<ShapeId, Shape>) {
        let kinds: HashMap<ShapeId, &str> = shapes
            .values()
            .map(|shape| (shape.id.clone(), shape.kind.name()))
            .collect();
        let differs = |old: &ShapeId, new: &ShapeId| {
            let before = self.existing.shape(old).map(|shape| shape.kind.name());
            let after = kinds
                .get(new)
                .copied()
                .or_else(|| prelude(new.as_str()).map(|shape| shape.kind.name()));
            before != after
        };
        for shape in shapes.values_mut() {
            let Some(old) = self.existing.shapes.get(&shape.id) else {
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

    /// Returns these existing shapes and all shapes that their members use.
    fn reached(&self, mut open: Vec<&'m ShapeId>) -> HashSet<&'m ShapeId> {
        let mut reached = HashSet::new();
        while let Some(id) = open.pop() {
            if reached.insert(id) {
                let members = self
                    .existing
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

/// Returns the `message` of an existing error. All errors have one, but botocore lacks some.
fn message(old: &Shape, botocore: &Members) -> Option<(String, Member)> {
    let is_message = |name: &str| name.eq_ignore_ascii_case("message");
    if botocore.keys().any(|name| is_message(name)) {
        return None;
    }
    let message = old.members().find(|member| is_message(&member.name))?;
    Some((message.name.clone(), message.clone()))
}

fn known_values(existing: &Members, botocore: &Node) -> Option<Members> {
    let known = |definition: &Node| {
        let value = definition.get("value");
        let member = existing
            .values()
            .find(|member| ENUM_VALUE.of(&member.traits) == value)?;
        Some((member.name.clone(), member.clone()))
    };
    botocore.as_array()?.iter().map(known).collect()
}

/// Returns the service. Resources, common errors and renames are not part of the format.
fn service(old: Option<&ShapeKind>, botocore: &Service) -> Service {
    let Some(ShapeKind::Service(old)) = old else {
        return botocore.clone();
    };
    Service {
        version: botocore.version.clone(),
        operations: botocore.operations.clone(),
        ..old.clone()
    }
}

fn drop_default(traits: &mut Traits) {
    traits
        .0
        .retain(|id, _| ![DEFAULT.id(), ADDED_DEFAULT.id()].contains(&id.as_str()));
}

/// Adds a null default to members without default whose target has one. Smithy requires members to
/// repeat or remove the default of the target, and botocore has no defaults.
fn remove_defaults_of_targets(shapes: &mut IndexMap<ShapeId, Shape>) {
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

/// Removes references to removed shapes from services and resources, and operations that a resource
/// binds from the service.
fn update_bindings(shapes: &mut IndexMap<ShapeId, Shape>) {
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
