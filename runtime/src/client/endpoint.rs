//! The endpoint of calls, and the scope of signatures there.

use crate::client::auth::sigv4::scope::Scope;
use crate::client::config_error::ConfigError;
use crate::client::service::Endpoints;
use crate::endpoint::client_params::ClientParams;
use crate::endpoint::params::Params;
use crate::endpoint::resolve::{ResolveError, ResolveErrorKind, Resolved};
use crate::endpoint::url::Endpoint;
use crate::operation::auth::Scheme;
use crate::operation::operation_trait::Operation;
use http::HeaderMap;
use std::fmt;
use std::sync::Arc;

/// The settings that endpoint rules depend on.
#[derive(Clone, Default)]
pub(super) struct EndpointConfig {
    pub(super) region: Option<String>,
    pub(super) fips: Option<bool>,
    pub(super) dual_stack: Option<bool>,
    pub(super) endpoint_url: Option<String>,
    pub(super) account_id_mode: Option<AccountIdEndpointMode>,
    pub(super) client_params: ClientParams,
    /// Whether the environment was read as well, for error messages.
    pub(super) reads_environment: bool,
}

/// Whether to use endpoints that contain the account ID of the credentials, for services that have
/// such endpoints (AWS, *AWS SDKs and Tools Reference Guide*, Account-based endpoints).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AccountIdEndpointMode {
    /// Yes, if the credentials have an account ID. The default.
    Preferred,
    /// No.
    Disabled,
    /// Yes. Calls fail if the credentials have no account ID.
    Required,
}

/// A resolved endpoint.
pub(super) struct Target {
    pub(super) endpoint: Endpoint,
    /// Headers that the endpoint rules add to every request.
    pub(super) headers: HeaderMap,
    signing: Signing,
}

/// The properties of an endpoint for signatures.
#[derive(Debug)]
struct Signing {
    name: Option<String>,
    region: Option<String>,
    region_set: Option<String>,
    double_encoding: bool,
    normalize_path: bool,
}

/// Resolves the endpoints of a client.
#[derive(Clone)]
pub(super) struct EndpointResolver {
    endpoints: Endpoints,
    config: EndpointConfig,
    /// The endpoint of all operations; `None` if it is resolved for each call.
    shared: Option<Arc<Target>>,
}

impl EndpointResolver {
    pub(super) fn new(endpoints: Endpoints, config: EndpointConfig) -> Result<Self, ConfigError> {
        let shared = match endpoints {
            Endpoints::Shared(resolve) => Some(config.shared(resolve(&config.params(None)))?),
            Endpoints::PerCall { .. } => None,
        };
        Ok(Self {
            endpoints,
            config,
            shared,
        })
    }

    /// The settings.
    pub(super) fn config(&self) -> &EndpointConfig {
        &self.config
    }

    /// The endpoint of all operations; `None` if it is resolved for each call.
    pub(super) fn shared(&self) -> Option<&Target> {
        self.shared.as_deref()
    }

    /// Whether the endpoint depends on the account of the credentials.
    pub(super) fn needs_account(&self) -> bool {
        matches!(self.endpoints, Endpoints::PerCall { account: true, .. })
            && self.config.account_id_mode != Some(AccountIdEndpointMode::Disabled)
    }

    pub(super) fn missing_region(&self) -> ConfigError {
        self.config.missing_region()
    }

    /// Resolves the endpoint of an operation.
    pub(super) fn resolve<O: Operation>(
        &self,
        operation: &O,
        account: Option<&str>,
    ) -> Result<Arc<Target>, ConfigError> {
        let (Endpoints::Shared(resolve) | Endpoints::PerCall { resolve, .. }) = self.endpoints;
        let params = self.config.params(account);
        match (operation.resolve(&params), &self.shared) {
            (Ok(None), Some(shared)) => Ok(shared.clone()),
            (Ok(None), None) => self.config.target(resolve(&params)),
            (Ok(Some(own)), _) => self.config.target(Ok(own)),
            (Err(error), _) => self.config.target(Err(error)),
        }
    }
}

impl EndpointConfig {
    fn params<'p>(&'p self, account_id: Option<&'p str>) -> Params<'p> {
        let mode = self
            .account_id_mode
            .unwrap_or(AccountIdEndpointMode::Preferred);
        Params {
            region: self.region.as_deref(),
            use_fips: self.fips.unwrap_or_default(),
            use_dual_stack: self.dual_stack.unwrap_or_default(),
            endpoint: self.endpoint_url.as_deref(),
            account_id,
            account_id_endpoint_mode: Some(mode.as_str()),
            client: Some(&self.client_params),
        }
    }

    /// The endpoint of all operations. The error for a missing region names the setting.
    fn shared(&self, resolved: Result<Resolved, ResolveError>) -> Result<Arc<Target>, ConfigError> {
        match resolved {
            Err(error) if error.kind() == ResolveErrorKind::NoRegion => Err(self.missing_region()),
            resolved => self.target(resolved),
        }
    }

    fn target(&self, resolved: Result<Resolved, ResolveError>) -> Result<Arc<Target>, ConfigError> {
        let resolved = resolved.map_err(|error| ConfigError::new(error.to_string()))?;
        if resolved.endpoint.scheme() != "https" && self.endpoint_url.is_none() {
            return Err(ConfigError::new(
                "the endpoint rules of the service return an endpoint without TLS, which only `endpoint_url` can set",
            ));
        }
        Ok(Arc::new(Target {
            signing: Signing {
                name: resolved.signing_name,
                region: resolved.signing_region.or_else(|| self.region.clone()),
                region_set: resolved.signing_region_set.map(|regions| regions.join(",")),
                double_encoding: !resolved.disable_double_encoding,
                normalize_path: !resolved.disable_normalize_path,
            },
            endpoint: resolved.endpoint,
            headers: resolved.headers,
        }))
    }

    fn missing_region(&self) -> ConfigError {
        ConfigError::new(if self.reads_environment {
            "no region: set `region`, or AWS_REGION or AWS_DEFAULT_REGION in the environment"
        } else {
            "no region: set `region`, such as \"us-east-1\", or read the environment with `env`"
        })
    }
}

impl Target {
    /// The scope of signatures with a scheme; `None` if there is no region.
    pub(super) fn scope(&self, scheme: &Scheme) -> Option<Scope<'_>> {
        let Signing {
            region_set,
            double_encoding,
            normalize_path,
            ..
        } = &self.signing;
        let (name, is_set) = match scheme {
            Scheme::SigV4(name) => (name, region_set.is_some()),
            Scheme::SigV4a(name) => (name, true),
            Scheme::Bearer => return None,
        };
        Some(Scope {
            name: self.signing.name.as_deref().unwrap_or(name),
            region: region_set.as_deref().or(self.signing.region.as_deref())?,
            is_set,
            double_encoding: *double_encoding,
            normalize_path: *normalize_path,
        })
    }
}

impl fmt::Debug for EndpointResolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.shared() {
            Some(Target {
                endpoint, signing, ..
            }) => write!(f, "{endpoint}, {signing:?}"),
            None => write!(f, "resolved for each call, region {:?}", self.config.region),
        }
    }
}

impl AccountIdEndpointMode {
    /// The name of the mode in settings and endpoint rules.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Preferred => "preferred",
            Self::Disabled => "disabled",
            Self::Required => "required",
        }
    }

    /// Parses the name of a mode, ignoring case.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        [Self::Preferred, Self::Disabled, Self::Required]
            .into_iter()
            .find(|mode| mode.as_str().eq_ignore_ascii_case(name))
    }
}
