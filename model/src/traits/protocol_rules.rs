//! The rules of protocols that their `protocolDefinition` does not express.

use crate::shapes::shape::{Shape, ShapeKind, Simple};
use crate::traits::registry::protocols::{REST_JSON1, REST_XML};

/// The rules of a protocol.
pub(crate) struct ProtocolRules {
    /// The shape id of the trait with which a service names the protocol.
    pub(crate) id: &'static str,
    /// Whether a shape can be the whole body (`httpPayload`); `None` if operations are not bound to
    /// HTTP by traits.
    pub(crate) can_be_body: Option<fn(&Shape) -> bool>,
    /// The name in botocore's models; `None` if models of this protocol are not read.
    pub(crate) botocore_name: Option<&'static str>,
}

/// The protocols that have such rules.
pub(crate) const PROTOCOLS: [ProtocolRules; 2] = [
    ProtocolRules {
        id: REST_JSON1.id(),
        can_be_body: Some(has_document_or_text),
        botocore_name: Some("rest-json"),
    },
    ProtocolRules {
        id: REST_XML.id(),
        can_be_body: Some(has_document_or_text),
        botocore_name: None,
    },
];

/// Whether a shape has a form as a document, as text or as bytes. Lists, maps and single numbers
/// have none (AWS restJson1 and restXml protocols, "httpPayload").
fn has_document_or_text(shape: &Shape) -> bool {
    matches!(
        shape.kind,
        ShapeKind::Structure(_)
            | ShapeKind::Union(_)
            | ShapeKind::Enum(_)
            | ShapeKind::Simple(Simple::Blob | Simple::String | Simple::Document)
    )
}
