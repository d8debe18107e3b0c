//! Settings that `aws_config` loaded.

use crate::client::config::builder::Builder;
use crate::client::config::environment::token_name;
use crate::client::endpoint::AccountIdEndpointMode;
use crate::client::service_client::ServiceClient;
use crate::operation::auth::Scheme;
use crate::retry::RetryPolicy;
use aws_credential_types::Token;
use aws_types::SdkConfig;
use aws_types::origin::Origin;
use aws_types::service_config::ServiceConfigKey;

/// The name of bearer tokens in a preference of authentication schemes. All others are signatures.
const BEARER: &str = "httpBearerAuth";

impl<C: ServiceClient> Builder<C> {
    /// Copies the settings that `aws_config` loaded:
    ///
    /// | setting | effect |
    /// |---|---|
    /// | `region` | honored |
    /// | `credentials_provider` | honored |
    /// | `token_provider` | honored |
    /// | `service_config` | honored: the endpoint URL of the service, and `AWS_BEARER_TOKEN_<NAME>` |
    /// | `endpoint_url` | honored; an endpoint URL of the service takes precedence, unless the program set this one |
    /// | `use_fips` | honored |
    /// | `use_dual_stack` | honored |
    /// | `account_id_endpoint_mode` | honored |
    /// | `auth_scheme_preference` | honored for the choice between signatures and bearer tokens |
    /// | `timeout_config` | honored: the limits for an operation, an attempt, connecting and reading; a limit that is not set stays at the default of this builder |
    /// | `retry_config` | honored: `max_attempts` and `max_backoff`; all modes are `standard` |
    /// | `stalled_stream_protection` | honored |
    /// | `disable_request_compression` | honored |
    /// | `request_min_compression_size_bytes` | honored |
    /// | `app_name` | honored |
    /// | `request_checksum_calculation` | ignored: the client adds the checksums that the model requires |
    /// | `response_checksum_validation` | ignored: the client does not validate checksums that the model makes optional |
    /// | `http_client` | ignored, with its proxies and certificates: its type is not compatible; `env` reads those of the environment, or set `transport` |
    /// | `time_source` | ignored: its type is not compatible; set `system` |
    /// | `sleep_impl` | ignored: its type is not compatible; set `system` |
    /// | `identity_cache` | ignored: each client caches the credentials of its provider until shortly before they expire |
    /// | `behavior_version` | ignored: the behavior of a client depends on the version of its crate |
    pub fn sdk_config(mut self, config: &SdkConfig) -> Self {
        if let Some(region) = config.region() {
            self = self.region(region.as_ref());
        }
        if let Some(provider) = config.credentials_provider() {
            self = self.credentials(provider);
        }
        if let Some(provider) = config.token_provider() {
            self = self.bearer_token(provider);
        }
        if let Some(token) = token(config, C::SERVICE.schemes) {
            self = self.bearer_token(token);
            self.prefers_token = true;
        }
        let preferred = config
            .auth_scheme_preference()
            .cloned()
            .into_iter()
            .flatten();
        if let Some(first) = preferred.map(|scheme| scheme.inner() == BEARER).next() {
            self.prefers_token = first;
        }
        let mode = config
            .account_id_endpoint_mode()
            .and_then(|it| AccountIdEndpointMode::from_name(&it.to_string()));
        if let Some(mode) = mode {
            self = self.account_id_endpoint_mode(mode);
        }
        if let Some(url) = endpoint_url(config, C::SERVICE.id) {
            self = self.endpoint_url(url);
        }
        if let Some(fips) = config.use_fips() {
            self = self.fips(fips);
        }
        if let Some(dual_stack) = config.use_dual_stack() {
            self = self.dual_stack(dual_stack);
        }
        if let Some(disable) = config.disable_request_compression() {
            self = self.disable_request_compression(disable);
        }
        if let Some(size) = config.request_min_compression_size_bytes() {
            self = self
                .request_min_compression_size_bytes(usize::try_from(size).unwrap_or(usize::MAX));
        }
        if let Some(retry) = config.retry_config() {
            let policy = RetryPolicy::standard().max_backoff(retry.max_backoff());
            // Three attempts are the default of `aws_config`, but some services have another
            // default.
            let is_default = retry.max_attempts() == 3
                && config.get_origin("retry_config") != Origin::shared_config();
            self = self.retry(if is_default {
                policy
            } else {
                policy.max_attempts(retry.max_attempts())
            });
        }
        if let Some(timeouts) = config.timeout_config() {
            if let Some(limit) = timeouts.operation_timeout() {
                self = self.operation_timeout(limit);
            }
            if let Some(limit) = timeouts.operation_attempt_timeout() {
                self = self.operation_attempt_timeout(limit);
            }
            if let Some(limit) = timeouts.connect_timeout() {
                self = self.connect_timeout(limit);
            }
            if let Some(limit) = timeouts.read_timeout() {
                self = self.read_timeout(limit);
            }
        }
        if let Some(protection) = config.stalled_stream_protection() {
            let window = Some(protection.grace_period());
            self.upload_window = window.filter(|_| protection.upload_enabled());
            self.download_window = window.filter(|_| protection.download_enabled());
        }
        if let Some(name) = config.app_name() {
            self = self.user_agent(format!("app/{name}"));
        }
        self
    }
}

/// The bearer token of the environment, for a service that also accepts signatures.
fn token(config: &SdkConfig, schemes: &[Scheme]) -> Option<Token> {
    let name = token_name(schemes)?;
    let key = ServiceConfigKey::builder()
        .service_id(name)
        .env("AWS_BEARER_TOKEN")
        .profile("AWS_BEARER_TOKEN")
        .build();
    Some(Token::from(
        config.service_config()?.load_config(key.ok()?)?,
    ))
}

/// The endpoint URL. A URL set by the program takes precedence over those of its profile and
/// environment.
fn endpoint_url(config: &SdkConfig, id: &str) -> Option<String> {
    if config.get_origin("endpoint_url") == Origin::shared_config() {
        return config.endpoint_url().map(str::to_owned);
    }
    let key = ServiceConfigKey::builder()
        .service_id(id)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build();
    let of_service = config
        .service_config()
        .zip(key.ok())
        .and_then(|(settings, key)| settings.load_config(key));
    of_service.or_else(|| config.endpoint_url().map(str::to_owned))
}
