//! Members of structures.

use crate::graph::member::{Member, MemberName, Presence};
use crate::lower::documentation::{deprecated, member_docs};
use crate::lower::presence::Position;
use crate::lower::tables::Tables;
use crate::lower::{constraints, form, presence, types};
use crate::protocol::interface::{Container, WireName};
use smithy_model::{Log, Shape};

/// A member of `shape`, which has the role `container`. `fallback` replaces an absent value.
pub(crate) fn member(
    tables: &Tables<'_, '_>,
    shape: &Shape,
    member: &smithy_model::Member,
    container: Container<'_>,
    fallback: Option<&'static str>,
    log: &mut Log,
) -> Option<Member> {
    let rust = tables.names.members.get(&member.id)?.clone();
    let model = tables.closure.model;
    let location = tables
        .protocol
        .location(member, tables.target(member)?, container);
    let position = match container {
        Container::Input(_) => Position::Input,
        Container::Output | Container::Error | Container::Nested => Position::Nested,
    };
    let presence = match fallback {
        Some(_) => Presence::Optional,
        None => presence::of_member(
            tables.closure,
            tables.names,
            member,
            &location,
            position,
            log,
        ),
    };
    let WireName { name: wire, alias } = tables.protocol.wire_name(member, shape);
    Some(Member {
        name: MemberName {
            model: member.name.clone(),
            wire,
            alias,
            rust,
        },
        filled_in: (position == Position::Input && presence == Presence::Optional)
            .then(|| presence::default(tables.closure, tables.names, member))
            .flatten(),
        ty: types::of_member(tables, member),
        form: form::of_member(tables, member, &location),
        presence,
        token: presence::is_token(member, position),
        fallback,
        media_type: constraints::media_type(model, member),
        location,
        sensitive: constraints::is_sensitive(model, member),
        constraints: constraints::of_member(model, member),
        deprecated: deprecated(&member.traits),
        docs: member_docs(tables, member),
    })
}
