//! Emitters, one per kind of item. They read the graph, make no decisions, and return Rust items.

pub(crate) mod call;
pub(crate) mod client;
pub(crate) mod codec;
pub(crate) mod docs;
pub(crate) mod examples;
pub(crate) mod files;
mod index;
mod literal;
pub(crate) mod manifest;
mod serde;
pub(crate) mod server;
mod tests;
mod types;
