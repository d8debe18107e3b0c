//! Settings of a client.

use super::auth::clock_skew::ClockSkew;
use super::auth::credentials::{Cache, LOAD_TIMEOUT};
use super::auth::identity::{self, Identities};
use super::auth::sigv4::SigningKeys;
use super::config_error::ConfigError;
use super::env::Environment;
use super::patience::Patience;
use super::system::{System, Tokio};
use super::target::{AccountIdEndpointMode, Place, Targets};
use super::transport::{Exchange, Transport};
use super::{Client, Config, ServiceClient};
use crate::endpoint::ClientParam;
use crate::operation::Scheme;
use crate::request::Settings;
use crate::retry::{RetryPolicy, TokenBucket};
use aws_credential_types::provider::token::{ProvideToken, SharedTokenProvider};
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use http::HeaderValue;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

/// As long as the AWS SDKs wait for a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3_100);
/// As long as botocore waits for a piece of a response.
const READ_TIMEOUT: Duration = Duration::from_secs(60);
/// The grace period of the AWS SDKs' stalled stream protection.
const STALL_WINDOW: Duration = Duration::from_secs(20);
const MAX_RESPONSE_SIZE: u64 = 1 << 30;
/// What the least size of a compressed body may be at most, in bytes (AWS SDKs and Tools Reference
/// Guide, *Request compression*).
const LARGEST_MIN_COMPRESSION_SIZE: usize = 10_485_760;

/// Settings of a client `C`; [`Builder::build`] makes one of them, without I/O.
///
/// What is not set here is not there: a builder reads the environment only if [`Builder::env`]
/// tells it to.
#[must_use = "a builder does nothing until it is built"]
pub struct Builder<C> {
    place: Place,
    requests: Settings,
    credentials: Option<SharedCredentialsProvider>,
    pub(super) token: Option<SharedTokenProvider>,
    /// Whether the token comes from the environment, and so before what the service prefers.
    pub(super) token_first: bool,
    credentials_timeout: Option<Duration>,
    unsigned: bool,
    transport: Option<Arc<dyn Exchange>>,
    connect_timeout: Option<Duration>,
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
    /// A builder without any settings: what a client's own `builder` returns.
    #[doc(hidden)]
    pub fn new() -> Self {
        Self {
            place: Place::default(),
            requests: Settings::default(),
            credentials: None,
            token: None,
            token_first: false,
            credentials_timeout: Some(LOAD_TIMEOUT),
            unsigned: false,
            transport: None,
            connect_timeout: Some(CONNECT_TIMEOUT),
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

    /// The region to call, such as `us-east-1`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.place.region = Some(region.into());
        self
    }

    /// Who to sign requests as: `Credentials` themselves, or a provider of them such as those of
    /// the crate `aws-config`. It is asked when the first call needs credentials, and again shortly
    /// before they expire.
    pub fn credentials(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(SharedCredentialsProvider::new(provider));
        self.token_first = false;
        self
    }

    /// Who to call as where a service takes a token (`httpBearerAuth`): a `Token` itself, or a
    /// provider of them such as the single sign-on of the crate `aws-config`. Where a service takes
    /// signatures, too, and `credentials` are set as well, the model says which it prefers. Tokens
    /// are only sent over https.
    pub fn bearer_token(mut self, provider: impl ProvideToken + 'static) -> Self {
        self.token = Some(SharedTokenProvider::new(provider));
        self
    }

    /// How long the provider of `credentials` or of the `bearer_token` may take; 5 s by default, as
    /// in the AWS SDKs, and for ever with `None`. All calls that wait for the provider at the same
    /// time share one request to it, and fail together when the time is over.
    pub fn credentials_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.credentials_timeout = limit.into();
        self
    }

    /// Signs nothing and sends no token, for a server that does not check, or a proxy that signs
    /// itself.
    pub fn unsigned(mut self) -> Self {
        self.unsigned = true;
        self
    }

