//! Whether members are required, optional or have a default.

use crate::graph::member::{DefaultValue, Presence};
use crate::graph::wire::Location;
use crate::lower::names::assign::Names;
use crate::lower::{constraints, defaults};
use crate::select::closure::Closure;
use smithy_model::traits::{
    CLIENT_OPTIONAL, DEFAULT, HOST_LABEL, IDEMPOTENCY_TOKEN, REQUIRED, STREAMING,
};
use smithy_model::{Code, Diagnostic, Log, Member, Model, Node, Value};

/// The position of a structure, which determines the meaning of its defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    /// The members of an operation's input.
    Input,
    /// All other structures.
    Nested,
}

/// Whether a member is required, optional or has a default (Smithy, "Structure member
/// optionality").
pub(crate) fn of_member(
    closure: &Closure<'_>,
    names: &Names,
    member: &Member,
    location: &Location,
    position: Position,
    log: &mut Log,
) -> Presence {
    let traits = &member.traits;
    let required = REQUIRED.is_on(traits);
    if is_token(member, position) {
        return Presence::Optional;
    }
    // An absent stream is an empty one (Smithy, "Streaming traits").
    if is_stream(closure.model, member) && (!required || CLIENT_OPTIONAL.is_on(traits)) {
        return Presence::Default(DefaultValue::OfType);
    }
    let in_host = position == Position::Input && HOST_LABEL.is_on(traits);
    if in_host || matches!(location, Location::Label { .. }) {
        return Presence::Required;
    }
    if CLIENT_OPTIONAL.is_on(traits) {
        return Presence::Optional;
    }
    // Clients do not send defaults of top-level members, since the service may change them.
    let default = DEFAULT
        .node(traits)
        .filter(|node| !matches!(node.value, Value::Null));
    if let Some(node) = default.filter(|_| required || position == Position::Nested) {
        match defaults::of_member(closure, names, member, node) {
            None => log.push(bad_default(member, node)),
            Some(value) => {
                match defaults::violation(
                    &constraints::of_member(closure.model, member),
                    &value,
                    node,
                ) {
                    None => return Presence::Default(value),
                    Some(constraint) => log.push(default_outside(member, node, constraint)),
                }
            }
        }
    }
    if required {
        Presence::Required
    } else {
        Presence::Optional
    }
}

/// The default of a member, if it has a valid one.
pub(crate) fn default(
    closure: &Closure<'_>,
    names: &Names,
    member: &Member,
) -> Option<DefaultValue> {
    let node = DEFAULT.node(&member.traits)?;
    let value = defaults::of_member(closure, names, member, node)?;
    let constraints = constraints::of_member(closure.model, member);
    let is_null = matches!(node.value, Value::Null);
    (!is_null && defaults::violation(&constraints, &value, node).is_none()).then_some(value)
}

/// Whether the client generates an absent value (Smithy, "idempotencyToken trait").
pub(crate) fn is_token(member: &Member, position: Position) -> bool {
    position == Position::Input && IDEMPOTENCY_TOKEN.is_on(&member.traits)
}

fn is_stream(model: &Model, member: &Member) -> bool {
    let target = model.shape(&member.target);
    target.is_some_and(|target| STREAMING.is_on(&target.traits))
}

/// Clients do not send such a default, since the service would reject it.
fn default_outside(member: &Member, node: &Node, constraint: &str) -> Diagnostic {
    let message = format!(
        "the default {1} of `{0}` violates its `{constraint}` trait and is not used",
        member.name,
        node.to_json()
    );
    Diagnostic::warning(Code::BadTraitValue, message)
        .at(node.span)
        .shape(&member.id)
        .help("change the default, or remove it")
}

fn bad_default(member: &Member, node: &Node) -> Diagnostic {
    let message = format!(
        "`{}` is not a valid default of `{}`, which targets `{}`",
        node.to_json(),
        member.name,
        member.target.name()
    );
    Diagnostic::error(Code::BadTraitValue, message)
        .at(node.span)
        .shape(&member.id)
        .help("use a value of the target's type; lists and maps must be empty")
}
