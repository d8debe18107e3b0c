//! Proxies.

pub(super) mod connect;
pub(super) mod error;
pub(in crate::client) mod routes;
pub(in crate::client) mod settings;
mod tunnel;