    /// The URL to call instead of the one that follows from the region. The only way to call over
    /// plain `http`.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.place.endpoint_url = Some(url.into());
        self
    }

    /// Whether to call an endpoint that uses FIPS-validated cryptography; no by default.
    pub fn fips(mut self, fips: bool) -> Self {
        self.place.fips = Some(fips);
        self
    }

    /// Whether to call an endpoint that is reached over IPv6, too; no by default.
    pub fn dual_stack(mut self, dual_stack: bool) -> Self {
        self.place.dual_stack = Some(dual_stack);
        self
    }

    /// Whether to call endpoints that have the account of the credentials in them, at services that
    /// have such;
    /// [`Preferred`](AccountIdEndpointMode::Preferred) by default.
    pub fn account_id_endpoint_mode(mut self, mode: AccountIdEndpointMode) -> Self {
        self.place.account_mode = Some(mode);
        self
    }

    /// Gives a parameter of the endpoint rules its value: what a service's own settings are made
    /// of.
    #[doc(hidden)]
    pub fn endpoint_parameter(mut self, name: &'static str, value: impl Into<ClientParam>) -> Self {
        self.place.client.set(name, value.into());
        self
    }

    /// Whether operations leave the host of the endpoint as it is, though the model puts a prefix
    /// before it, such as `data.`; no by default. For a custom endpoint that answers under one name
    /// only.
    pub fn disable_host_prefix_injection(mut self, disable: bool) -> Self {
        self.requests.disable_host_prefix = Some(disable);
        self
    }

    /// Whether bodies are sent as they are by operations that take compressed ones; no by default.
    pub fn disable_request_compression(mut self, disable: bool) -> Self {
        self.requests.disable_compression = Some(disable);
        self
    }

    /// The least size in bytes of a body that is compressed, for operations that take compressed
    /// ones; 10,240 by default, and 10,485,760 at most.
    pub fn request_min_compression_size_bytes(mut self, size: usize) -> Self {
        self.requests.min_compression_size = Some(size);
        self
    }

    /// What to send over: any `tower_service::Service` of HTTP requests, such as an
    /// [`Https`](super::Https) in layers, or a function for tests. With the feature `https` an
    /// `Https` is the default.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// How long a connection may take, name lookup and TLS included; 3.1 s by default, and for ever
    /// with `None`. A transport that is set has its own.
    pub fn connect_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.connect_timeout = limit.into();
        self
    }

    /// How long each piece of a response may take, and how long the service may take for each piece
    /// of a request; 60 s by default, and for ever with `None`. A piece of a request in memory is
    /// of 256 KiB. The time that a stream of the caller's needs for its next piece does not count.
    pub fn read_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.read_timeout = limit.into();
        self
    }

    /// Over how much time a transfer must make at least 1 byte a second, as with the AWS SDKs'
    /// stalled stream protection; 20 s by default, and no such limit with `None`. It holds for each
    /// body of a request that is sent in several pieces, and of a response. Only the time in which
    /// the service is waited for counts.
    pub fn stalled_stream_protection(mut self, window: impl Into<Option<Duration>>) -> Self {
        let window = window.into();
        (self.upload_window, self.download_window) = (window, window);
        self
    }

    /// How many bytes the body of a response with success may have, unless it is a stream that is
    /// left to the caller; 1,073,741,824 (1 GiB) by default. A larger one is an error. Of the body
    /// of an error 1 MiB is read, for no longer than the `read_timeout`.
    pub fn max_response_size(mut self, bytes: u64) -> Self {
        self.max_response_size = bytes;
        self
    }

    /// When to send a request again; [`RetryPolicy::standard`] by default, which says what that is.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// What to add to the `User-Agent` header, such as `my-app/1.2`.
    pub fn user_agent(mut self, product: impl AsRef<str>) -> Self {
        self.user_agent.push(' ');
        self.user_agent.push_str(product.as_ref());
        self
    }

    /// Where time and chance come from; [`Tokio`] by default.
    pub fn system(mut self, system: impl System) -> Self {
        self.system = Arc::new(system);
        self
    }

    /// Reads environment variables for what is not set otherwise: `AWS_REGION` or
    /// `AWS_DEFAULT_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`,
    /// `AWS_ENDPOINT_URL_` and the service's id or `AWS_ENDPOINT_URL`, `AWS_USE_FIPS_ENDPOINT`,
    /// `AWS_USE_DUALSTACK_ENDPOINT`, `AWS_MAX_ATTEMPTS`, `AWS_DISABLE_HOST_PREFIX_INJECTION`,
    /// `AWS_DISABLE_REQUEST_COMPRESSION` and `AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES`;
    /// `AWS_ACCOUNT_ID` and `AWS_ACCOUNT_ID_ENDPOINT_MODE` for endpoints that have the account in
    /// them. Where a service takes both signatures and tokens, a token in `AWS_BEARER_TOKEN_` and
    /// its name in signatures comes first, unless `credentials` are set.
    pub fn env(self) -> Self {
        self.env_from(|name| std::env::var_os(name))
    }

    pub(super) fn env_from(mut self, lookup: impl Fn(&str) -> Option<std::ffi::OsString>) -> Self {
        self.environment = Some(Environment::read(&C::SERVICE, lookup));
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// A setting is missing or wrong, so that all calls would fail.
    pub fn build(self) -> Result<C, ConfigError> {
        Ok(C::from_inner(Client::new(C::SERVICE, Ok(self.config()?))))
    }

    /// Makes the client; if a setting is missing or wrong, every call says so.
    #[cfg(feature = "aws-config")]
    #[doc(hidden)]
    pub fn deferred(self) -> C {
        C::from_inner(Client::new(C::SERVICE, self.config()))
    }

    fn config(mut self) -> Result<Config, ConfigError> {
        if let Some(environment) = self.environment.take().transpose()? {
            self.place.looked_in_environment = true;
            self.fill_in(environment);
        }
        let looked_in_environment = self.place.looked_in_environment;
        let targets = Targets::new(C::SERVICE.endpoints, self.place)?;
        let identities = Identities {
            credentials: self
                .credentials
                .map(|provider| Cache::new(provider, self.credentials_timeout)),
            token: self
                .token
                .map(|provider| Cache::new(provider, self.credentials_timeout)),
            token_first: self.token_first,
            nobody: self.unsigned,
        };
        check(
            &identities,
            &targets,
            C::SERVICE.schemes,
            looked_in_environment,
        )?;
        let no_transport =
            "no transport: set `transport`, or switch on the crate's feature `https`";
        let transport = self
            .transport
            .or_else(|| default_transport(self.connect_timeout));
        Ok(Config {
            user_agent: user_agent(C::SERVICE.user_agent, &self.user_agent)?,
            requests: check_requests(self.requests)?,
            targets,
            identities,
            transport: transport.ok_or_else(|| ConfigError::new(no_transport))?,
            patience: Patience {
                system: self.system,
                read_timeout: self.read_timeout,
                upload_window: self.upload_window,
                download_window: self.download_window,
            },
            max_response_size: self.max_response_size,
            policy: self.retry.unwrap_or_default().for_service(C::SERVICE.id),
            bucket: TokenBucket::new(),
            clock_skew: ClockSkew::default(),
            signing_keys: SigningKeys::default(),
        })
    }

    /// Sets what is not set.
    fn fill_in(&mut self, environment: Environment) {
        self.requests = self.requests.or(environment.requests);
        let place = &mut self.place;
        place.region = place.region.take().or(environment.region);
        place.endpoint_url = place.endpoint_url.take().or(environment.endpoint_url);
        place.fips = place.fips.or(environment.fips);
        place.dual_stack = place.dual_stack.or(environment.dual_stack);
        place.account_mode = place.account_mode.or(environment.account_mode);
        let attempts = environment.max_attempts;
        self.retry = self
            .retry
            .or(attempts.map(|attempts| RetryPolicy::standard().max_attempts(attempts)));
        self.token_first |=
            (self.token.is_some() || environment.token.is_some()) && self.credentials.is_none();
        let credentials = environment.credentials.map(SharedCredentialsProvider::new);
        self.credentials = self.credentials.take().or(credentials);
        self.token = self
            .token
            .take()
            .or(environment.token.map(SharedTokenProvider::new));
    }
}

