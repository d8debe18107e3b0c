use super::definition::{Body, Draft, Drafts};
use super::loading::Loading;
use super::merge;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::wording::with_article;
use crate::shapes::prelude::UNIT;
use crate::shapes::shape::{Member, Traits};
use crate::syntax::shape_id::ShapeId;
use indexmap::map::Entry as Slot;
use indexmap::{IndexMap, IndexSet};
use std::collections::HashMap;

const MIXIN: &str = crate::traits::registry::type_refinement::MIXIN.id();

/// The maximum of bytes that all shapes together may inherit from mixins, by
/// [`Node::weight`](crate::syntax::node::Node::weight). In a
/// chain of mixins the amount grows with the square of the length. AWS publishes its models without
/// mixins.
const MOST_INHERITED: usize = 16 << 20;

/// Copies members, traits and properties of mixins into the shapes that use them (Smithy
/// specification, "Mixins").
pub(super) fn flatten(drafts: &mut Drafts, loading: &mut Loading) {
    let mut left = MOST_INHERITED;
    for id in order(drafts, loading) {
        let cost = drafts
            .get(&id)
            .map(|draft| inherited(draft, drafts))
            .unwrap_or_default();
        match left.checked_sub(cost) {
            Some(rest) => left = rest,
            None => {
                if left > 0 {
                    loading.report(limit_exceeded(&id, drafts));
                }
                // The remaining shapes probably use this one.
                left = 0;
                remove_with_error(id, drafts, loading);
                continue;
            }
        }
        // Taken out while its mixins are read; the order of drafts does not matter.
        let Some(mut draft) = drafts.swap_remove(&id) else {
            continue;
        };
        copy_all(&mut draft, drafts, loading);
        for (name, traits) in std::mem::take(&mut draft.overrides) {
            match draft.members.get_mut(&name) {
                Some(member) => override_traits(&mut member.traits, traits),
                None => merge::report_unknown(&id.with_member(&name), &traits, drafts, loading),
            }
        }
        drafts.insert(id, draft);
    }
}

/// Returns the shapes that use mixins, each after the mixins it uses. Shapes whose mixins are
/// missing or form a cycle are reported and removed.
fn order(drafts: &mut Drafts, loading: &mut Loading) -> Vec<ShapeId> {
    let mut users: HashMap<ShapeId, Vec<ShapeId>> = HashMap::new();
    let mut open: IndexMap<ShapeId, usize> = IndexMap::new();
    for draft in drafts.values().filter(|draft| !draft.mixins.is_empty()) {
        let uses_mixins = |id: &&ShapeId| {
            drafts
                .get(*id)
                .is_some_and(|mixin| !mixin.mixins.is_empty())
        };
        open.insert(
            draft.id.clone(),
            draft.mixins.iter().filter(uses_mixins).count(),
        );
        for mixin in &draft.mixins {
            users
                .entry(mixin.clone())
                .or_default()
                .push(draft.id.clone());
        }
    }
    let mut ready: Vec<ShapeId> = open
        .iter()
        .filter(|(_, open)| **open == 0)
        .map(|(id, _)| id.clone())
        .collect();
    let mut order = Vec::new();
    while let Some(id) = ready.pop() {
        open.swap_remove(&id);
        for user in users.get(&id).into_iter().flatten() {
            if let Some(count) = open.get_mut(user) {
                *count -= 1;
                if *count == 0 {
                    ready.push(user.clone());
                }
            }
        }
        if has_all_mixins(&id, drafts, loading) {
            order.push(id);
        } else {
            remove_with_error(id, drafts, loading);
        }
    }
    for id in open.into_keys() {
        let message = format!("the mixins of `{id}` form a cycle");
        let span = drafts.get(&id).map(|draft| draft.span);
        let problem = Diagnostic::error(Code::MixinCycle, message)
            .at(span)
            .shape(&id);
        loading.report(problem.help("remove one of the `mixins` in the cycle"));
        remove_with_error(id, drafts, loading);
    }
    order
}

/// Returns the weight of everything that a shape inherits.
fn inherited(draft: &Draft, drafts: &Drafts) -> usize {
    let mixins = draft.mixins.iter().filter_map(|id| drafts.get(id));
    let longest = draft.id.as_str().len();
    mixins
        .map(|mixin| longest * mixin.members.len() + weight(mixin))
        .fold(0, usize::saturating_add)
}

