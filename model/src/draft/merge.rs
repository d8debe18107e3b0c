use super::definition::{Apply, Draft, Drafts, ShapeType};
use super::loading::Loading;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::wording::code_list;
use crate::shapes::shape::Traits;
use crate::syntax::node::{Node, Value};
use crate::syntax::shape_id::ShapeId;
use crate::traits::registry::meta::TRAIT;
use crate::traits::registry::type_refinement::{DEFAULT, ENUM_VALUE};
use indexmap::map::Entry as Slot;
use std::collections::HashSet;

/// Merges the definitions of each shape. They must be equal except for their traits, which are
/// merged (Smithy specification, "Merging model files").
pub(super) fn definitions(read: Vec<Draft>, loading: &mut Loading) -> Drafts {
    let merger = Merger {
        documents: documents(read.iter()),
    };
    let mut drafts = Drafts::with_capacity(read.len());
    for draft in read {
        match drafts.entry(draft.id.clone()) {
            Slot::Vacant(slot) => drop(slot.insert(draft)),
            Slot::Occupied(mut slot) if same(slot.get(), &draft) => {
                merger.join(slot.get_mut(), draft, loading)
            }
            Slot::Occupied(slot) => {
                let message = format!(
                    "`{}` is defined twice, and the definitions differ",
                    draft.id
                );
                let help = format!(
                    "remove one definition; the other is at {}",
                    loading.sources.place(slot.get().span)
                );
                let problem = Diagnostic::error(Code::ConflictingDefinitions, message).help(help);
                loading.report(problem.at(draft.span).shape(&draft.id));
            }
        }
    }
    drafts
}

/// Applies `apply` statements. Traits for members from mixins are stored until the mixins are
/// flattened.
pub(super) fn apply(drafts: &mut Drafts, applies: Vec<Apply>, loading: &mut Loading) {
    let merger = Merger {
        documents: documents(drafts.values()),
    };
    for Apply { id, traits } in applies {
        let container = id.container();
        let has_mixins = drafts
            .get(&container)
            .is_some_and(|draft| !draft.mixins.is_empty());
        let target = drafts
            .get_mut(&container)
            .and_then(|draft| match id.member() {
                None => Some(&mut draft.traits),
                Some(name) if draft.members.contains_key(name) => {
                    draft.members.get_mut(name).map(|m| &mut m.traits)
                }
                Some(name) if has_mixins => {
                    Some(draft.overrides.entry(name.to_owned()).or_default())
                }
                Some(_) => None,
            });
        match target {
            Some(target) => merger.merge(target, traits, &id, loading),
            None if loading.broken.contains(&container) => {}
            None => report_unknown(&id, &traits, drafts, loading),
        }
    }
}

/// Reports traits that are applied to a shape or member that does not exist.
pub(super) fn report_unknown(
    id: &ShapeId,
    traits: &Traits,
    drafts: &Drafts,
    loading: &mut Loading,
) {
    for (name, node) in traits.iter() {
        let (message, help) = if crate::shapes::prelude::prelude(id.as_str()).is_some() {
            let message = format!(
                "`{name}` is applied to `{id}`, but traits cannot be applied to shapes of the prelude"
            );
            (
                message,
                "define a shape of your own with this trait".to_owned(),
            )
        } else {
            let message = format!("`{name}` is applied to `{id}`, which does not exist");
            (message, nearby(id, drafts, loading))
        };
        let problem = Diagnostic::error(Code::UnknownApplyTarget, message)
            .at(node.span)
            .shape(id);
        loading.report(problem.help(help));
    }
}

/// Returns a help for an id that does not exist: a similar member if its container exists, else a
/// similar shape.
fn nearby(id: &ShapeId, drafts: &Drafts, loading: &mut Loading) -> String {
    let Some(draft) = drafts.get(&id.container()) else {
        let otherwise = format!(
            "define `{}`, or pass the file that defines it with `--model`",
            id.container()
        );
        return loading.suggest(id.as_str(), drafts.keys().map(ShapeId::as_str), &otherwise);
    };
    let known = match draft.members.len() {
        0 => "no members".to_owned(),
        1..=MOST_NAMED => format!("the members {}", code_list(draft.members.keys())),
        count => format!("{count} other members"),
    };
    let otherwise = format!(
        "add the member, or remove the trait; `{}` has {known}",
        draft.id
    );
    loading.suggest(
        id.as_str(),
        draft.members.values().map(|member| member.id.as_str()),
        &otherwise,
    )
}

/// The maximum number of members that a help lists.
const MOST_NAMED: usize = 10;

struct Merger {
    /// Traits whose values are documents, so that arrays in them are not merged.
    documents: HashSet<ShapeId>,
}

impl Merger {
    fn join(&self, old: &mut Draft, new: Draft, loading: &mut Loading) {
        self.merge(&mut old.traits, new.traits, &new.id, loading);
        for (name, member) in new.members {
            if let Some(old) = old.members.get_mut(&name) {
                self.merge(&mut old.traits, member.traits, &member.id, loading);
            }
        }
    }

    /// Adds traits to those of a shape. Equal values are kept once, lists are concatenated,
    /// everything else is a conflict (Smithy specification, "Trait conflict resolution").
    fn merge(&self, old: &mut Traits, new: Traits, shape: &ShapeId, loading: &mut Loading) {
        for (id, node) in new.0 {
            match old.0.entry(id) {
                Slot::Vacant(slot) => drop(slot.insert(node)),
                Slot::Occupied(slot) if *slot.get() == node => {}
                Slot::Occupied(mut slot) => {
                    let is_list = !self.documents.contains(slot.key());
                    let first = slot.get().span;
                    match (&mut slot.get_mut().value, node.value) {
                        (Value::Array(old), Value::Array(new)) if is_list => old.extend(new),
                        (_, value) => {
                            let node = Node {
                                value,
                                span: node.span,
                            };
                            let first = loading.sources.place(first);
                            loading.report(conflict(slot.key(), &node, &first, shape));
                        }
                    }
                }
            }
        }
    }
}

fn conflict(id: &ShapeId, node: &Node, first: &str, shape: &ShapeId) -> Diagnostic {
    let message = format!("`{id}` is applied to `{shape}` twice, and the values differ");
    let help = format!("keep one value; the other is at {first}");
    Diagnostic::error(Code::ConflictingTraitValues, message)
        .at(node.span)
        .shape(shape)
        .help(help)
}

/// Returns the traits whose values are documents: those of the prelude, and those that the model
/// defines on shapes other than lists.
fn documents<'a>(drafts: impl Iterator<Item = &'a Draft>) -> HashSet<ShapeId> {
    let defined = drafts
        .filter(|draft| draft.traits.has(TRAIT.id()) && draft.ty != ShapeType::List)
        .map(|draft| draft.id.clone());
    let known = [DEFAULT.id(), ENUM_VALUE.id()]
        .into_iter()
        .flat_map(ShapeId::parse);
    known.chain(defined).collect()
}

fn same(a: &Draft, b: &Draft) -> bool {
    a.ty == b.ty
        && a.body == b.body
        && a.mixins == b.mixins
        && a.members.len() == b.members.len()
        && a.members
            .iter()
            .all(|(name, a)| b.members.get(name).is_some_and(|b| a.target == b.target))
}
