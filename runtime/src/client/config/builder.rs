//! The builder of a client.

use crate::client::auth::authenticator::Authenticator;
use crate::client::auth::credentials::{Cache, LOAD_TIMEOUT};
use crate::client::auth::identity::{Identities, missing_identity};
use crate::client::config::environment::Environment;
use crate::client::config_error::ConfigError;
use crate::client::endpoint::{AccountIdEndpointMode, EndpointConfig, EndpointResolver};
use crate::client::handle::{Client, Config, Limits};
use crate::client::service_client::ServiceClient;
use crate::client::system::{System, Tokio};
use crate::client::timeout::Timeouts;
#[cfg(feature = "https")]
use crate::client::transport::https::Https;
use crate::client::transport::service::{Exchange, Transport};
use crate::endpoint::client_params::ClientParam;
use crate::http_binding::request::settings::RequestSettings;
use crate::operation::auth::Scheme;
use crate::retry::{RetryPolicy, TokenBucket};
use aws_credential_types::provider::token::{ProvideToken, SharedTokenProvider};
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use http::{HeaderMap, HeaderValue};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

/// The default of the AWS SDKs.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3_100);
/// The default of botocore.
const READ_TIMEOUT: Duration = Duration::from_secs(60);
/// The grace period of the AWS SDKs' stalled stream protection.
const STALL_WINDOW: Duration = Duration::from_secs(20);
const MAX_RESPONSE_SIZE: u64 = 1 << 30;
/// The upper limit of the minimum size of a compressed body, in bytes (AWS SDKs and Tools Reference
/// Guide, *Request compression*).
const MAX_MIN_COMPRESSION_SIZE: usize = 10_485_760;

/// The settings of a client `C`. Building a client does no I/O.
///
/// A builder only reads the environment if [`Builder::env`] is called.
#[must_use = "a builder does nothing until it is built"]
pub struct Builder<C> {
    endpoint: EndpointConfig,
    requests: RequestSettings,
    credentials: Option<SharedCredentialsProvider>,
    pub(super) token: Option<SharedTokenProvider>,
    /// Whether the token takes precedence over the scheme that the service prefers.
    pub(super) prefers_token: bool,
    credentials_timeout: Option<Duration>,
    unsigned: bool,
    transport: Option<Arc<dyn Exchange>>,
    /// The default transport.
    #[cfg(feature = "https")]
    https: Result<Https, ConfigError>,
    limits: Limits,
    read_timeout: Option<Duration>,
    pub(super) upload_window: Option<Duration>,
    pub(super) download_window: Option<Duration>,
    max_response_size: u64,
    retry: Option<RetryPolicy>,
    user_agent: String,
    system: Arc<dyn System>,
    environment: Option<Result<Environment, ConfigError>>,
    client: PhantomData<fn() -> C>,
}

impl<C: ServiceClient> Builder<C> {
    /// Creates a builder without settings, for the `builder` method of a client.
    #[doc(hidden)]
    pub fn new() -> Self {
        Self {
            endpoint: EndpointConfig::default(),
            requests: RequestSettings::default(),
            credentials: None,
            token: None,
            prefers_token: false,
            credentials_timeout: Some(LOAD_TIMEOUT),
            unsigned: false,
            transport: None,
            #[cfg(feature = "https")]
            https: Ok(Https::new()),
            limits: Limits {
                operation: None,
                attempt: None,
                connect: Some(CONNECT_TIMEOUT),
            },
            read_timeout: Some(READ_TIMEOUT),
            upload_window: Some(STALL_WINDOW),
            download_window: Some(STALL_WINDOW),
            max_response_size: MAX_RESPONSE_SIZE,
            retry: None,
            user_agent: String::new(),
            system: Arc::new(Tokio),
            environment: None,
            client: PhantomData,
        }
    }

