//! The call path: a [`Client`] resolves the endpoint, signs, sends over any HTTP service, and tries
//! again.
//!
//! A crate emitted for a service has a client of its own around this one.

mod auth;
mod builder;
mod config_error;
mod env;
mod exchange;
#[cfg(feature = "https")]
mod https;
mod methods;
mod pages;
mod patience;
#[cfg(feature = "aws-config")]
mod sdk_config;
mod send;
mod system;
mod target;
mod throughput;
mod transport;
mod waiters;

pub use aws_credential_types::{Credentials, Token};
pub use builder::Builder;
pub use config_error::ConfigError;
#[cfg(feature = "https")]
pub use https::Https;
pub use methods::ServiceClient;
pub use pages::{Items, Pages};
pub use system::{Sleep, System, Tokio};
pub use target::AccountIdEndpointMode;
pub use transport::{Exchange, Transport, TransportError};
pub use waiters::{wait_for_either, wait_for_error, wait_for_output};

#[cfg(feature = "aws-config")]
#[doc(hidden)]
pub use aws_types::SdkConfig;

use crate::Endpoint;
use crate::endpoint::{Params, ResolveError, Resolved};
use crate::operation::Scheme;
use crate::request::Settings;
use crate::retry::{RetryPolicy, TokenBucket};
use auth::clock_skew::ClockSkew;
use auth::identity::Identities;
use auth::sigv4::SigningKeys;
use http::HeaderValue;
use patience::Patience;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use target::Targets;

/// A call under way: what `send` of an operation's builder returns. It does nothing until it is
/// awaited.
pub type Reply<T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send>>;

/// What a client has to know of its service.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    /// The service's id, as in names of environment variables: `sdkId` of `aws.api#service`.
    pub id: &'static str,
    /// How requests tell who sends them, the preferred scheme first; none for a service that does
    /// not ask.
    pub schemes: &'static [Scheme],
    /// The first product of the `User-Agent` header.
    pub user_agent: &'static str,
    /// Its endpoint rules.
    pub endpoints: Endpoints,
}

/// A service's endpoint rules, and when a client asks them.
#[derive(Clone, Copy, Debug)]
pub enum Endpoints {
    /// Once, when it is made: all operations go to the same place.
    Shared(fn(&Params<'_>) -> Result<Resolved, ResolveError>),
    /// At each call. Operations that give parameters of their own have
    /// [`Operation::resolve`](crate::Operation::resolve).
    PerCall {
        /// The rules, for an operation that gives none.
        resolve: fn(&Params<'_>) -> Result<Resolved, ResolveError>,
        /// Whether they depend on the account that credentials belong to.
        account: bool,
    },
}

/// Sends operations of a service. Cheap to clone; clones share connections, credentials and the
/// quota of retries.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

struct Shared {
    service: Service,
    /// Made once, when the client is; an error is every call's.
    config: Result<Config, ConfigError>,
}

struct Config {
    targets: Targets,
    identities: Identities,
    user_agent: HeaderValue,
    requests: Settings,
    transport: Arc<dyn Exchange>,
    patience: Patience,
    /// How many bytes an answer may have that is read as a whole.
    max_response_size: u64,
    policy: RetryPolicy,
    bucket: TokenBucket,
    clock_skew: ClockSkew,
    signing_keys: SigningKeys,
}

impl Client {
    fn new(service: Service, config: Result<Config, ConfigError>) -> Self {
        Self {
            shared: Arc::new(Shared { service, config }),
        }
    }

    /// Where requests go; `None` if that depends on the operation, or the settings were not usable,
    /// which every call says.
    pub fn endpoint(&self) -> Option<&Endpoint> {
        self.shared
            .config
            .as_ref()
            .ok()?
            .targets
            .shared()
            .map(|target| &target.endpoint)
    }
}

/// Tells the service, where requests go, and for whom they are signed; never with what.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Client");
        out.field("service", &self.shared.service.id);
        match &self.shared.config {
            Ok(config) => {
                out.field("endpoints", &config.targets);
            }
            Err(error) => drop(out.field("error", error)),
        }
        out.finish_non_exhaustive()
    }
}