fn check_requests(settings: Settings) -> Result<Settings, ConfigError> {
    match settings.min_compression_size {
        Some(size) if size > LARGEST_MIN_COMPRESSION_SIZE => Err(ConfigError::new(format!(
            "the least size of a compressed body is {size} bytes: it can be up to {LARGEST_MIN_COMPRESSION_SIZE}"
        ))),
        _ => Ok(settings),
    }
}

/// Checks that operations of the service can be called, but for those that ask for less or for more
/// than the others.
fn check(
    identities: &Identities,
    targets: &Targets,
    schemes: &[Scheme],
    looked_in_environment: bool,
) -> Result<(), ConfigError> {
    let signature = schemes.iter().find(|scheme| **scheme != Scheme::Bearer);
    let token = identities.token.is_some() && schemes.contains(&Scheme::Bearer);
    match signature {
        _ if identities.nobody || schemes.is_empty() => Ok(()),
        Some(scheme) if identities.credentials.is_some() => {
            let no_region = targets
                .shared()
                .is_some_and(|target| target.scope(scheme).is_none());
            if no_region {
                Err(targets.missing_region())
            } else {
                Ok(())
            }
        }
        _ if token => Ok(()),
        Some(_) => Err(missing_credentials(looked_in_environment)),
        None => Err(identity::missing(schemes)),
    }
}