    /// The region, such as `us-east-1`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.endpoint.region = Some(region.into());
        self
    }

    /// The credentials for signatures:
    /// `Credentials`, or a provider, such as those of the crate `aws-config`. The provider is
    /// called when a call needs credentials for the first time, and again shortly before they
    /// expire.
    pub fn credentials(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(SharedCredentialsProvider::new(provider));
        self.prefers_token = false;
        self
    }

    /// The bearer token for services that accept one (`httpBearerAuth`): a `Token`, or a provider,
    /// such as the single sign-on of the crate
    /// `aws-config`. If the service also accepts signatures and `credentials` are set, the model
    /// defines which of them takes precedence. Tokens are only sent over https.
    pub fn bearer_token(mut self, provider: impl ProvideToken + 'static) -> Self {
        self.token = Some(SharedTokenProvider::new(provider));
        self
    }

    /// The limit for the provider of `credentials` or of the `bearer_token`; 5 s by default, as in
    /// the AWS SDKs, and unlimited with `None`. Concurrent calls share one request to the provider,
    /// and all of them fail when it times out.
    pub fn credentials_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.credentials_timeout = limit.into();
        self
    }

    /// Sends requests without signature and token, for a server without authentication, or a proxy
    /// that adds signatures.
    pub fn unsigned(mut self) -> Self {
        self.unsigned = true;
        self
    }

    /// A custom endpoint URL instead of that of the region. Only a custom URL can have the scheme
    /// `http`.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.endpoint.endpoint_url = Some(url.into());
        self
    }

    /// Whether to use an endpoint with FIPS-validated cryptography; false by default.
    pub fn fips(mut self, fips: bool) -> Self {
        self.endpoint.fips = Some(fips);
        self
    }

    /// Whether to use an endpoint that supports both IPv4 and IPv6; false by default.
    pub fn dual_stack(mut self, dual_stack: bool) -> Self {
        self.endpoint.dual_stack = Some(dual_stack);
        self
    }

    /// Whether to use endpoints that contain the account ID of the credentials, for services that
    /// have such endpoints; [`Preferred`](AccountIdEndpointMode::Preferred) by default.
    pub fn account_id_endpoint_mode(mut self, mode: AccountIdEndpointMode) -> Self {
        self.endpoint.account_id_mode = Some(mode);
        self
    }

    /// Sets a parameter of the endpoint rules, for the settings of a specific service.
    #[doc(hidden)]
    pub fn endpoint_parameter(mut self, name: &'static str, value: impl Into<ClientParam>) -> Self {
        self.endpoint.client_params.set(name, value.into());
        self
    }

    /// Whether to ignore the host prefixes of operations, such as `data.`; false by default. Use it
    /// for a custom endpoint with a single host name.
    pub fn disable_host_prefix_injection(mut self, disable: bool) -> Self {
        self.requests.disable_host_prefix = Some(disable);
        self
    }

    /// Whether to send all bodies without compression; false by default.
    pub fn disable_request_compression(mut self, disable: bool) -> Self {
        self.requests.disable_compression = Some(disable);
        self
    }

    /// The minimum size in bytes of a body that is compressed, for operations that support
    /// compression; 10,240 by default, and 10,485,760 at most.
    pub fn request_min_compression_size_bytes(mut self, size: usize) -> Self {
        self.requests.min_compression_size = Some(size);
        self
    }

    /// The transport: any `tower_service::Service` of HTTP requests, such as
    /// [`Https`](crate::client::Https) with tower layers, or a mock for tests. With the feature
    /// `https` the default is `Https`.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// The limit for a call: credentials, all attempts and the pauses between them, until the output
    /// or the error has been read; unlimited by default and with `None`, as in the AWS SDKs. Each
    /// page and each poll of a waiter is a call. It does not limit a body that is a stream, which
    /// the caller reads later.
    pub fn operation_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.limits.operation = limit.into();
        self
    }

    /// The limit for each attempt of a call: sending the request, with the time for a connection,
    /// and reading the response; unlimited by default and with `None`, as in the AWS SDKs. An
    /// attempt that exceeds it is retried.
    pub fn operation_attempt_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.limits.attempt = limit.into();
        self
    }

    /// The limit for establishing a connection, including name resolution and TLS; 3.1 s by
    /// default, and unlimited with `None`. It has no effect on a custom transport.
    pub fn connect_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.limits.connect = limit.into();
        self
    }

    /// The limit for each piece of a response to arrive, and for each piece of a request to be
    /// accepted; 60 s by default, and unlimited with `None`. A request in memory is sent in pieces
    /// of 256 KiB. The time that the caller's stream takes for its next piece does not count.
    pub fn read_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.read_timeout = limit.into();
        self
    }

    /// The window over which a transfer must have a throughput of at least 1 byte per second, as in
    /// the stalled stream protection of the AWS SDKs; 20 s by default, and no minimum with `None`.
    /// It applies to the bodies of responses, and to those of requests that are sent in several
    /// pieces. Only the time in which the client waits for the service counts.
    pub fn stalled_stream_protection(mut self, window: impl Into<Option<Duration>>) -> Self {
        let window = window.into();
        (self.upload_window, self.download_window) = (window, window);
        self
    }

    /// The maximum number of bytes of a successful response, unless its body is a stream that the
    /// caller reads; 1,073,741,824 (1 GiB) by default. A larger response is an error. Of an error
    /// response, at most 1 MiB is read, for no longer than the `read_timeout`.
    pub fn max_response_size(mut self, bytes: u64) -> Self {
        self.max_response_size = bytes;
        self
    }

    /// The retry policy; [`RetryPolicy::standard`] by default.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Appends a product, such as `my-app/1.2`, to the `User-Agent` header.
    pub fn user_agent(mut self, product: impl AsRef<str>) -> Self {
        self.user_agent.push(' ');
        self.user_agent.push_str(product.as_ref());
        self
    }

    /// The source of time, timers and random numbers; [`Tokio`] by default.
    pub fn system(mut self, system: impl System) -> Self {
        self.system = Arc::new(system);
        self
    }

    /// Fills in settings that are not set from environment variables: `AWS_REGION` or
    /// `AWS_DEFAULT_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`,
    /// `AWS_ENDPOINT_URL_<SERVICE>` or `AWS_ENDPOINT_URL`, `AWS_USE_FIPS_ENDPOINT`,
    /// `AWS_USE_DUALSTACK_ENDPOINT`, `AWS_MAX_ATTEMPTS`, `AWS_DISABLE_HOST_PREFIX_INJECTION`,
    /// `AWS_DISABLE_REQUEST_COMPRESSION` and `AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES`;
    /// `AWS_ACCOUNT_ID` and `AWS_ACCOUNT_ID_ENDPOINT_MODE` for endpoints that contain the account
    /// ID. If the service accepts both signatures and tokens, a token in `AWS_BEARER_TOKEN_<NAME>`,
    /// with the name of the service in signatures, takes precedence unless `credentials` are set.
    ///
    /// The default transport reads `AWS_CA_BUNDLE`, the file of certificates that it trusts instead
    /// of those of the operating system, and its proxies: `HTTPS_PROXY` for `https` targets,
    /// `HTTP_PROXY` for `http` targets (but not under CGI, where `REQUEST_METHOD` is set), or
    /// `ALL_PROXY` for both, except for the targets in `NO_PROXY`
    /// (see [`Https::no_proxy`](crate::client::Https::no_proxy)). The names in lower case, such as
    /// `https_proxy`, take precedence. A custom transport reads no variables: with
    /// `.transport(Https::new())` there is no proxy.
    pub fn env(self) -> Self {
        self.env_from(|name| std::env::var_os(name))
    }

    fn env_from(mut self, lookup: impl Fn(&str) -> Option<std::ffi::OsString>) -> Self {
        self.environment = Some(Environment::read(&C::SERVICE, lookup));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// A setting is missing or invalid, so that all calls would fail.
    pub fn build(self) -> Result<C, ConfigError> {
        Ok(C::from_inner(Client::new(C::SERVICE, Ok(self.config()?))))
    }

    /// Builds the client. If a setting is missing or invalid, every call returns the error.
    #[cfg(any(feature = "aws-config", feature = "test-util"))]
    #[doc(hidden)]
    pub fn deferred(self) -> C {
        C::from_inner(Client::new(C::SERVICE, self.config()))
    }

    fn config(mut self) -> Result<Config, ConfigError> {
        if let Some(environment) = self.environment.take().transpose()? {
            self.endpoint.reads_environment = true;
            self.fill_in(environment);
        }
        let reads_environment = self.endpoint.reads_environment;
        let endpoints = EndpointResolver::new(C::SERVICE.endpoints, self.endpoint)?;
        let identities = Identities {
            credentials: self
                .credentials
                .map(|provider| Cache::new(provider, self.credentials_timeout)),
            token: self
                .token
                .map(|provider| Cache::new(provider, self.credentials_timeout)),
            prefers_token: self.prefers_token,
            is_anonymous: self.unsigned,
        };
        check_auth(
            &identities,
            &endpoints,
            C::SERVICE.schemes,
            reads_environment,
        )?;
        let transport = match self.transport {
            Some(transport) => transport,
            #[cfg(feature = "https")]
            None => Arc::new(self.https?.connect_timeout(self.limits.connect)),
            #[cfg(not(feature = "https"))]
            None => {
                return Err(ConfigError::new(
                    "no transport: set `transport` or enable the feature `https`",
                ));
            }
        };
        Ok(Config {
            endpoints,
            auth: Arc::new(Authenticator::new(identities, self.system.clone())),
            user_agent: user_agent(C::SERVICE.user_agent, &self.user_agent)?,
            requests: check_requests(self.requests)?,
            transport,
            timeouts: Timeouts {
                system: self.system.clone(),
                read_timeout: self.read_timeout,
                upload_window: self.upload_window,
                download_window: self.download_window,
            },
            limits: self.limits,
            headers: HeaderMap::new(),
            max_response_size: self.max_response_size,
            retry: self.retry.unwrap_or_default().for_service(C::SERVICE.id),
            retry_quota: Arc::new(TokenBucket::new()),
            system: self.system,
        })
    }

    /// Fills in the settings that are not set.
    fn fill_in(&mut self, environment: Environment) {
        self.requests = self.requests.or(environment.requests);
        #[cfg(feature = "https")]
        {
            self.https = environment.https;
        }
        let endpoint = &mut self.endpoint;
        endpoint.region = endpoint.region.take().or(environment.region);
        endpoint.endpoint_url = endpoint.endpoint_url.take().or(environment.endpoint_url);
        endpoint.fips = endpoint.fips.or(environment.fips);
        endpoint.dual_stack = endpoint.dual_stack.or(environment.dual_stack);
        endpoint.account_id_mode = endpoint.account_id_mode.or(environment.account_id_mode);
        let attempts = environment.max_attempts;
        self.retry = self
            .retry
            .or(attempts.map(|attempts| RetryPolicy::standard().max_attempts(attempts)));
        self.prefers_token |=
            (self.token.is_some() || environment.token.is_some()) && self.credentials.is_none();
        let credentials = environment.credentials.map(SharedCredentialsProvider::new);
        self.credentials = self.credentials.take().or(credentials);
        self.token = self
            .token
            .take()
            .or(environment.token.map(SharedTokenProvider::new));
    }
}

