//! The settings of a client, to be read.

use crate::client::config_error::ConfigError;
use crate::client::handle::{Client, Config};
use crate::endpoint::url::Endpoint;
use crate::operation::auth::Scheme;
use crate::retry::RetryPolicy;
use std::fmt;
use std::time::Duration;

/// The settings of a client: those that the program set, those of the environment or of an
/// `SdkConfig`, and defaults. Credentials and tokens are not among them.
#[derive(Clone, Copy)]
pub struct Settings<'c> {
    config: &'c Config,
    schemes: &'static [Scheme],
}

impl<'c> Settings<'c> {
    /// The region.
    pub fn region(&self) -> Option<&'c str> {
        self.config.endpoints.config().region.as_deref()
    }

    /// The endpoint of all operations; `None` if it depends on the operation.
    pub fn endpoint(&self) -> Option<&'c Endpoint> {
        Some(&self.config.endpoints.shared()?.endpoint)
    }

    /// The custom endpoint URL.
    pub fn endpoint_url(&self) -> Option<&'c str> {
        self.config.endpoints.config().endpoint_url.as_deref()
    }

    /// Whether FIPS endpoints are used.
    pub fn fips(&self) -> bool {
        self.config.endpoints.config().fips.unwrap_or_default()
    }

    /// Whether dual-stack endpoints are used.
    pub fn dual_stack(&self) -> bool {
        self.config
            .endpoints
            .config()
            .dual_stack
            .unwrap_or_default()
    }

    /// The authentication schemes of the service, in order of preference. If there are none, requests
    /// are sent without signature and token, unless an operation has schemes of its own.
    pub fn schemes(&self) -> &'static [Scheme] {
        self.schemes
    }

    /// Whether requests are sent without signature and token, because of `unsigned`.
    pub fn is_unsigned(&self) -> bool {
        self.config.auth.identities.is_anonymous
    }

    /// The limit for a call; `None` if there is none.
    pub fn operation_timeout(&self) -> Option<Duration> {
        self.config.limits.operation
    }

    /// The limit for an attempt; `None` if there is none.
    pub fn operation_attempt_timeout(&self) -> Option<Duration> {
        self.config.limits.attempt
    }

    /// The limit for a connection of the default transport; `None` if there is none.
    pub fn connect_timeout(&self) -> Option<Duration> {
        self.config.limits.connect
    }

    /// The limit for each piece of a body; `None` if there is none.
    pub fn read_timeout(&self) -> Option<Duration> {
        self.config.timeouts.read_timeout
    }

    /// The maximum number of bytes of a response that is read into memory.
    pub fn max_response_size(&self) -> u64 {
        self.config.max_response_size
    }

    /// The retry policy.
    pub fn retry(&self) -> &'c RetryPolicy {
        &self.config.retry
    }

    /// The value of the header `User-Agent`.
    pub fn user_agent(&self) -> &'c str {
        // It is built from a string.
        self.config.user_agent.to_str().unwrap_or_default()
    }
}

impl Client {
    /// The settings of the client.
    ///
    /// # Errors
    /// The configuration is invalid, which every call reports.
    pub fn settings(&self) -> Result<Settings<'_>, &ConfigError> {
        let config = self.shared.config.as_ref()?;
        Ok(Settings {
            config,
            schemes: self.shared.service.schemes,
        })
    }
}

impl fmt::Debug for Settings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("region", &self.region())
            .field("endpoint", &self.endpoint())
            .field("fips", &self.fips())
            .field("dual_stack", &self.dual_stack())
            .field("schemes", &self.schemes())
            .field("is_unsigned", &self.is_unsigned())
            .field("operation_timeout", &self.operation_timeout())
            .field(
                "operation_attempt_timeout",
                &self.operation_attempt_timeout(),
            )
            .field("connect_timeout", &self.connect_timeout())
            .field("read_timeout", &self.read_timeout())
            .field("max_response_size", &self.max_response_size())
            .field("retry", &self.retry())
            .field("user_agent", &self.user_agent())
            .finish()
    }
}
