//! Servers: the trait of a service, and the binding of its messages to HTTP from the other side.

pub(crate) mod api;
pub(crate) mod errors;
pub(crate) mod operation;
mod read;
pub(crate) mod validate;
mod write;