fn weight(draft: &Draft) -> usize {
    const EACH: usize = 128;
    let traits = |traits: &Traits| {
        traits
            .iter()
            .map(|(_, node)| EACH + node.weight())
            .sum::<usize>()
    };
    let members = draft
        .members
        .values()
        .map(|member| EACH + member.name.len() + traits(&member.traits));
    let references = match &draft.body {
        Body::Service(service) => {
            service.operations.len()
                + service.resources.len()
                + service.errors.len()
                + service.rename.len()
        }
        Body::Operation { errors, .. } => errors.len(),
        Body::Resource(_) | Body::None => 0,
    };
    members.sum::<usize>() + traits(&draft.traits) + EACH * references
}

fn limit_exceeded(id: &ShapeId, drafts: &Drafts) -> Diagnostic {
    let message = format!(
        "shapes up to `{id}` inherit more than {} MiB from mixins",
        MOST_INHERITED >> 20
    );
    let problem =
        Diagnostic::error(Code::TooLarge, message).at(drafts.get(id).map(|draft| draft.span));
    problem
        .shape(id)
        .help("use fewer mixins, or shorter chains of mixins that use each other")
}

fn remove_with_error(id: ShapeId, drafts: &mut Drafts, loading: &mut Loading) {
    drafts.swap_remove(&id);
    loading.broken.insert(id);
}

fn has_all_mixins(id: &ShapeId, drafts: &Drafts, loading: &mut Loading) -> bool {
    let mixins = drafts
        .get(id)
        .map(|draft| draft.mixins.as_slice())
        .unwrap_or_default();
    let mut complete = true;
    for mixin in mixins.iter().filter(|mixin| !drafts.contains_key(*mixin)) {
        let reason = if loading.broken.contains(mixin) {
            "has an error"
        } else {
            "does not exist"
        };
        let span = loading.place(id, mixin);
        let problem = Diagnostic::error(
            Code::UnknownMixin,
            format!("the mixin `{mixin}` of `{id}` {reason}"),
        );
        let help = mixin_help(id, mixin, drafts, loading);
        loading.report(problem.at(span).shape(id).help(help));
        complete = false;
    }
    complete
}

fn mixin_help(user: &ShapeId, mixin: &ShapeId, drafts: &Drafts, loading: &mut Loading) -> String {
    if loading.broken.contains(mixin) {
        return format!("fix the error of `{mixin}`, which is reported separately");
    }
    let fits = |draft: &&Draft| {
        draft.traits.has(MIXIN) && drafts.get(user).is_none_or(|user| user.ty == draft.ty)
    };
    let marked = drafts.values().filter(fits).map(|draft| draft.id.as_str());
    let otherwise = format!(
        "define it with the trait `{MIXIN}`, or pass the file that defines it with `--model`"
    );
    loading.suggest(mixin.as_str(), marked, &otherwise)
}

/// Copies members, traits and properties of the mixins in the order in which they are listed. What
/// the shape defines itself takes precedence.
fn copy_all(draft: &mut Draft, drafts: &Drafts, loading: &mut Loading) {
    let own_members = std::mem::take(&mut draft.members);
    let own_traits = std::mem::take(&mut draft.traits);
    let own_body = std::mem::replace(&mut draft.body, Body::None);
    for id in draft.mixins.clone() {
        let Some(mixin) = drafts.get(&id) else {
            continue;
        };
        check(draft, mixin, loading);
        for member in mixin.members.values() {
            let copy = Member {
                id: draft.id.with_member(&member.name),
                ..member.clone()
            };
            inherit(draft, copy, &id, loading);
        }
        override_traits(&mut draft.traits, inheritable(mixin));
        merge_body(&mut draft.body, &mixin.body);
    }
    for member in own_members.into_values() {
        let own = draft.id.clone();
        inherit(draft, member, &own, loading);
    }
    override_traits(&mut draft.traits, own_traits);
    override_body(&mut draft.body, own_body);
}

/// Adds a member. If a member of that name exists, its traits are merged.
fn inherit(draft: &mut Draft, member: Member, from: &ShapeId, loading: &mut Loading) {
    match draft.members.entry(member.name.clone()) {
        Slot::Vacant(slot) => drop(slot.insert(member)),
        Slot::Occupied(mut slot) if slot.get().target == member.target => {
            let mut traits = std::mem::take(&mut slot.get_mut().traits);
            override_traits(&mut traits, member.traits);
            slot.insert(Member { traits, ..member });
        }
        Slot::Occupied(slot) => {
            let message = format!(
                "`{}` targets `{}` in one mixin, but `{}` in `{from}`",
                member.id,
                slot.get().target,
                member.target
            );
            let problem = Diagnostic::error(Code::ConflictingMixinMembers, message)
                .at(draft.span)
                .shape(&draft.id);
            loading
                .report(problem.help(
                    "members of the same name must have the same target; rename one of them",
                ));
        }
    }
}

