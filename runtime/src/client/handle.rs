//! The client.

use crate::client::auth::authenticator::Authenticator;
use crate::client::config_error::ConfigError;
use crate::client::endpoint::EndpointResolver;
use crate::client::service::Service;
use crate::client::system::System;
use crate::client::timeout::Timeouts;
use crate::client::transport::service::Exchange;
use crate::endpoint::url::Endpoint;
use crate::http_binding::request::settings::RequestSettings;
use crate::retry::{RetryPolicy, TokenBucket};
use http::{HeaderMap, HeaderValue};
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// The future of a call, which `send` of an operation's builder returns. It does nothing until it
/// is awaited.
pub type Reply<T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send>>;

/// Sends the operations of a service. Cheap to clone; clones share connections, credentials and the
/// retry quota.
#[derive(Clone)]
pub struct Client {
    pub(super) shared: Arc<Shared>,
}

pub(super) struct Shared {
    pub(super) service: Service,
    /// The configuration. If it is invalid, every call returns the error.
    pub(super) config: Result<Config, ConfigError>,
}

/// The configuration of a client. Clones share connections, credentials and the retry quota.
#[derive(Clone)]
pub(super) struct Config {
    pub(super) endpoints: EndpointResolver,
    pub(super) auth: Arc<Authenticator>,
    pub(super) user_agent: HeaderValue,
    pub(super) requests: RequestSettings,
    pub(super) transport: Arc<dyn Exchange>,
    pub(super) timeouts: Timeouts,
    pub(super) limits: Limits,
    /// Headers of all requests, besides those of the operation.
    pub(super) headers: HeaderMap,
    /// The maximum number of bytes of a response that is read into memory.
    pub(super) max_response_size: u64,
    pub(super) retry: RetryPolicy,
    pub(super) retry_quota: Arc<TokenBucket>,
    pub(super) system: Arc<dyn System>,
}

/// The limits of a call, of each of its attempts and of a connection; unlimited with `None`.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub(super) operation: Option<Duration>,
    pub(super) attempt: Option<Duration>,
    pub(super) connect: Option<Duration>,
}

impl Client {
    pub(super) fn new(service: Service, config: Result<Config, ConfigError>) -> Self {
        Self {
            shared: Arc::new(Shared { service, config }),
        }
    }

    /// The endpoint of all operations. `None` if it depends on the operation, or if the
    /// configuration is invalid, which every call reports.
    pub fn endpoint(&self) -> Option<&Endpoint> {
        let config = self.shared.config.as_ref().ok()?;
        config.endpoints.shared().map(|target| &target.endpoint)
    }
}

/// Prints the service, the endpoint and the scope of signatures, but no secrets.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Client");
        out.field("service", &self.shared.service.id);
        match &self.shared.config {
            Ok(config) => out.field("endpoints", &config.endpoints),
            Err(error) => out.field("error", error),
        };
        out.finish_non_exhaustive()
    }
}