fn check_requests(settings: RequestSettings) -> Result<RequestSettings, ConfigError> {
    match settings.min_compression_size {
        Some(size) if size > MAX_MIN_COMPRESSION_SIZE => Err(ConfigError::new(format!(
            "`request_min_compression_size_bytes` is {size}: the maximum is {MAX_MIN_COMPRESSION_SIZE}"
        ))),
        _ => Ok(settings),
    }
}

/// Checks that the client can authenticate for operations with the default schemes of the service.
fn check_auth(
    identities: &Identities,
    endpoints: &EndpointResolver,
    schemes: &[Scheme],
    reads_environment: bool,
) -> Result<(), ConfigError> {
    let signature = schemes.iter().find(|scheme| **scheme != Scheme::Bearer);
    let token = identities.token.is_some() && schemes.contains(&Scheme::Bearer);
    match signature {
        _ if identities.is_anonymous || schemes.is_empty() => Ok(()),
        Some(scheme) if identities.credentials.is_some() => {
            let no_region = endpoints
                .shared()
                .is_some_and(|target| target.scope(scheme).is_none());
            if no_region {
                Err(endpoints.missing_region())
            } else {
                Ok(())
            }
        }
        _ if token => Ok(()),
        Some(_) => Err(missing_credentials(reads_environment)),
        None => Err(missing_identity(schemes)),
    }
}

