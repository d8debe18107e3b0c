//! Sending operations.

mod attempts;
mod call;
mod exchange;
mod fault;
mod metadata;
mod route;
mod traits;

pub use metadata::ResponseMetadata;
