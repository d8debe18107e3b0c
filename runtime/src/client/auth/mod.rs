//! Credentials, tokens, signatures, and the service's clock.

pub(super) mod clock_skew;
pub(super) mod credentials;
mod flight;
pub(super) mod identity;
pub(super) mod payload;
pub(super) mod sigv4;
pub(super) mod text;