fn missing_credentials(reads_environment: bool) -> ConfigError {
    ConfigError::new(if reads_environment {
        "no credentials: set `credentials`, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment; for \
         profiles, roles and single sign-on use the crate `aws-config` with the feature `aws-config`"
    } else {
        "no credentials: set `credentials`, read the environment with `env`, or send unsigned requests with \
         `unsigned`"
    })
}

fn user_agent(service: &str, more: &str) -> Result<HeaderValue, ConfigError> {
    let runtime = concat!("smithy-rt/", env!("CARGO_PKG_VERSION"));
    HeaderValue::try_from(format!(
        "{service} {runtime} os/{} lang/rust{more}",
        std::env::consts::OS
    ))
    .map_err(|_| ConfigError::new(format!("{more:?} is not valid in a User-Agent header")))
}

/// Prints the endpoint settings, but no secrets.
impl<C> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let endpoint_url = self.endpoint.endpoint_url.as_ref().map(|_| "set");
        let mut out = f.debug_struct("Builder");
        out.field("region", &self.endpoint.region)
            .field("endpoint_url", &endpoint_url)
            .finish_non_exhaustive()
    }
}

#[cfg(all(test, feature = "https"))]
mod tests {
    use super::*;
    use crate::client::auth::identity::ResolvedAuth;
    use crate::client::service::{Endpoints, Service};
    use crate::endpoint::resolve::Resolved;
    use crate::operation::auth::Auth;
    use aws_credential_types::Credentials;

