//! Lowers members: of structures, of lists, keys and values of maps.

use super::common;
use super::common::{Flags, put};
use super::lowering::Lowering;
use super::nodes::{annotation, text};
use crate::draft::definition::ShapeType;
use crate::formats::fields::{Fields, invalid_member};
use crate::shapes::shape::{Member, Traits};
use crate::syntax::node::{Entry, Node, Value};
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use crate::traits::registry::behavior::IDEMPOTENCY_TOKEN;
use crate::traits::registry::endpoints::{CLIENT_ENDPOINT_DISCOVERY_ID, CONTEXT_PARAM, HOST_LABEL};
use crate::traits::registry::http_bindings::{
    HTTP_HEADER, HTTP_LABEL, HTTP_PAYLOAD, HTTP_PREFIX_HEADERS, HTTP_QUERY, HTTP_QUERY_PARAMS,
    HTTP_RESPONSE_CODE,
};
use crate::traits::registry::streaming::{EVENT_HEADER, EVENT_PAYLOAD};

const FLAGS: Flags = &[
    ("endpointdiscoveryid", CLIENT_ENDPOINT_DISCOVERY_ID.id()),
    ("eventheader", EVENT_HEADER.id()),
    ("eventpayload", EVENT_PAYLOAD.id()),
    ("hostLabel", HOST_LABEL.id()),
    ("idempotencyToken", IDEMPOTENCY_TOKEN.id()),
];

/// Properties that are for other protocols, repeat the target, or only suggest values (`enum`).
const SKIPPED: &[&str] = &[
    "box",
    "enum",
    "flattened",
    "queryName",
    "streaming",
    "xmlAttribute",
    "xmlName",
    "xmlNamespace",
];

pub(super) const JSON_NAME: &str = crate::traits::registry::serialization::JSON_NAME.id();

/// The role of a member in its shape.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A member of a structure or union.
    Named,
    /// The member of a structure that is the payload of the message.
    Payload,
    /// The member of a list or map, which has no name on the wire.
    Item,
}

impl Lowering<'_, '_> {
    /// Lowers a member. Reports a member without target, and returns `None`.
    pub(super) fn member(
        &mut self,
        owner: &ShapeId,
        name: &str,
        role: Role,
        entry: Entry,
    ) -> Option<Member> {
        let id = owner.with_member(name);
        if let Some(problem) = invalid_member(name) {
            self.loading.report(problem.at(entry.key).shape(owner));
            return None;
        }
        let key = entry.key;
        let mut fields = Fields::of(&id, name, entry, self.loading)?;
        let (target_name, mut target) = self.names.target(&mut fields)?;
        let target_type = self.names.ty(&target_name);
        let mut traits = Traits::default();
        common::documentation(&mut fields, &mut traits);
        common::flags(FLAGS, &mut fields, &mut traits);
        common::timestamp_format(&mut fields, &mut traits);
        put(&mut traits, CONTEXT_PARAM.id(), fields.take("contextParam"));
        let json = fields.flag("jsonvalue");
        bind(
            name,
            role,
            target_type == Some(ShapeType::Map),
            &mut fields,
            &mut traits,
        );
        fields.skip(SKIPPED);
        if !fields.finish() {
            return None;
        }
        if let Some(span) = json {
            target = self.json_string(&target_name, target, span)?;
        }
        Some(Member {
            id,
            name: name.to_owned(),
            target,
            traits,
            span: Some(key),
        })
    }

    /// Returns the string shape that holds JSON in place of the target. In Smithy `mediaType` applies
    /// to shapes, not to members. AWS's models use the same name for such shapes.
    fn json_string(&mut self, name: &str, target: ShapeId, span: Span) -> Option<ShapeId> {
        let id = ShapeId::parse(&self.names.id(&format!("SynthesizedJson{name}"))).ok()?;
        self.json_strings
            .entry(id.clone())
            .or_insert((target, span));
        Some(id)
    }
}

/// Adds the HTTP binding: `location` and `locationName`.
fn bind(name: &str, role: Role, is_map: bool, fields: &mut Fields<'_, '_>, traits: &mut Traits) {
    let wire = fields.take("locationName");
    let location = if role == Role::Item {
        None
    } else {
        fields.string("location")
    };
    let Some((location, span)) = location else {
        match role {
            Role::Payload => put(traits, HTTP_PAYLOAD.id(), Some(annotation(fields.span()))),
            Role::Named
                if wire
                    .as_ref()
                    .is_some_and(|wire| wire.as_str() != Some(name)) =>
            {
                put(traits, JSON_NAME, wire);
            }
            Role::Named | Role::Item => {}
        }
        return;
    };
    let named = |otherwise: &str| Some(wire.unwrap_or_else(|| text(otherwise, span)));
    match location.as_str() {
        "uri" => put(traits, HTTP_LABEL.id(), Some(annotation(span))),
        "querystring" if is_map => put(traits, HTTP_QUERY_PARAMS.id(), Some(annotation(span))),
        "querystring" => put(traits, HTTP_QUERY.id(), named(name)),
        "header" => put(traits, HTTP_HEADER.id(), named(name)),
        "headers" => put(traits, HTTP_PREFIX_HEADERS.id(), named("")),
        "statusCode" => put(traits, HTTP_RESPONSE_CODE.id(), Some(annotation(span))),
        _ => {
            let expected = "one of `uri`, `querystring`, `header`, `headers`, `statusCode`";
            fields.unexpected::<()>(
                "location",
                expected,
                &Node {
                    value: Value::String(location),
                    span,
                },
            );
        }
    }
}
