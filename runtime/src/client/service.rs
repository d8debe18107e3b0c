//! What a client knows about its service.

use crate::endpoint::params::Params;
use crate::endpoint::resolve::{ResolveError, Resolved};
use crate::operation::auth::Scheme;

/// A service, as its client knows it.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    /// The `sdkId` of `aws.api#service`, which is part of the names of environment variables.
    pub id: &'static str,
    /// The authentication schemes, in order of preference. Empty if the service requires none.
    pub schemes: &'static [Scheme],
    /// The first product of the `User-Agent` header.
    pub user_agent: &'static str,
    /// The endpoint rules.
    pub endpoints: Endpoints,
}

/// The endpoint rules of a service, and when a client evaluates them.
#[derive(Clone, Copy, Debug)]
pub enum Endpoints {
    /// When the client is built. All operations share the endpoint.
    Shared(fn(&Params<'_>) -> Result<Resolved, ResolveError>),
    /// For each call. Operations with parameters of their own implement
    /// [`Operation::resolve`](crate::Operation::resolve).
    PerCall {
        /// The rules for operations without parameters of their own.
        resolve: fn(&Params<'_>) -> Result<Resolved, ResolveError>,
        /// Whether the rules depend on the account of the credentials.
        account: bool,
    },
}