fn check(draft: &Draft, mixin: &Draft, loading: &mut Loading) {
    let problem = if !mixin.traits.has(MIXIN) {
        Diagnostic::error(
            Code::InvalidMixin,
            format!(
                "`{}` is used as a mixin, but does not have the trait `{MIXIN}`",
                mixin.id
            ),
        )
        .help(format!("add `\"{MIXIN}\": {{}}` to its traits"))
    } else if mixin.ty != draft.ty {
        let (mixin_type, own_type) = (with_article(mixin.ty.name()), with_article(draft.ty.name()));
        let message = format!(
            "`{}` is {mixin_type} and cannot be a mixin of {own_type}",
            mixin.id
        );
        let help = format!("remove it from the `mixins`, or change it to {own_type}");
        Diagnostic::error(Code::InvalidMixin, message).help(help)
    } else if has_forbidden_properties(&mixin.body) {
        let message = format!(
            "the mixin `{}` has properties that mixins of its type cannot have",
            mixin.id
        );
        Diagnostic::error(Code::InvalidMixin, message)
            .help("remove the properties of a resource mixin, or the input and output of an operation mixin")
    } else {
        return;
    };
    let span = loading.place(&draft.id, &mixin.id).unwrap_or(draft.span);
    loading.report(problem.at(span).shape(&draft.id));
}

fn has_forbidden_properties(body: &Body) -> bool {
    let is_shape = |id: &Option<ShapeId>| id.as_ref().is_some_and(|id| id.as_str() != UNIT);
    match body {
        Body::Resource(resource) => *resource != crate::shapes::shape::Resource::default(),
        Body::Operation { input, output, .. } => is_shape(input) || is_shape(output),
        Body::None | Body::Service(_) => false,
    }
}

/// Returns the traits of a mixin that its users inherit: all except the `mixin` trait and its
/// `localTraits`.
fn inheritable(mixin: &Draft) -> Traits {
    let local = mixin
        .traits
        .get(MIXIN)
        .and_then(|node| node.get("localTraits")?.as_array())
        .unwrap_or_default();
    let is_local = |id: &ShapeId| local.iter().any(|node| node.as_str() == Some(id.as_str()));
    let kept = mixin
        .traits
        .iter()
        .filter(|(id, _)| id.as_str() != MIXIN && !is_local(id));
    Traits(kept.map(|(id, node)| (id.clone(), node.clone())).collect())
}

fn override_traits(traits: &mut Traits, stronger: Traits) {
    traits.0.extend(stronger.0);
}

/// Adds the properties of another mixin. Lists are concatenated, later values take precedence.
fn merge_body(body: &mut Body, mixin: &Body) {
    match (body, mixin) {
        (Body::Service(old), Body::Service(new)) => {
            if !new.version.is_empty() {
                old.version.clone_from(&new.version);
            }
            extend(&mut old.operations, &new.operations);
            extend(&mut old.resources, &new.resources);
            extend(&mut old.errors, &new.errors);
            old.rename.extend(
                new.rename
                    .iter()
                    .map(|(from, to)| (from.clone(), to.clone())),
            );
        }
        (Body::Operation { errors: old, .. }, Body::Operation { errors: new, .. }) => {
            extend(old, new)
        }
        (body @ Body::None, Body::Service(new)) => *body = Body::Service(new.clone()),
        (body @ Body::None, Body::Operation { errors, .. }) => {
            *body = Body::Operation {
                input: None,
                output: None,
                errors: errors.clone(),
            };
        }
        _ => {}
    }
}

/// Replaces properties of the mixins by those of the shape itself.
fn override_body(body: &mut Body, own: Body) {
    match (body, own) {
        (inherited @ Body::Service(_), own @ Body::Service(_)) => merge_body(inherited, &own),
        (
            Body::Operation {
                input,
                output,
                errors,
            },
            Body::Operation {
                input: i,
                output: o,
                errors: e,
            },
        ) => {
            (*input, *output) = (i, o);
            extend(errors, &e);
        }
        (body, own) => *body = own,
    }
}

fn extend(list: &mut Vec<ShapeId>, more: &[ShapeId]) {
    let all: IndexSet<ShapeId> = list.drain(..).chain(more.iter().cloned()).collect();
    list.extend(all);
}
