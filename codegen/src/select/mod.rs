//! What of a model is generated: a service, its operations, and the shapes that they reach.

pub(crate) mod closure;
mod event_streams;
pub(crate) mod service;
