//! Settings of a client.

use super::config_error::ConfigError;
use super::credentials::CredentialsCache;
use super::env::Environment;
use super::patience::Patience;
use super::signing::Scope;
use super::skew::Skew;
use super::system::{System, Tokio};
use super::transport::{Exchange, Transport};
use super::{Client, Config, ServiceClient};
use crate::endpoint::{Params, ResolveErrorKind, Resolved};
use crate::request::Settings;
use crate::retry::{RetryPolicy, TokenBucket};
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
/// What the least size of a compressed body may be at most, in bytes (AWS SDKs and Tools Reference Guide, *Request
/// compression*).
const LARGEST_MIN_COMPRESSION_SIZE: usize = 10_485_760;

/// Settings of a client `C`; [`Builder::build`] makes one of them, without I/O.
///
/// What is not set here is not there: a builder reads the environment only if [`Builder::env`] tells it to.
#[must_use = "a builder does nothing until it is built"]
pub struct Builder<C> {
    region: Option<String>,
    signer: Signer,
    endpoint_url: Option<String>,
    fips: Option<bool>,
    dual_stack: Option<bool>,
    requests: Settings,
    transport: Option<Arc<dyn Exchange>>,
    connect_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
    retry: Option<RetryPolicy>,
    user_agent: String,
    system: Arc<dyn System>,
    environment: Option<Result<Environment, ConfigError>>,
    client: PhantomData<fn() -> C>,
}

/// Who signs requests.
enum Signer {
    Unset,
    Nobody,
    Provider(SharedCredentialsProvider),
}

impl<C: ServiceClient> Builder<C> {
    /// A builder without any settings: what a client's own `builder` returns.
    #[doc(hidden)]
    pub fn new() -> Self {
        Self {
            region: None,
            signer: Signer::Unset,
            endpoint_url: None,
            fips: None,
            dual_stack: None,
            requests: Settings::default(),
            transport: None,
            connect_timeout: Some(CONNECT_TIMEOUT),
            read_timeout: Some(READ_TIMEOUT),
            retry: None,
            user_agent: String::new(),
            system: Arc::new(Tokio),
            environment: None,
            client: PhantomData,
        }
    }

    /// The region to call, such as `us-east-1`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Who to sign requests as: `Credentials` themselves, or a provider of them such as those of the crate
    /// `aws-config`. It is asked when the first call needs credentials, and again shortly before they expire.
    pub fn credentials(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.signer = Signer::Provider(SharedCredentialsProvider::new(provider));
        self
    }

    /// Signs nothing, for a server that does not check, or a proxy that signs itself.
    pub fn unsigned(mut self) -> Self {
        self.signer = Signer::Nobody;
        self
    }

