//! Whether members are required, optional or have a default.

use crate::graph::member::{DefaultValue, Presence};
use crate::graph::wire::Location;
use crate::lower::names::assign::Names;
use crate::lower::{constraints, defaults};
use crate::select::closure::Closure;
use smithy_model::{Code, Diagnostic, Log, Member, Model, Node, Value};

/// Where a structure stands, which decides what its defaults mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    /// The members of an operation's input.
    Input,
    /// Everything else.
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
    let required = traits.has("smithy.api#required");
    if is_token(member, position) {
        return Presence::Optional;
    }
    // A stream that is not there is one without bytes (Smithy, "Streaming traits").
    if is_stream(closure.model, member) && (!required || traits.has("smithy.api#clientOptional")) {
        return Presence::Default(DefaultValue::OfType);
    }
    let in_host = position == Position::Input && traits.has("smithy.api#hostLabel");
    if in_host || matches!(location, Location::Label { .. }) {
        return Presence::Required;
    }
    if traits.has("smithy.api#clientOptional") {
        return Presence::Optional;
    }
    // A client does not send top-level defaults: the service may change them.
    let default = traits
        .get("smithy.api#default")
        .filter(|node| !matches!(node.value, Value::Null));
    if let Some(node) = default.filter(|_| required || position == Position::Nested) {
        match defaults::of_member(closure, names, member, node) {
            None => log.push(bad_default(member, node)),
            Some(value) => {
                match constraints::of_member(closure.model, member).violation(&value, node) {
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

/// Whether the client fills the member in (Smithy, "idempotencyToken trait").
pub(crate) fn is_token(member: &Member, position: Position) -> bool {
    position == Position::Input && member.traits.has("smithy.api#idempotencyToken")
}

fn is_stream(model: &Model, member: &Member) -> bool {
    let target = model.shape(&member.target);
    target.is_some_and(|target| target.traits.has("smithy.api#streaming"))
}

/// The service would refuse such a default, so a client does not send it.
fn default_outside(member: &Member, node: &Node, constraint: &str) -> Diagnostic {
    let message = format!(
        "the default of `{}`, {}, does not meet its `{constraint}`, so it is not used",
        member.name,
        node.to_json()
    );
    Diagnostic::warning(Code::BadTraitValue, message)
        .at(node.span)
        .shape(&member.id)
        .help("give a default that the service accepts, or none")
}

fn bad_default(member: &Member, node: &Node) -> Diagnostic {
    let message = format!(
        "`{}` cannot be the default of `{}`, a `{}`",
        node.to_json(),
        member.name,
        member.target.name()
    );
    Diagnostic::error(Code::BadTraitValue, message)
        .at(node.span)
        .shape(&member.id)
        .help("give a value of that type; of lists and maps an empty one")
}
