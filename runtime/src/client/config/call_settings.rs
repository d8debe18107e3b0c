//! Settings of single calls.

use crate::client::config_error::ConfigError;
use crate::client::endpoint::EndpointResolver;
use crate::client::handle::{Client, Config};
use crate::client::service::Service;
use crate::retry::RetryPolicy;
use http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING, USER_AGENT,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt;
use std::time::Duration;

/// The settings of some calls, instead of those of their client.
///
/// `customize` on the builder of an operation changes them for this operation, also for its pages,
/// waiters and presigned requests:
///
/// ```text
/// client
///     .get_app_bundle()
///     .customize(|call| call.operation_timeout(Duration::from_secs(2)))
/// ```
///
/// `customize` on a client returns a client with other settings. It shares connections,
/// credentials and the retry quota with the first one.
///
/// If a setting is invalid, every call returns the error.
#[derive(Clone, Default)]
pub struct CallSettings {
    region: Option<String>,
    endpoint_url: Option<String>,
    operation_timeout: Option<Option<Duration>>,
    operation_attempt_timeout: Option<Option<Duration>>,
    read_timeout: Option<Option<Duration>>,
    retry: Option<RetryPolicy>,
    headers: HeaderMap,
    error: Option<ConfigError>,
}

impl CallSettings {
    /// The region, such as `us-east-1`, for the endpoint and the signature. A custom `endpoint_url`
    /// stays.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// A custom endpoint URL.
    #[must_use]
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.endpoint_url = Some(url.into());
        self
    }

    /// The limit for the whole call, see
    /// [`Builder::operation_timeout`](crate::client::Builder::operation_timeout).
    #[must_use]
    pub fn operation_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.operation_timeout = Some(limit.into());
        self
    }

    /// The limit for each attempt, see
    /// [`Builder::operation_attempt_timeout`](crate::client::Builder::operation_attempt_timeout).
    /// It also limits the time for a connection, whose own limit belongs to the client, since its
    /// calls share connections.
    #[must_use]
    pub fn operation_attempt_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.operation_attempt_timeout = Some(limit.into());
        self
    }

    /// The limit for each piece of a body, see
    /// [`Builder::read_timeout`](crate::client::Builder::read_timeout).
    #[must_use]
    pub fn read_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.read_timeout = Some(limit.into());
        self
    }

    /// The retry policy.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Adds a header to the requests. Signatures cover it. A header that the operation or the
    /// client sets itself, such as `Authorization` or `Content-Type`, is an error.
    #[must_use]
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        let added = match (name.try_into(), value.try_into()) {
            (Err(_), _) => Err("the name of a header in `customize` is invalid".to_owned()),
            (Ok(name), Err(_)) => Err(format!(
                "the value of the header `{name}` in `customize` is invalid"
            )),
            (Ok(name), Ok(_)) if is_of_client(&name) => Err(format!(
                "the client sets the header `{name}`, so that `customize` cannot"
            )),
            (Ok(name), Ok(value)) => {
                self.headers.append(name, value);
                Ok(())
            }
        };
        if let (Err(message), None) = (added, &self.error) {
            self.error = Some(ConfigError::new(message));
        }
        self
    }

    /// The configuration of a client with these settings.
    fn apply(self, config: &Config, service: &Service) -> Result<Config, ConfigError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let mut config = config.clone();
        if self.region.is_some() || self.endpoint_url.is_some() {
            let mut endpoint = config.endpoints.config().clone();
            endpoint.region = self.region.or(endpoint.region);
            endpoint.endpoint_url = self.endpoint_url.or(endpoint.endpoint_url);
            config.endpoints = EndpointResolver::new(service.endpoints, endpoint)?;
        }
        let limits = &mut config.limits;
        limits.operation = self.operation_timeout.unwrap_or(limits.operation);
        limits.attempt = self.operation_attempt_timeout.unwrap_or(limits.attempt);
        let read_timeout = config.timeouts.read_timeout;
        config.timeouts.read_timeout = self.read_timeout.unwrap_or(read_timeout);
        if let Some(policy) = self.retry {
            config.retry = policy.for_service(service.id);
        }
        config.headers.extend(self.headers);
        Ok(config)
    }
}

/// Whether the client or the transport sets a header of each request.
fn is_of_client(name: &HeaderName) -> bool {
    let of_http = [
        CONNECTION,
        CONTENT_LENGTH,
        HOST,
        TRANSFER_ENCODING,
        USER_AGENT,
    ];
    let of_signatures = [
        "x-amz-date",
        "x-amz-security-token",
        "x-amz-content-sha256",
        "x-amz-region-set",
    ];
    *name == AUTHORIZATION || of_http.contains(name) || of_signatures.contains(&name.as_str())
}

impl Client {
    /// A client with other settings, which shares connections, credentials and the retry quota with
    /// this one.
    #[must_use]
    pub fn customize(&self, change: impl FnOnce(CallSettings) -> CallSettings) -> Self {
        let service = self.shared.service;
        let settings = change(CallSettings::default());
        let config = match &self.shared.config {
            Ok(config) => settings.apply(config, &service),
            Err(error) => Err(error.clone()),
        };
        Self::new(service, config)
    }
}

/// Prints the names of headers, but not their values, which may be secrets.
impl fmt::Debug for CallSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let endpoint_url = self.endpoint_url.as_ref().map(|_| "set");
        f.debug_struct("CallSettings")
            .field("region", &self.region)
            .field("endpoint_url", &endpoint_url)
            .field("operation_timeout", &self.operation_timeout)
            .field("operation_attempt_timeout", &self.operation_attempt_timeout)
            .field("read_timeout", &self.read_timeout)
            .field("retry", &self.retry)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .finish()
    }
}