    /// The URL to call instead of the one that follows from the region. The only way to call over plain `http`.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.endpoint_url = Some(url.into());
        self
    }

    /// Whether to call an endpoint that uses FIPS-validated cryptography; no by default.
    pub fn fips(mut self, fips: bool) -> Self {
        self.fips = Some(fips);
        self
    }

    /// Whether to call an endpoint that is reached over IPv6, too; no by default.
    pub fn dual_stack(mut self, dual_stack: bool) -> Self {
        self.dual_stack = Some(dual_stack);
        self
    }

    /// Whether operations leave the host of the endpoint as it is, though the model puts a prefix before it, such as
    /// `data.`; no by default. For a custom endpoint that answers under one name only.
    pub fn disable_host_prefix_injection(mut self, disable: bool) -> Self {
        self.requests.disable_host_prefix = Some(disable);
        self
    }

    /// Whether bodies are sent as they are by operations that take compressed ones; no by default.
    pub fn disable_request_compression(mut self, disable: bool) -> Self {
        self.requests.disable_compression = Some(disable);
        self
    }

    /// The least size in bytes of a body that is compressed, for operations that take compressed ones; 10,240 by default,
    /// and 10,485,760 at most.
    pub fn request_min_compression_size_bytes(mut self, size: usize) -> Self {
        self.requests.min_compression_size = Some(size);
        self
    }

    /// What to send over: any `tower_service::Service` of HTTP requests, such as an [`Https`](super::Https) in layers,
    /// or a function for tests. With the feature `https` an `Https` is the default.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// How long a connection may take, name lookup and TLS included; 3.1 s by default, and for ever with `None`. A
    /// transport that is set has its own.
    pub fn connect_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.connect_timeout = limit.into();
        self
    }

    /// How long each piece of a response may take, and of a request that is a stream; 60 s by default, and for ever with
    /// `None`.
    pub fn read_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.read_timeout = limit.into();
        self
    }

    /// When to send a request again; [`RetryPolicy::standard`] by default.
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

    /// Reads environment variables for what is not set otherwise: `AWS_REGION` or `AWS_DEFAULT_REGION`,
    /// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_ENDPOINT_URL_` and the service's id or
    /// `AWS_ENDPOINT_URL`, `AWS_USE_FIPS_ENDPOINT`, `AWS_USE_DUALSTACK_ENDPOINT`, `AWS_MAX_ATTEMPTS`,
    /// `AWS_DISABLE_HOST_PREFIX_INJECTION`, `AWS_DISABLE_REQUEST_COMPRESSION` and
    /// `AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES`.
    pub fn env(self) -> Self {
        self.env_from(|name| std::env::var_os(name))
    }

    pub(super) fn env_from(mut self, lookup: impl Fn(&str) -> Option<std::ffi::OsString>) -> Self {
        self.environment = Some(Environment::read(C::SERVICE.id, lookup));
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
        let looked_in_environment = self.environment.is_some();
        if let Some(environment) = self.environment.take().transpose()? {
            self.fill_in(environment);
        }
        let resolved = self.resolve(looked_in_environment)?;
        let signer = self.take_signer(&resolved, looked_in_environment)?;
        let no_transport = "no transport: set `transport`, or switch on the crate's feature `https`";
        let transport = self.transport.or_else(|| default_transport(self.connect_timeout));
        Ok(Config {
            user_agent: user_agent(C::SERVICE.user_agent, &self.user_agent)?,
            endpoint: resolved.endpoint,
            headers: resolved.headers,
            requests: check_requests(self.requests)?,
            signer,
            transport: transport.ok_or_else(|| ConfigError::new(no_transport))?,
            patience: Patience { system: self.system, read_timeout: self.read_timeout },
            policy: self.retry.unwrap_or_default(),
            bucket: TokenBucket::new(),
            skew: Skew::default(),
        })
    }

    /// Sets what is not set.
    fn fill_in(&mut self, environment: Environment) {
        self.region = self.region.take().or(environment.region);
        self.endpoint_url = self.endpoint_url.take().or(environment.endpoint_url);
        self.fips = self.fips.or(environment.fips);
        self.dual_stack = self.dual_stack.or(environment.dual_stack);
        self.requests = self.requests.or(environment.requests);
        let attempts = environment.max_attempts;
        self.retry = self.retry.or(attempts.map(|attempts| RetryPolicy::standard().max_attempts(attempts)));
        if let (Signer::Unset, Some(credentials)) = (&self.signer, environment.credentials) {
            self.signer = Signer::Provider(SharedCredentialsProvider::new(credentials));
        }
    }

    fn resolve(&self, looked_in_environment: bool) -> Result<Resolved, ConfigError> {
        let params = Params {
            region: self.region.as_deref(),
            use_fips: self.fips.unwrap_or_default(),
            use_dual_stack: self.dual_stack.unwrap_or_default(),
            endpoint: self.endpoint_url.as_deref(),
        };
        let resolved = (C::SERVICE.resolve)(&params).map_err(|error| match error.kind() {
            ResolveErrorKind::NoRegion => missing_region(looked_in_environment),
            _ => ConfigError::new(error.to_string()),
        })?;
        if resolved.endpoint.scheme() != "https" && self.endpoint_url.is_none() {
            return Err(ConfigError::new(
                "the service's rules give an endpoint without TLS; only `endpoint_url` may",
            ));
        }
        Ok(resolved)
    }

    fn take_signer(
        &mut self,
        resolved: &Resolved,
        looked_in_environment: bool,
    ) -> Result<Option<super::Signer>, ConfigError> {
        let Some(name) = C::SERVICE.signing_name else { return Ok(None) };
        let provider = match std::mem::replace(&mut self.signer, Signer::Nobody) {
            Signer::Nobody => return Ok(None),
            Signer::Unset => return Err(missing_credentials(looked_in_environment)),
            Signer::Provider(provider) => provider,
        };
        let name = resolved.signing_name.clone().unwrap_or_else(|| name.to_owned());
        let region = resolved.signing_region.clone().or_else(|| self.region.clone());
        let region = region.ok_or_else(|| missing_region(looked_in_environment))?;
        let scope = Scope::new(name, region, resolved);
        Ok(Some(super::Signer { scope, credentials: CredentialsCache::new(provider) }))
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

fn missing_region(looked_in_environment: bool) -> ConfigError {
    ConfigError::new(if looked_in_environment {
        "no region: neither `region` is set, nor AWS_REGION or AWS_DEFAULT_REGION in the environment"
    } else {
        "no region: set `region`, such as \"us-east-1\", or read the environment with `env`"
    })
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
    HeaderValue::try_from(format!("{service} {runtime} os/{} lang/rust{more}", std::env::consts::OS))
        .map_err(|_| ConfigError::new(format!("{more:?} cannot be part of a User-Agent header")))
}

#[cfg(feature = "https")]
fn default_transport(connect_timeout: Option<Duration>) -> Option<Arc<dyn Exchange>> {
    Some(Arc::new(super::Https::new().connect_timeout(connect_timeout)))
}

#[cfg(not(feature = "https"))]
fn default_transport(_: Option<Duration>) -> Option<Arc<dyn Exchange>> {
    None
}

/// Tells where to, and never who signs with what.
impl<C> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let endpoint_url = self.endpoint_url.as_ref().map(|_| "set");
        let mut out = f.debug_struct("Builder");
        out.field("region", &self.region).field("endpoint_url", &endpoint_url).finish_non_exhaustive()
    }
}

