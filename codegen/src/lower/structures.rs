//! Structures: messages of operations, errors, and values of members.

use crate::graph::member::Member;
use crate::graph::shape::{Structure, TypeName};
use crate::graph::wire::{Document, Location};
use crate::lower::blanks;
use crate::lower::documentation::{deprecated, docs};
use crate::lower::members::member;
use crate::lower::tables::Tables;
use crate::protocol::interface::{Container, Message, Protocol};
use smithy_model::traits::SENSITIVE;
use smithy_model::{Log, Shape, ShapeId, Traits};

/// A structure of the model.
pub(crate) fn structure(
    tables: &Tables<'_, '_>,
    shape: &Shape,
    name: &TypeName,
    container: Container<'_>,
    log: &mut Log,
) -> Structure {
    let members = members(tables, shape, container, |_| None, log);
    finish(tables, &shape.id, &shape.traits, name, members)
}

/// The input or output of an operation; `None` stands for `smithy.api#Unit`.
pub(crate) fn message(
    tables: &Tables<'_, '_>,
    shape: Option<&Shape>,
    operation: &Shape,
    name: &TypeName,
    container: Container<'_>,
    log: &mut Log,
) -> Structure {
    let Some(shape) = shape else {
        return finish(tables, &operation.id, &Traits::default(), name, Vec::new());
    };
    let is_input = matches!(container, Container::Input(_));
    let fallback = |name: &str| {
        let fallback = || tables.quirks.fallback(&operation.id, name);
        is_input.then(fallback).flatten()
    };
    let members = members(tables, shape, container, fallback, log);
    finish(tables, &shape.id, &shape.traits, name, members)
}

fn members(
    tables: &Tables<'_, '_>,
    shape: &Shape,
    container: Container<'_>,
    fallback: impl Fn(&str) -> Option<&'static str>,
    log: &mut Log,
) -> Vec<Member> {
    let mut members: Vec<Member> = shape
        .members()
        .filter_map(|it| member(tables, shape, it, container, fallback(&it.name), log))
        .collect();
    members.sort_by(|a, b| a.name.model.cmp(&b.name.model));
    members
}

fn finish(
    tables: &Tables<'_, '_>,
    id: &ShapeId,
    traits: &Traits,
    name: &TypeName,
    members: Vec<Member>,
) -> Structure {
    Structure {
        id: id.clone(),
        name: name.clone(),
        blank: blanks::of_members(members.iter().map(|member| member.presence.clone())),
        members,
        recursive: tables.recursion.structures.contains(id),
        in_input: tables.closure.inputs.contains(id),
        sensitive: SENSITIVE.is_on(traits),
        deprecated: deprecated(traits),
        docs: docs(tables, traits),
    }
}

/// The document that a server reads or writes, also for a structure without members in it (protocol
/// tests `RestJsonEmptyInputAndEmptyOutputWithJson` and `RestJsonHttpResponseCode`). A server
/// expects no body of an input whose members are all bound to other parts of the request.
pub(crate) fn served(
    protocol: &dyn Protocol,
    container: Container<'_>,
    shape: Option<&Shape>,
    structure: &Structure,
) -> Option<Document> {
    let is_payload = |member: &Member| matches!(member.location, Location::Payload(_));
    let also_without_members = match container {
        Container::Input(_) => structure.members.is_empty(),
        _ => !structure.members.iter().any(is_payload),
    };
    protocol.document(Message {
        container,
        shape,
        has_members: structure.body().next().is_some() || shape.is_some() && also_without_members,
    })
}

/// The document of a message with this structure; `None` if the message has no document.
pub(crate) fn document(
    protocol: &dyn Protocol,
    container: Container<'_>,
    shape: Option<&Shape>,
    structure: &Structure,
) -> Option<Document> {
    protocol.document(Message {
        container,
        shape,
        has_members: structure.body().next().is_some(),
    })
}