    struct Example(Client);

    impl ServiceClient for Example {
        const SERVICE: Service = Service {
            id: "Example",
            schemes: &[Scheme::SigV4("example")],
            user_agent: "example/1.0",
            endpoints: Endpoints::Shared(|params| match (params.endpoint, params.region) {
                (Some(endpoint), _) => Resolved::new(endpoint),
                (None, Some(region)) => {
                    Resolved::new(&format!("https://{region}.aws/{}", params.use_fips))
                }
                (None, None) => params.no_region(),
            }),
        };

        fn from_inner(inner: Client) -> Self {
            Self(inner)
        }

        fn inner(&self) -> &Client {
            &self.0
        }
    }

    /// The same service, but it also accepts tokens.
    struct Tokens(Client);

    impl ServiceClient for Tokens {
        const SERVICE: Service = Service {
            schemes: &[Scheme::SigV4("example"), Scheme::Bearer],
            ..Example::SERVICE
        };

        fn from_inner(inner: Client) -> Self {
            Self(inner)
        }

        fn inner(&self) -> &Client {
            &self.0
        }
    }

    fn environment<C: ServiceClient>(variables: &[(&str, &str)]) -> Builder<C> {
        let transport = Https::new();
        Builder::new().transport(transport).env_from(|name| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).into())
        })
    }

    const ALL: [(&str, &str); 5] = [
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", "AKID"),
        ("AWS_SECRET_ACCESS_KEY", "s3cret"),
        ("AWS_USE_FIPS_ENDPOINT", "true"),
        ("AWS_MAX_ATTEMPTS", "7"),
    ];

    fn config<C: ServiceClient>(client: &C) -> &Config {
        let Ok(config) = &client.inner().shared.config else {
            unreachable!("the configuration is valid")
        };
        config
    }

    #[test]
    fn the_environment_fills_in_settings() {
        let client = environment::<Example>(&ALL).build().unwrap();
        let config = config(&client);
        assert_eq!(
            config.endpoints.shared().unwrap().endpoint.to_string(),
            "https://eu-west-1.aws/true"
        );
        assert_eq!(config.retry, RetryPolicy::standard().max_attempts(7));
        assert_eq!(
            config
                .endpoints
                .shared()
                .unwrap()
                .scope(&Scheme::SigV4("example"))
                .unwrap()
                .region,
            "eu-west-1"
        );
        assert!(config.auth.identities.credentials.is_some());
    }

    #[test]
    fn settings_take_precedence_over_the_environment() {
        let builder = environment::<Example>(&ALL)
            .region("us-east-1")
            .fips(false)
            .retry(RetryPolicy::off())
            .unsigned();
        let client = builder.build().unwrap();
        assert_eq!(
            config(&client)
                .endpoints
                .shared()
                .unwrap()
                .endpoint
                .to_string(),
            "https://us-east-1.aws/false"
        );
        assert_eq!(config(&client).retry, RetryPolicy::off());
        assert!(config(&client).auth.identities.is_anonymous);
    }

    #[test]
    fn a_token_of_the_environment_takes_precedence_over_its_credentials() {
        let variables = [&ALL[..], &[("AWS_BEARER_TOKEN_EXAMPLE", "t0ken")]].concat();
        let uses_token = |builder: Builder<Tokens>| {
            let client = builder.build().unwrap();
            let resolved = config(&client)
                .auth
                .identities
                .resolve(Auth::Required, Tokens::SERVICE.schemes)
                .unwrap();
            matches!(resolved, ResolvedAuth::Token(_))
        };
        assert!(uses_token(environment(&variables)));
        assert!(!uses_token(environment(&ALL)));
        let credentials = Credentials::new("AKID", "s3cret", None, None, "test");
        assert!(!uses_token(
            environment(&variables).credentials(credentials)
        ));
        // A token is sufficient.
        assert!(uses_token(environment(&[
            ALL[0],
            ("AWS_BEARER_TOKEN_EXAMPLE", "t0ken")
        ])));
    }

    #[test]
    fn request_settings_are_checked() {
        let variables = [
            ("AWS_DISABLE_HOST_PREFIX_INJECTION", "true"),
            ("AWS_REGION", "eu-west-1"),
        ];
        let builder = || environment::<Example>(&variables).unsigned();
        let client = builder().disable_request_compression(true).build().unwrap();
        let requests = config(&client).requests;
        assert_eq!(
            (requests.disable_host_prefix, requests.disable_compression),
            (Some(true), Some(true))
        );
        let error = builder()
            .request_min_compression_size_bytes(10_485_761)
            .build()
            .err()
            .unwrap();
        assert!(
            error.to_string().contains("the maximum is 10485760"),
            "{error}"
        );
    }

    #[test]
    fn variables_of_the_default_transport_are_checked_if_it_is_used() {
        let variables = [&ALL[..], &[("HTTPS_PROXY", "socks5://u5er:s3cret@proxy")]].concat();
        let mut builder = environment::<Example>(&variables);
        builder.transport = None;
        let text = builder.build().err().unwrap().to_string();
        assert!(
            text.starts_with("HTTPS_PROXY is not the URL of a proxy: ") && !text.contains("s3cret"),
            "{text}"
        );
        assert!(environment::<Example>(&variables).build().is_ok());
    }

    #[test]
    fn errors_name_the_missing_variables() {
        let error = |variables| {
            environment::<Example>(variables)
                .build()
                .err()
                .unwrap()
                .to_string()
        };
        assert!(error(&[]).contains("AWS_REGION or AWS_DEFAULT_REGION"));
        assert!(error(&ALL[..1]).contains("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"));
        assert_eq!(
            error(&ALL[..2]),
            "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not"
        );
    }
}
