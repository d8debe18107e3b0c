//! Selects the service to generate, its protocol, its operations, and the shapes that they reach.

pub(crate) mod closure;
mod event_streams;
pub(crate) mod service;
