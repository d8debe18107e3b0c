//! Changes of traits that the traits' definitions call breaking (Smithy specification, "trait trait",
//! `breakingChanges`).

use super::differences::{Differences, Entity};
use super::trait_change::{Kind, TraitChange};
use super::trait_rules::{self, ChangeKind};
use super::{Event, EventSeverity};
use crate::{Node, Shape, ShapeId};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn evaluate(differences: &Differences<'_>, events: &mut Vec<Event>) {
    for change in differences.entities() {
        for (id, old, new) in change.traits() {
            let mut check = Check { id, entity: change.new, old, new, events };
            match differences.new.shapes.get(id) {
                Some(definition) => check.by_definition(definition),
                None => check.by_table(),
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
    events: &'d mut Vec<Event>,
}

/// A rule: which change, of which part, is how bad, and why.
struct Rule<'r> {
    change: ChangeKind,
    path: &'r str,
    severity: EventSeverity,
    why: Option<&'r str>,
}

impl<'m> Check<'_, 'm> {
    fn by_table(&mut self) {
        for rule in trait_rules::of(self.id.as_str()) {
            let why = (!rule.why.is_empty()).then_some(rule.why);
            self.rule(&Rule { change: rule.change, path: rule.path, severity: rule.severity, why });
        }
    }

    fn by_definition(&mut self, definition: &Shape) {
        let rules = definition.traits.get("smithy.api#trait").and_then(|node| node.get("breakingChanges"));
        for rule in rules.and_then(Node::as_array).unwrap_or_default() {
            let text = |key: &str| rule.get(key).and_then(Node::as_str);
            let Some(change) = text("change").and_then(ChangeKind::parse) else { continue };
            let severity = text("severity").and_then(EventSeverity::parse).unwrap_or(EventSeverity::Error);
            let path = text("path").unwrap_or_default();
            self.rule(&Rule { change, path, severity, why: text("message") });
        }
    }

    fn rule(&mut self, rule: &Rule<'_>) {
        let segments: Vec<&str> =
            rule.path.split('/').skip(1).filter(|segment| !segment.is_empty()).collect();
        // Parts of a trait that is gone are gone with it.
        if self.new.is_none() && !segments.is_empty() {
            return;
        }
        let (old, new) = (parts(self.old, &segments), parts(self.new, &segments));
        let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for path in paths {
            let (old, new) = (old.get(path).copied(), new.get(path).copied());
            let change = TraitChange { id: self.id, path: path.clone(), old, new };
            if let Some(kind) = change.kind().filter(|kind| rule.change.covers(*kind)) {
                self.events.push(event(rule, kind, &change, self.entity));
            }
        }
    }
}

fn event(rule: &Rule<'_>, kind: Kind, change: &TraitChange<'_>, entity: Entity<'_>) -> Event {
    let id = format!("TraitBreakingChange.{}.{}", kind.name(), change.id);
    let message = match rule.why {
        Some(why) => format!("{}; {why}", change.message()),
        None => change.message(),
    };
    let span = change.new.map(|node| node.span).or(entity.span());
    rule.severity.event(id, entity.id(), message).in_new(span)
}

/// The parts of a value that a path leads to, by their own paths: `member` leads to every item of a list, `value` to
/// every value of a map whose definition is one.
fn parts<'m>(node: Option<&'m Node>, segments: &[&str]) -> BTreeMap<String, &'m Node> {
    let mut found = BTreeMap::new();
    let mut open: Vec<(String, &Node, usize)> =
        node.map(|node| (String::new(), node, 0)).into_iter().collect();
    while let Some((path, node, depth)) = open.pop() {
        match (segments.get(depth), node.as_array()) {
            (None, _) => {
                found.insert(path, node);
            }
            (Some(_), Some(items)) => open.extend(
                items.iter().enumerate().map(|(index, item)| (format!("{path}/{index}"), item, depth + 1)),
            ),
            (Some(name), None) => {
                open.extend(node.get(name).map(|node| (format!("{path}/{name}"), node, depth + 1)));
            }
        }
    }
    found
}
