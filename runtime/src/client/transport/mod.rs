//! Sending HTTP requests.

pub(super) mod error;
#[cfg(feature = "https")]
pub(super) mod https;
pub(super) mod service;

pub use error::TransportError;
#[cfg(feature = "https")]
pub use https::Https;
pub use service::{Exchange, Transport};
