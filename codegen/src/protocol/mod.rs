//! Protocols: how the members of a service's messages are bound to HTTP.
//!
//! A [`Protocol`] answers the questions in which protocols differ. Lowering stores the answers in
//! the shape graph as protocol-neutral bindings. Emitters read only the graph, so that they are the
//! same for every protocol.
//!
//! [`PROTOCOLS`] lists the protocols of this crate. A program adds its own with
//! [`Options::protocols`](crate::Options::protocols).

mod http_binding;
pub(crate) mod interface;
pub(crate) mod list;
mod rest_json;

pub use crate::graph::wire::{Document, Format, Head, Location, PathPart, Payload};
pub use crate::text::Text;
pub use interface::{Container, ErrorKey, Message, Protocol, WireName};
pub use list::{PROTOCOLS, ProtocolEntry};
pub use smithy_model::traits::TimestampFormat;
