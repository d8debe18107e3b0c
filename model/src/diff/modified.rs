//! Traits that were added, changed or removed, judged by the `diff.*` tags of their definitions.

use super::differences::Differences;
use super::event::Event;
use super::trait_change::TraitChange;
use crate::shapes::model::Model;
use crate::shapes::shape::{Member, Shape, ShapeKind, Traits};
use crate::syntax::node::Node;
use crate::syntax::source::Span;
use crate::traits::change::{EventSeverity, Kind};
use crate::traits::registry;
use crate::traits::registry::documentation::TAGS;
use crate::traits::registry::meta::TRAIT;
use crate::traits::registry::type_refinement::{BOX, ENUM_VALUE, REQUIRED};

/// Traits whose changes `nullability` judges.
const NULLABILITY: [&str; 2] = [BOX.id(), REQUIRED.id()];

pub(super) fn evaluate(differences: &Differences<'_>, events: &mut Vec<Event>) {
    for change in differences.entities() {
        for (id, old, new) in change.traits() {
            if NULLABILITY.contains(&id.as_str()) {
                continue;
            }
            let definition = differences
                .new
                .shapes
                .get(id)
                .filter(|shape| TRAIT.is_on(&shape.traits));
            let whole = TraitChange {
                id,
                path: String::new(),
                old,
                new,
            };
            let mut report = Report {
                model: differences.new,
                events: Vec::new(),
            };
            match definition {
                Some(definition) => report.by_definition(definition, &whole),
                None => report.by_registry(&whole),
            }
            let entity = change.new;
            for (severity, change) in report.events {
                events.extend(event(severity, &change, entity.id(), entity.span()));
            }
        }
    }
}

fn event(
    severity: EventSeverity,
    change: &TraitChange<'_>,
    shape: &crate::syntax::shape_id::ShapeId,
    span: Option<Span>,
) -> Option<Event> {
    let kind = change.kind()?;
    let id = format!("ModifiedTrait.{}.{}", kind.name(), change.id);
    let event = severity.event(id, shape, change.message());
    Some(match (kind, change.old, change.new) {
        (Kind::Remove, Some(old), _) => event.in_old(old.span),
        (Kind::Add, _, Some(new)) => event.in_new(new.span),
        _ => event.in_new(span),
    })
}

/// The judgement of a change by a tag.
#[derive(Clone, Copy)]
struct Strategy {
    severity: EventSeverity,
    /// `None` stands for every kind (`const`).
    kind: Option<Kind>,
}

impl Strategy {
    /// Parses a tag such as `diff.error.add`.
    fn of_tag(tag: &str) -> Option<Self> {
        let (severity, kind) = tag.strip_prefix("diff.")?.split_once('.')?;
        let severity = match severity {
            "error" => EventSeverity::Error,
            "danger" => EventSeverity::Danger,
            "warning" => EventSeverity::Warning,
            _ => return None,
        };
        let kind = match kind {
            "add" => Some(Kind::Add),
            "remove" => Some(Kind::Remove),
            "update" => Some(Kind::Update),
            "const" => None,
            _ => return None,
        };
        Some(Self { severity, kind })
    }
}

fn tags(traits: &Traits) -> impl Iterator<Item = &str> {
    TAGS.of(traits).into_iter().flatten()
}

/// The changes of one trait that have an event.
struct Report<'m> {
    model: &'m Model,
    events: Vec<(EventSeverity, TraitChange<'m>)>,
}

impl<'m> Report<'m> {
    /// Compares a trait that the model defines.
    fn by_definition(&mut self, definition: &'m Shape, change: &TraitChange<'m>) {
        let strategies: Vec<Strategy> = tags(&definition.traits)
            .filter_map(Strategy::of_tag)
            .collect();
        let contents = tags(&definition.traits).any(|tag| tag == "diff.contents");
        self.apply(&strategies, change);
        if contents && change.old.is_some() && change.new.is_some() {
            self.contents(definition, change);
        }
        let has_rules = TRAIT
            .of(&definition.traits)
            .is_some_and(|definition| !definition.breaking_changes.is_empty());
        if strategies.is_empty() && !contents && !has_rules {
            self.push_default(change);
        }
    }

    /// Compares a trait of Smithy or AWS, or one that is not defined.
    fn by_registry(&mut self, change: &TraitChange<'m>) {
        let has_rules =
            || registry::find(change.id.as_str()).is_some_and(|row| !row.changes.is_empty());
        if change.id.as_str() == ENUM_VALUE.id() {
            self.push(EventSeverity::Error, change);
        } else if !registry::is_published(change.id) {
            self.push(EventSeverity::Warning, change);
        } else if !has_rules() {
            self.push_default(change);
        }
    }

    fn push_default(&mut self, change: &TraitChange<'m>) {
        let removed = change.kind() == Some(Kind::Remove);
        self.push(
            if removed {
                EventSeverity::Warning
            } else {
                EventSeverity::Note
            },
            change,
        );
    }

    fn apply(&mut self, strategies: &[Strategy], change: &TraitChange<'m>) {
        for strategy in strategies {
            if strategy.kind.is_none() || strategy.kind == change.kind() {
                self.push(strategy.severity, change);
            }
        }
    }

    fn push(&mut self, severity: EventSeverity, change: &TraitChange<'m>) {
        let TraitChange { id, path, old, new } = change;
        self.events.push((
            severity,
            TraitChange {
                id,
                path: path.clone(),
                old: *old,
                new: *new,
            },
        ));
    }

    /// Walks a value along the members of the definition, whose tags judge their content.
    fn contents(&mut self, shape: &'m Shape, change: &TraitChange<'m>) {
        let (Some(old), Some(new)) = (change.old, change.new) else {
            return;
        };
        match &shape.kind {
            ShapeKind::Structure(members) | ShapeKind::Union(members) => {
                for (name, member) in members {
                    self.part(member, change, name, old.get(name), new.get(name));
                }
            }
            ShapeKind::List(member) => {
                let (Some(before), Some(after)) = (old.as_array(), new.as_array()) else {
                    return;
                };
                for index in 0..before.len().max(after.len()) {
                    self.part(
                        member,
                        change,
                        &index.to_string(),
                        before.get(index),
                        after.get(index),
                    );
                }
            }
            ShapeKind::Map { value, .. } => {
                let (Some(before), Some(after)) = (old.as_object(), new.as_object()) else {
                    return;
                };
                let added = after.keys().filter(|key| !before.contains_key(*key));
                for key in before.keys().chain(added) {
                    self.part(value, change, key, old.get(key), new.get(key));
                }
            }
            _ => {}
        }
    }

    fn part(
        &mut self,
        member: &'m Member,
        whole: &TraitChange<'m>,
        name: &str,
        old: Option<&'m Node>,
        new: Option<&'m Node>,
    ) {
        let part = TraitChange {
            id: whole.id,
            path: format!("{}/{name}", whole.path),
            old,
            new,
        };
        if part.kind().is_none() {
            return;
        }
        let strategies: Vec<Strategy> = tags(&member.traits).filter_map(Strategy::of_tag).collect();
        self.apply(&strategies, &part);
        if let Some(target) = self.model.shape(&member.target) {
            self.contents(target, &part);
        }
    }
}
