//! The AWS restJson1 protocol (Smithy, "AWS restJson1 protocol").

use crate::graph::wire::{Document, Format, Head, Location, Payload};
use crate::protocol::http_binding;
use crate::protocol::interface::{Container, ErrorKey, Message, Protocol, WireName};
use crate::text::Text;
use smithy_model::traits::{ERROR, JSON_NAME, TimestampFormat};
use smithy_model::{Diagnostic, Member, Shape, ShapeKind, Simple};

/// The protocol of services with the trait `aws.protocols#restJson1`.
pub(super) struct RestJson;

impl Protocol for RestJson {
    fn honors(&self, trait_id: &str) -> bool {
        trait_id == JSON_NAME.id() || http_binding::honors(trait_id)
    }

    fn head(&self, operation: &Shape) -> Result<Head, Diagnostic> {
        http_binding::head(operation, "restJson1")
    }

    fn status(&self, operation: &Shape) -> u16 {
        http_binding::status(operation)
    }

    fn location(&self, member: &Member, target: &Shape, container: Container<'_>) -> Location {
        let payload = || payload(target);
        match container {
            Container::Input(head) => http_binding::request_location(member, head, payload),
            Container::Output | Container::Error => {
                http_binding::response_location(member, payload)
            }
            Container::Nested => Location::Body,
        }
    }

    fn timestamp_format(
        &self,
        location: &Location,
        modeled: Option<TimestampFormat>,
    ) -> TimestampFormat {
        modeled
            .or_else(|| http_binding::timestamp_format(location))
            .unwrap_or(TimestampFormat::EpochSeconds)
    }

    fn wire_name(&self, member: &Member, container: &Shape) -> WireName {
        WireName {
            name: Text::new(json_name(member)),
            alias: message_alias(member, container).map(Text::new),
        }
    }

    fn document(&self, message: Message<'_>) -> Option<Document> {
        message.has_members.then(json)
    }

    fn error_key(&self, error: &Shape) -> ErrorKey {
        ErrorKey {
            code: error.id.name().to_owned(),
            status: http_binding::error_status(error),
        }
    }

    fn error_reader(&self) -> &'static str {
        "rest_json"
    }
}

/// The form of a body that is the value of a member with this target.
fn payload(target: &Shape) -> Payload {
    let content_type = |default| http_binding::media_type(target).unwrap_or(default);
    match target.kind {
        ShapeKind::Simple(Simple::Blob) => Payload::Bytes {
            content_type: content_type("application/octet-stream".into()),
        },
        ShapeKind::Simple(Simple::String) | ShapeKind::Enum(_) | ShapeKind::IntEnum(_) => {
            Payload::Text {
                content_type: content_type("text/plain".into()),
            }
        }
        // An absent structure is sent as an empty object (protocol test
        // `RestJsonHttpWithEmptyStructurePayload`), an absent union or document as no body
        // (`RestJsonHttpPayloadWithUnsetUnion`).
        _ => Payload::Document {
            document: json(),
            empty_if_absent: matches!(target.kind, ShapeKind::Structure(_)),
        },
    }
}

fn json() -> Document {
    Document {
        format: Format::Json,
        content_type: "application/json".into(),
    }
}

/// The name of the `jsonName` trait, or the member's own.
fn json_name(member: &Member) -> &str {
    JSON_NAME.of(&member.traits).unwrap_or(&member.name)
}

/// The other spelling of an error's message. Services send `message` or `Message` regardless of the
/// model. An error with members of both names has no alias.
fn message_alias(member: &Member, container: &Shape) -> Option<&'static str> {
    let alias = |member: &Member| match json_name(member) {
        "message" => Some("Message"),
        "Message" => Some("message"),
        _ => None,
    };
    let other = alias(member).filter(|_| ERROR.is_on(&container.traits))?;
    let spellings = container
        .members()
        .filter(|member| alias(member).is_some())
        .count();
    (spellings == 1).then_some(other)
}
