//! The protocols of this crate.

use crate::protocol::interface::Protocol;
use crate::protocol::rest_json::RestJson;
use smithy_model::Shape;
use smithy_model::traits::REST_JSON1;

/// The protocols that can be generated, in order of preference.
pub const PROTOCOLS: &[ProtocolEntry] = &[ProtocolEntry {
    id: REST_JSON1.id(),
    of: |_| Box::new(RestJson),
}];

/// A protocol that can be generated.
#[derive(Clone, Copy, Debug)]
pub struct ProtocolEntry {
    /// The shape id of the trait that services with the protocol have.
    pub id: &'static str,
    /// Returns the protocol of a service shape that has the trait.
    pub of: fn(&Shape) -> Box<dyn Protocol>,
}
