//! Sending HTTP requests.

#[cfg(feature = "https")]
mod connect;
pub(super) mod error;
#[cfg(feature = "https")]
pub(super) mod https;
#[cfg(feature = "https")]
pub(super) mod proxy;
pub(super) mod service;
#[cfg(feature = "https")]
mod tls;

pub use error::TransportError;
#[cfg(feature = "https")]
pub use https::Https;
pub use service::{Exchange, Transport};
