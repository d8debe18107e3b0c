//! Members of structures that became nullable or non-nullable.

use super::differences::{Change, Differences, Entity};
use super::event::Event;
use crate::shapes::model::Model;
use crate::shapes::shape::{Member, Shape, ShapeKind};
use crate::syntax::node::Node;
use crate::traits::change::EventSeverity;
use crate::traits::registry::type_refinement::{CLIENT_OPTIONAL, DEFAULT, INPUT, REQUIRED};

pub(super) fn evaluate(differences: &Differences<'_>, events: &mut Vec<Event>) {
    for change in &differences.members {
        member(differences, *change, events);
    }
    // A structure that became an input, or is no longer one, changes the nullability of equal
    // members.
    for Change { old, new } in &differences.shapes {
        if INPUT.is_on(&old.traits) == INPUT.is_on(&new.traits) {
            continue;
        }
        for (before, after) in new
            .members()
            .filter_map(|after| Some((old.member(&after.name)?, after)))
        {
            let change = Change {
                old: before,
                new: after,
            };
            if !change.is_any() {
                member(differences, change, events);
            }
        }
    }
}

fn member(differences: &Differences<'_>, change: Change<&Member>, events: &mut Vec<Event>) {
    let was = Side {
        model: differences.old,
        member: change.old,
    };
    let is = Side {
        model: differences.new,
        member: change.new,
    };
    if !was.in_structure() || !is.in_structure() {
        return;
    }
    let (before, after) = (was.is_nullable(), is.is_nullable());
    let name = |nullable| if nullable { "nullable" } else { "non-nullable" };
    let changed = format!(
        "Member `{}` changed from {} to {}",
        change.new.name,
        name(before),
        name(after)
    );
    let mut push = |severity: EventSeverity, why: &str, message: String| {
        let id = format!("ChangedNullability{why}");
        events.push(
            severity
                .event(id, &change.new.id, message)
                .in_new(change.new.span),
        );
    };
    let reasons = if before == after {
        null_default(&was, &is)
    } else {
        reasons(&was, &is)
    };
    for (severity, why, reason) in &reasons {
        push(*severity, why, format!("{changed}: {reason}"));
    }
    if reasons.is_empty() && before != after {
        push(EventSeverity::Error, "", changed);
    }
}

/// Returns why a member became nullable or non-nullable: severity, suffix of the event id, and a
/// sentence.
fn reasons(was: &Side<'_>, is: &Side<'_>) -> Vec<(EventSeverity, &'static str, String)> {
    use EventSeverity::{Danger, Error, Warning};
    let (old, new) = (&was.member.traits, &is.member.traits);
    let container = is.member.id.container();
    match (was.of_input(), is.of_input()) {
        (true, false) => {
            return vec![(
                Error,
                ".RemovedInputTrait",
                format!("`@input` was removed from `{container}`"),
            )];
        }
        (false, true) => {
            return vec![(
                Danger,
                ".AddedInputTrait",
                format!("`@input` was added to `{container}`"),
            )];
        }
        (true, true) => return Vec::new(),
        (false, false) => {}
    }
    let change = Change {
        old: Entity::Member(was.member),
        new: Entity::Member(is.member),
    };
    let of_structure = is.targets_structure();
    let mut reasons = Vec::new();
    if REQUIRED.is_on(old) && REQUIRED.is_on(new) {
        if change.trait_added(CLIENT_OPTIONAL) {
            let reason = "`@clientOptional` was added to a `@required` member".to_owned();
            reasons.push((Error, ".AddedClientOptionalTrait", reason));
        }
        if change.trait_removed(CLIENT_OPTIONAL) {
            let reason = "`@clientOptional` was removed from a `@required` member".to_owned();
            reasons.push((Error, ".RemovedClientOptionalTrait", reason));
        }
    }
    if change.trait_added(REQUIRED) && !CLIENT_OPTIONAL.is_on(new) {
        let reason = "`@required` was added to a member".to_owned();
        reasons.push(match of_structure {
            Some(kind) => (
                Warning,
                ".AddedRequiredTrait.StructureOrUnion",
                format!("{reason} that targets a {kind}"),
            ),
            None => (Error, ".AddedRequiredTrait", reason),
        });
    }
    if change.trait_added(DEFAULT) && !change.trait_removed(REQUIRED) {
        let reason = "`@default` was added to a member that was not `@required` before".to_owned();
        reasons.push((Error, ".AddedDefaultTrait", reason));
    }
    if change.trait_removed(REQUIRED) && !DEFAULT.is_on(new) && !CLIENT_OPTIONAL.is_on(old) {
        reasons.push(match of_structure {
            Some(kind) => {
                let reason = format!(
                    "`@required` was removed from a member that targets a {kind}, which generators that make these \
                     optional anyway (those of AWS) do not mind"
                );
                (Warning, ".RemovedRequiredTrait.StructureOrUnion", reason)
            }
            None => {
                let reason = "`@required` was removed and not replaced with `@default` and `@addedDefault`";
                (Error, ".RemovedRequiredTrait", reason.to_owned())
            }
        });
    }
    reasons.extend(null_default(was, is));
    reasons
}

/// Compares a default that became null, or is no longer null.
fn null_default(was: &Side<'_>, is: &Side<'_>) -> Vec<(EventSeverity, &'static str, String)> {
    if was.of_input() || is.of_input() {
        return Vec::new();
    }
    match (
        DEFAULT.of(&was.member.traits),
        DEFAULT.of(&is.member.traits),
    ) {
        (Some(old), Some(new)) if !old.is_null() && new.is_null() => {
            let reason = format!("`@default` was changed from `{old}` to null");
            vec![(EventSeverity::Error, ".AddedNullDefault", reason)]
        }
        (Some(old), Some(new)) if old.is_null() && !new.is_null() => {
            let reason = format!("`@default` was changed from null to `{new}`");
            vec![(EventSeverity::Error, ".RemovedNullDefault", reason)]
        }
        _ => Vec::new(),
    }
}

/// A member with its model.
struct Side<'m> {
    model: &'m Model,
    member: &'m Member,
}

impl<'m> Side<'m> {
    fn container(&self) -> Option<&'m Shape> {
        self.model.shapes.get(&self.member.id.container())
    }

    fn in_structure(&self) -> bool {
        self.container()
            .is_some_and(|shape| matches!(shape.kind, ShapeKind::Structure(_)))
    }

    fn of_input(&self) -> bool {
        self.container()
            .is_some_and(|shape| INPUT.is_on(&shape.traits))
    }

    /// Returns `structure` or `union`, if the member targets one.
    fn targets_structure(&self) -> Option<&'static str> {
        let kind = &self.model.target(self.member)?.kind;
        matches!(kind, ShapeKind::Structure(_) | ShapeKind::Union(_)).then(|| kind.name())
    }

    /// Returns whether the member can be absent for clients (Smithy specification, "Structure member
    /// optionality").
    fn is_nullable(&self) -> bool {
        let traits = &self.member.traits;
        let has_default = DEFAULT
            .node(traits)
            .is_some_and(|node: &Node| !node.is_null());
        self.of_input() || CLIENT_OPTIONAL.is_on(traits) || !(has_default || REQUIRED.is_on(traits))
    }
}