fn missing_credentials(looked_in_environment: bool) -> ConfigError {
    ConfigError::new(if looked_in_environment {
        "no credentials: neither `credentials` is set, nor AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the \
         environment; for profiles, roles and single sign-on use the crate `aws-config` with the feature of that name"
    } else {
        "no credentials: set `credentials`, read the environment with `env`, or send without a signature with \
         `unsigned`"
    })
}

fn user_agent(service: &str, more: &str) -> Result<HeaderValue, ConfigError> {
    let runtime = concat!("smithy-rt/", env!("CARGO_PKG_VERSION"));
    HeaderValue::try_from(format!(
        "{service} {runtime} os/{} lang/rust{more}",
        std::env::consts::OS
    ))
    .map_err(|_| ConfigError::new(format!("{more:?} cannot be part of a User-Agent header")))
}

#[cfg(feature = "https")]
fn default_transport(connect_timeout: Option<Duration>) -> Option<Arc<dyn Exchange>> {
    Some(Arc::new(
        super::Https::new().connect_timeout(connect_timeout),
    ))
}

#[cfg(not(feature = "https"))]
fn default_transport(_: Option<Duration>) -> Option<Arc<dyn Exchange>> {
    None
}

/// Tells where to, and never who signs with what.
impl<C> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let endpoint_url = self.place.endpoint_url.as_ref().map(|_| "set");
        let mut out = f.debug_struct("Builder");
        out.field("region", &self.place.region)
            .field("endpoint_url", &endpoint_url)
            .finish_non_exhaustive()
    }
}

#[cfg(all(test, feature = "https"))]
mod tests {
    use super::super::auth::identity::Proof;
    use super::super::{Credentials, Endpoints, Service};
    use super::*;
    use crate::endpoint::Resolved;
    use crate::operation::Auth;

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

    /// The same service, which takes tokens, too.
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
        let transport = super::super::Https::new();
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
            unreachable!("it was built")
        };
        config
    }

    #[test]
    fn the_environment_sets_what_is_not_set() {
        let client = environment::<Example>(&ALL).build().unwrap();
        let config = config(&client);
        assert_eq!(
            config.targets.shared().unwrap().endpoint.to_string(),
            "https://eu-west-1.aws/true"
        );
        assert_eq!(config.policy, RetryPolicy::standard().max_attempts(7));
        assert_eq!(
            config
                .targets
                .shared()
                .unwrap()
                .scope(&Scheme::SigV4("example"))
                .unwrap()
                .region,
            "eu-west-1"
        );
        assert!(config.identities.credentials.is_some());
    }

    #[test]
    fn what_is_set_comes_first() {
        let builder = environment::<Example>(&ALL)
            .region("us-east-1")
            .fips(false)
            .retry(RetryPolicy::off())
            .unsigned();
        let client = builder.build().unwrap();
        assert_eq!(
            config(&client)
                .targets
                .shared()
                .unwrap()
                .endpoint
                .to_string(),
            "https://us-east-1.aws/false"
        );
        assert_eq!(config(&client).policy, RetryPolicy::off());
        assert!(config(&client).identities.nobody);
    }

    #[test]
    fn a_token_of_the_environment_comes_first() {
        let variables = [&ALL[..], &[("AWS_BEARER_TOKEN_EXAMPLE", "t0ken")]].concat();
        let shows_token = |builder: Builder<Tokens>| {
            let client = builder.build().unwrap();
            let proof = config(&client)
                .identities
                .proof(Auth::Required, Tokens::SERVICE.schemes)
                .unwrap();
            matches!(proof, Proof::Token(_))
        };
        assert!(shows_token(environment(&variables)));
        assert!(!shows_token(environment(&ALL)));
        let credentials = Credentials::new("AKID", "s3cret", None, None, "test");
        assert!(!shows_token(
            environment(&variables).credentials(credentials)
        ));
        // It is enough, too.
        assert!(shows_token(environment(&[
            ALL[0],
            ("AWS_BEARER_TOKEN_EXAMPLE", "t0ken")
        ])));
    }

    #[test]
    fn how_requests_are_written() {
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
            error.to_string().contains("it can be up to 10485760"),
            "{error}"
        );
    }

    #[test]
    fn what_is_missing_is_told_with_where_it_was_looked_for() {
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
