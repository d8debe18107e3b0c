//! Credentials, bearer tokens, signatures, and the clock of the service.

pub(super) mod authenticator;
pub(super) mod clock_skew;
pub(super) mod credentials;
mod flight;
pub(super) mod identity;
pub(super) mod payload;
pub(super) mod sigv4;
pub(super) mod text;
