//! The endpoint and authentication of a call.

use crate::client::auth::identity::ResolvedAuth;
use crate::client::auth::sigv4::scope::Scope;
use crate::client::endpoint::Target;
use crate::client::handle::{Client, Config};
use crate::error::failure::Failure;
use crate::error::meta::{Call, FailureKind};
use crate::operation::auth::Scheme;
use crate::operation::operation_trait::Operation;
use aws_credential_types::Credentials;
use std::sync::Arc;

/// The endpoint and authentication of a call.
pub(super) struct Route<'c> {
    /// Whether the operation can be called without authentication.
    pub(super) optional_auth: bool,
    pub(super) auth: ResolvedAuth<'c>,
    pub(super) target: Arc<Target>,
}

impl Client {
    /// Resolves the endpoint and authentication of an operation.
    pub(super) async fn route<'c, O: Operation>(
        &self,
        config: &'c Config,
        operation: &O,
    ) -> Result<Route<'c>, Failure> {
        let failure = |kind| move |error| Failure::new(Call::new(O::NAME, 0), kind, error);
        let auth = config
            .auth
            .identities
            .resolve(O::AUTH, self.shared.service.schemes)
            .map_err(failure(FailureKind::Credentials))?;
        let credentials = match auth {
            ResolvedAuth::Signature(cache, _) if config.endpoints.needs_account() => {
                // Boxed to keep the future of a call small, since few services need it.
                match Box::pin(config.auth.credentials(cache, Call::new(O::NAME, 0))).await {
                    Err(failure) if !O::AUTH.is_optional() => return Err(failure),
                    result => result.ok(),
                }
            }
            _ => None,
        };
        let account = credentials.as_ref().and_then(Credentials::account_id);
        let target = config
            .endpoints
            .resolve(operation, account.map(|account| account.as_str()))
            .map_err(failure(FailureKind::Endpoint))?;
        Ok(Route {
            optional_auth: O::AUTH.is_optional(),
            auth,
            target,
        })
    }
}

impl Route<'_> {
    /// The scope of signatures with a scheme.
    pub(super) fn scope(
        &self,
        scheme: &Scheme,
        config: &Config,
        call: Call,
    ) -> Result<Scope<'_>, Failure> {
        self.target.scope(scheme).ok_or_else(|| {
            Failure::new(call, FailureKind::Config, config.endpoints.missing_region())
        })
    }
}
