//! Errors of operations.
//!
//! The emitted code has one error enum per service. It has a variant for each error of the model
//! ([`Modeled`]), one for all other errors of the service ([`Unmodeled`]), and one for calls
//! without a usable response ([`Failure`]). All of them hold an [`ErrorMeta`].

pub(crate) mod box_error;
pub(crate) mod excerpt;
pub(crate) mod facts;
pub(crate) mod failure;
pub(crate) mod meta;
pub(crate) mod modeled;
mod printable;
pub(crate) mod retry;

pub use box_error::BoxError;
pub use facts::ErrorFacts;
pub use failure::Failure;
pub use meta::{ErrorMeta, FailureKind};
pub use modeled::{Modeled, Unmodeled};
pub use retry::Retry;
