//! The selection of an authentication scheme (Smithy, *Authentication traits*).

use crate::client::auth::credentials::{CredentialsCache, TokenCache};
use crate::client::config_error::ConfigError;
use crate::operation::auth::{Auth, Scheme};

/// The credentials and tokens of a client.
pub(in crate::client) struct Identities {
    pub(in crate::client) credentials: Option<CredentialsCache>,
    pub(in crate::client) token: Option<TokenCache>,
    /// Whether the token takes precedence over the scheme that the service prefers, as in the AWS
    /// SDKs for a token from the environment.
    pub(in crate::client) prefers_token: bool,
    /// Whether requests are sent without authentication.
    pub(in crate::client) is_anonymous: bool,
}

/// The authentication of a call.
#[derive(Clone, Copy)]
pub(in crate::client) enum ResolvedAuth<'c> {
    Anonymous,
    /// A signature by a scheme.
    Signature(&'c CredentialsCache, &'static Scheme),
    Token(&'c TokenCache),
}

impl Identities {
    /// Selects the authentication of an operation: the first of its schemes for which the client
    /// has an identity.
    pub(in crate::client) fn resolve(
        &self,
        auth: Auth,
        service: &'static [Scheme],
    ) -> Result<ResolvedAuth<'_>, ConfigError> {
        let schemes = match auth {
            Auth::Required | Auth::Optional => service,
            Auth::None => &[],
            Auth::By { schemes, .. } => schemes,
        };
        if self.is_anonymous || schemes.is_empty() {
            return Ok(ResolvedAuth::Anonymous);
        }
        let bearer = schemes.iter().find(|scheme| **scheme == Scheme::Bearer);
        let first = bearer.filter(|_| self.prefers_token);
        match first
            .into_iter()
            .chain(schemes)
            .find_map(|scheme| self.for_scheme(scheme))
        {
            Some(resolved) => Ok(resolved),
            None if auth.is_optional() => Ok(ResolvedAuth::Anonymous),
            None => Err(missing_identity(schemes)),
        }
    }

    fn for_scheme(&self, scheme: &'static Scheme) -> Option<ResolvedAuth<'_>> {
        match scheme {
            Scheme::SigV4(_) | Scheme::SigV4a(_) => {
                Some(ResolvedAuth::Signature(self.credentials.as_ref()?, scheme))
            }
            Scheme::Bearer => Some(ResolvedAuth::Token(self.token.as_ref()?)),
        }
    }
}

/// The error for a client without an identity for any of the schemes.
pub(in crate::client) fn missing_identity(schemes: &[Scheme]) -> ConfigError {
    ConfigError::new(match schemes {
        [Scheme::Bearer] => "no token: set `bearer_token`",
        [Scheme::SigV4(_) | Scheme::SigV4a(_)] => "no credentials: set `credentials`",
        _ => "no credentials and no token: set `credentials` or `bearer_token`",
    })
}
