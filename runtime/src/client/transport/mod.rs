//! Sending HTTP requests.

pub(super) mod error;
#[cfg(feature = "https")]
pub(super) mod https;
pub(super) mod service;
#[cfg(feature = "https")]
mod tls;

pub use error::TransportError;
#[cfg(feature = "https")]
pub use https::Https;
pub use service::{Exchange, Transport};
