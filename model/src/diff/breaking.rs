//! Changes of traits that the definitions of the traits call breaking (Smithy specification, "trait
//! trait", `breakingChanges`).

use super::differences::{Differences, Entity};
use super::event::Event;
use super::trait_change::TraitChange;
use crate::shapes::model::Model;
use crate::shapes::shape::{Shape, ShapeKind};
use crate::syntax::node::Node;
use crate::syntax::shape_id::ShapeId;
use crate::traits::change::{EventSeverity, Kind, Kinds};
use crate::traits::registry::{self, meta::TRAIT};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn evaluate(differences: &Differences<'_>, events: &mut Vec<Event>) {
    for change in differences.entities() {
        for (id, old, new) in change.traits() {
            let definition = differences.new.shapes.get(id);
            let values = Values {
                model: differences.new,
                definition,
            };
            let mut check = Check {
                id,
                entity: change.new,
                old,
                new,
                values,
                events,
            };
            match definition {
                Some(definition) => check.by_definition(definition),
                None => check.by_registry(),
            }
        }
    }
}

/// A trait of a shape or member that changed.
struct Check<'d, 'm> {
    id: &'m ShapeId,
    entity: Entity<'m>,
    old: Option<&'m Node>,
    new: Option<&'m Node>,
    values: Values<'m>,
    events: &'d mut Vec<Event>,
}

/// A rule: which changes, of which part, are how bad, and why.
struct Rule<'r> {
    kinds: Kinds,
    path: &'r str,
    severity: EventSeverity,
    reason: Option<&'r str>,
}

impl<'m> Check<'_, 'm> {
    fn by_registry(&mut self) {
        let changes = registry::find(self.id.as_str()).map_or(&[][..], |row| row.changes);
        for change in changes {
            self.rule(&Rule {
                kinds: change.kinds,
                path: change.path,
                severity: change.severity,
                reason: (!change.reason.is_empty()).then_some(change.reason),
            });
        }
    }

    fn by_definition(&mut self, definition: &Shape) {
        let definition = TRAIT.of(&definition.traits);
        for change in definition.into_iter().flat_map(|it| it.breaking_changes) {
            self.rule(&Rule {
                kinds: change.kinds,
                path: change.path,
                severity: change.severity,
                reason: change.message,
            });
        }
    }

    fn rule(&mut self, rule: &Rule<'_>) {
        // A JSON pointer (RFC 6901), whose `~1` is a slash and `~0` a tilde.
        let segments = rule
            .path
            .split('/')
            .skip(1)
            .filter(|segment| !segment.is_empty());
        let segments: Vec<String> = segments
            .map(|segment| segment.replace("~1", "/").replace("~0", "~"))
            .collect();
        // The parts of a removed trait have no events of their own.
        if self.new.is_none() && !segments.is_empty() {
            return;
        }
        let [old, new] = [self.old, self.new].map(|node| self.values.at(node, &segments));
        let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for path in paths {
            let (old, new) = (old.get(path).copied(), new.get(path).copied());
            let change = TraitChange {
                id: self.id,
                path: path.clone(),
                old,
                new,
            };
            if let Some(kind) = change.kind().filter(|kind| rule.kinds.include(*kind)) {
                self.events.push(event(rule, kind, &change, self.entity));
            }
        }
    }
}

fn event(rule: &Rule<'_>, kind: Kind, change: &TraitChange<'_>, entity: Entity<'_>) -> Event {
    let id = format!("TraitBreakingChange.{}.{}", kind.name(), change.id);
    let message = match rule.reason {
        Some(reason) => format!("{}; {reason}", change.message()),
        None => change.message(),
    };
    let event = rule.severity.event(id, entity.id(), message);
    match (change.old, change.new) {
        (Some(old), None) => event.in_old(old.span),
        (_, new) => event.in_new(new.map(|node| node.span).or(entity.span())),
    }
}

/// Finds values inside a trait's value.
#[derive(Clone, Copy)]
struct Values<'m> {
    model: &'m Model,
    /// The trait's definition, if the model has it.
    definition: Option<&'m Shape>,
}

/// A value with its path, and the shape that describes it in the definition, if it is known.
type Found<'m> = (String, &'m Node, Option<&'m Shape>);

impl<'m> Values<'m> {
    /// Returns the values at a path, by their own paths. `member` stands for every item of a list, `key`
    /// and `value` for every entry of a map.
    fn at(self, node: Option<&'m Node>, segments: &[String]) -> BTreeMap<String, &'m Node> {
        let mut found: Vec<Found<'m>> = node
            .into_iter()
            .map(|node| (String::new(), node, self.definition))
            .collect();
        for segment in segments {
            found = found
                .into_iter()
                .flat_map(|value| self.step(&value, segment))
                .collect();
        }
        found
            .into_iter()
            .filter(|(_, node, _)| !node.is_null())
            .map(|(path, node, _)| (path, node))
            .collect()
    }

    fn step(self, (path, node, shape): &Found<'m>, segment: &str) -> Vec<Found<'m>> {
        let next = match shape {
            Some(shape) => match shape
                .member(segment)
                .and_then(|member| self.model.target(member))
            {
                Some(target) => Some(target),
                None => return Vec::new(),
            },
            None => None,
        };
        if let Some(items) = node.as_array() {
            let items = items.iter().enumerate();
            return items
                .map(|(index, item)| (format!("{path}/{index}"), item, next))
                .collect();
        }
        let is_map = shape.is_some_and(|shape| matches!(shape.kind, ShapeKind::Map { .. }));
        let members = node.as_object().into_iter().flatten();
        members
            .filter(|(key, _)| is_map || *key == segment)
            .map(|(key, entry)| (format!("{path}/{key}"), &entry.node, next))
            .collect()
    }
}
