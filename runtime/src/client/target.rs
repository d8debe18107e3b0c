//! Where calls go, and what they are signed for there.

use super::auth::identity::Proof;
use super::auth::sigv4::Scope;
use super::{Client, Config, ConfigError, Endpoints};
use crate::endpoint::{ClientParams, Params, ResolveError, ResolveErrorKind, Resolved};
use crate::error::Call;
use crate::operation::{Operation, Scheme};
use crate::{Endpoint, Failure, FailureKind};
use aws_credential_types::Credentials;
use http::HeaderMap;
use std::fmt;
use std::sync::Arc;

/// The settings that endpoint rules look at.
#[derive(Clone, Default)]
pub(super) struct Place {
    pub(super) region: Option<String>,
    pub(super) fips: Option<bool>,
    pub(super) dual_stack: Option<bool>,
    pub(super) endpoint_url: Option<String>,
    pub(super) account_mode: Option<AccountIdEndpointMode>,
    pub(super) client: ClientParams,
    /// Whether they come from the environment, too, for error messages.
    pub(super) looked_in_environment: bool,
}

/// Whether endpoints have the account in them that the credentials belong to, at services that have
/// such endpoints (AWS, *AWS SDKs and Tools Reference Guide*, Account-based endpoints).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AccountIdEndpointMode {
    /// If the credentials tell it: the default.
    Preferred,
    /// Never.
    Disabled,
    /// Always: without an account, calls fail.
    Required,
}

/// Where requests go, and what all that go there have in common.
pub(super) struct Target {
    pub(super) endpoint: Endpoint,
    /// Of every request, as the endpoint rules demand.
    pub(super) headers: HeaderMap,
    signing: Signing,
}

/// What an endpoint says of signatures.
#[derive(Debug)]
struct Signing {
    name: Option<String>,
    region: Option<String>,
    region_set: Option<String>,
    double_encoding: bool,
    normalize_path: bool,
}

/// The targets of a client.
pub(super) struct Targets {
    endpoints: Endpoints,
    place: Place,
    /// That of all operations; `None` if it is found out at each call.
    shared: Option<Arc<Target>>,
}

impl Targets {
    pub(super) fn new(endpoints: Endpoints, place: Place) -> Result<Self, ConfigError> {
        let shared = match endpoints {
            Endpoints::Shared(resolve) => Some(place.shared(resolve(&place.params(None)))?),
            Endpoints::PerCall { .. } => None,
        };
        Ok(Self {
            endpoints,
            place,
            shared,
        })
    }

    /// The target of all operations.
    pub(super) fn shared(&self) -> Option<&Target> {
        self.shared.as_deref()
    }

    /// Whether the endpoint depends on whose account it is.
    fn want_account(&self) -> bool {
        matches!(self.endpoints, Endpoints::PerCall { account: true, .. })
            && self.place.account_mode != Some(AccountIdEndpointMode::Disabled)
    }

    pub(super) fn missing_region(&self) -> ConfigError {
        self.place.missing_region()
    }

    /// The target of an operation.
    fn of<O: Operation>(
        &self,
        operation: &O,
        account: Option<&str>,
    ) -> Result<Arc<Target>, ConfigError> {
        let (Endpoints::Shared(resolve) | Endpoints::PerCall { resolve, .. }) = self.endpoints;
        let params = self.place.params(account);
        match (operation.resolve(&params), &self.shared) {
            (Ok(None), Some(shared)) => Ok(shared.clone()),
            (Ok(None), None) => self.place.target(resolve(&params)),
            (Ok(Some(own)), _) => self.place.target(Ok(own)),
            (Err(error), _) => self.place.target(Err(error)),
        }
    }
}

impl Place {
    fn params<'p>(&'p self, account_id: Option<&'p str>) -> Params<'p> {
        let mode = self
            .account_mode
            .unwrap_or(AccountIdEndpointMode::Preferred);
        Params {
            region: self.region.as_deref(),
            use_fips: self.fips.unwrap_or_default(),
            use_dual_stack: self.dual_stack.unwrap_or_default(),
            endpoint: self.endpoint_url.as_deref(),
            account_id,
            account_id_endpoint_mode: Some(mode.as_str()),
            client: Some(&self.client),
        }
    }

    /// The target of all operations: without one because nobody said where, it is said what to set.
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
                "the service's rules give an endpoint without TLS; only `endpoint_url` may",
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
        ConfigError::new(if self.looked_in_environment {
            "no region: neither `region` is set, nor AWS_REGION or AWS_DEFAULT_REGION in the environment"
        } else {
            "no region: set `region`, such as \"us-east-1\", or read the environment with `env`"
        })
    }
}

impl Target {
    /// What to sign for by this scheme; `None` if there is no region.
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

/// Where a call goes, and how it shows there who makes it.
pub(super) struct Route<'c> {
    /// Whether anyone may make the call.
    pub(super) optional: bool,
    pub(super) proof: Proof<'c>,
    pub(super) target: Arc<Target>,
}

impl Client {
    /// The route of an operation.
    pub(super) async fn route<'c, O: Operation>(
        &self,
        config: &'c Config,
        operation: &O,
    ) -> Result<Route<'c>, Failure> {
        let failure = |kind| move |error| Failure::new(Call::new(O::NAME, 0), kind, error);
        let proof = config
            .identities
            .proof(O::AUTH, self.shared.service.schemes);
        let proof = proof.map_err(failure(FailureKind::Credentials))?;
        let credentials = match proof {
            Proof::Signature(cache, _) if config.targets.want_account() => {
                // Few services want it, and every call's future would be larger for it.
                match Box::pin(config.credentials(cache, Call::new(O::NAME, 0))).await {
                    Err(failure) if !O::AUTH.is_optional() => return Err(failure),
                    got => got.ok(),
                }
            }
            _ => None,
        };
        let account = credentials.as_ref().and_then(Credentials::account_id);
        let target = config
            .targets
            .of(operation, account.map(|account| account.as_str()));
        let target = target.map_err(failure(FailureKind::Endpoint))?;
        Ok(Route {
            optional: O::AUTH.is_optional(),
            proof,
            target,
        })
    }
}

impl fmt::Debug for Targets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.shared() {
            Some(Target {
                endpoint, signing, ..
            }) => write!(f, "{endpoint}, signed {signing:?}"),
            None => write!(f, "by operation, region {:?}", self.place.region),
        }
    }
}

impl AccountIdEndpointMode {
    /// The name of the mode in settings and rules.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Preferred => "preferred",
            Self::Disabled => "disabled",
            Self::Required => "required",
        }
    }

    /// The mode of that name, in any case.
    pub(super) fn named(name: &str) -> Option<Self> {
        [Self::Preferred, Self::Disabled, Self::Required]
            .into_iter()
            .find(|mode| mode.as_str().eq_ignore_ascii_case(name))
    }
}