#[cfg(all(test, feature = "https"))]
mod tests {
    use super::super::Service;
    use super::*;

    struct Example(Client);

    impl ServiceClient for Example {
        const SERVICE: Service = Service {
            id: "Example",
            signing_name: Some("example"),
            user_agent: "example/1.0",
            resolve: |params| match (params.endpoint, params.region) {
                (Some(endpoint), _) => Resolved::new(endpoint),
                (None, Some(region)) => Resolved::new(&format!("https://{region}.aws/{}", params.use_fips)),
                (None, None) => params.no_region(),
            },
        };

        fn from_inner(inner: Client) -> Self {
            Self(inner)
        }

        fn inner(&self) -> &Client {
            &self.0
        }
    }

    fn environment(variables: &[(&str, &str)]) -> Builder<Example> {
        let transport = super::super::Https::new();
        Builder::new().transport(transport).env_from(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).into())
        })
    }

    const ALL: [(&str, &str); 5] = [
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", "AKID"),
        ("AWS_SECRET_ACCESS_KEY", "s3cret"),
        ("AWS_USE_FIPS_ENDPOINT", "true"),
        ("AWS_MAX_ATTEMPTS", "7"),
    ];

    fn config(client: &Example) -> &Config {
        let Ok(config) = &client.0.shared.config else { unreachable!("it was built") };
        config
    }

    #[test]
    fn the_environment_sets_what_is_not_set() {
        let client = environment(&ALL).build().unwrap();
        let config = config(&client);
        assert_eq!(config.endpoint.to_string(), "https://eu-west-1.aws/true");
        assert_eq!(config.policy, RetryPolicy::standard().max_attempts(7));
        assert_eq!(config.signer.as_ref().unwrap().scope.region, "eu-west-1");
    }

    #[test]
    fn what_is_set_comes_first() {
        let builder = environment(&ALL).region("us-east-1").fips(false).retry(RetryPolicy::off()).unsigned();
        let client = builder.build().unwrap();
        assert_eq!(config(&client).endpoint.to_string(), "https://us-east-1.aws/false");
        assert_eq!(config(&client).policy, RetryPolicy::off());
        assert!(config(&client).signer.is_none());
    }

    #[test]
    fn what_is_missing_is_told_with_where_it_was_looked_for() {
        let error = |variables| environment(variables).build().err().unwrap().to_string();
        assert!(error(&[]).contains("AWS_REGION or AWS_DEFAULT_REGION"));
        assert!(error(&ALL[..1]).contains("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"));
        assert_eq!(error(&ALL[..2]), "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not");
    }
}
