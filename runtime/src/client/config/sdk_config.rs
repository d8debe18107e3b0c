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

impl<C: ServiceClient> Builder<C> {
    /// Copies the settings that `aws_config` loaded: providers of credentials and tokens, region,
    /// endpoint URL (of the service or of all services), FIPS and dual stack, the account ID
    /// endpoint mode, request compression, the maximum attempts and backoff of retries, connect and
    /// read timeouts, stalled stream protection, and the name of the application. HTTP client, time
    /// source and sleep implementation are ignored, since their types are not compatible.
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
