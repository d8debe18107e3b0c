//! How a call shows who makes it (Smithy, *Authentication traits*).

use super::super::{Config, ConfigError};
use super::credentials::{CredentialsCache, TokenCache};
use super::payload::Payload;
use super::sigv4::{Scope, Signer};
use crate::error::Call;
use crate::operation::{Auth, Scheme};
use crate::{Body, BoxError, Failure, FailureKind};
use aws_credential_types::Credentials;
use http::header::AUTHORIZATION;
use http::{HeaderValue, Request};
use std::time::{Duration, SystemTime};

/// What a client can show.
pub(in crate::client) struct Identities {
    pub(in crate::client) credentials: Option<CredentialsCache>,
    pub(in crate::client) token: Option<TokenCache>,
    /// Whether the token comes before what a service prefers, as AWS's SDKs have it for one in the
    /// environment.
    pub(in crate::client) token_first: bool,
    /// Whether to show nothing, whatever operations ask for.
    pub(in crate::client) nobody: bool,
}

/// What a call shows.
#[derive(Clone, Copy)]
pub(in crate::client) enum Proof<'c> {
    Nothing,
    /// A signature by this scheme.
    Signature(&'c CredentialsCache, &'static Scheme),
    Token(&'c TokenCache),
}

impl Identities {
    /// What a call of an operation shows: of the schemes it can be called with the first that the
    /// client has something for.
    pub(in crate::client) fn proof(
        &self,
        auth: Auth,
        service: &'static [Scheme],
    ) -> Result<Proof<'_>, ConfigError> {
        let schemes = match auth {
            Auth::Required | Auth::Optional => service,
            Auth::None => &[],
            Auth::By { schemes, .. } => schemes,
        };
        if self.nobody || schemes.is_empty() {
            return Ok(Proof::Nothing);
        }
        let bearer = schemes.iter().find(|scheme| **scheme == Scheme::Bearer);
        let first = bearer.filter(|_| self.token_first);
        match first
            .into_iter()
            .chain(schemes)
            .find_map(|scheme| self.by(scheme))
        {
            Some(proof) => Ok(proof),
            None if auth.is_optional() => Ok(Proof::Nothing),
            None => Err(missing(schemes)),
        }
    }

    fn by(&self, scheme: &'static Scheme) -> Option<Proof<'_>> {
        match scheme {
            Scheme::SigV4(_) | Scheme::SigV4a(_) => {
                Some(Proof::Signature(self.credentials.as_ref()?, scheme))
            }
            Scheme::Bearer => Some(Proof::Token(self.token.as_ref()?)),
        }
    }
}

impl Config {
    pub(in crate::client) async fn credentials(
        &self,
        cache: &CredentialsCache,
        call: Call,
    ) -> Result<Credentials, Failure> {
        let credentials = cache.get(&self.patience.system).await;
        credentials.map_err(|error| Failure::new(call, FailureKind::Credentials, error))
    }

    /// Signs a request in its headers. Returns the time of the signature.
    pub(in crate::client) fn sign(
        &self,
        scope: Option<Scope<'_>>,
        request: &mut Request<Body>,
        payload: &Payload,
        credentials: &Credentials,
        call: Call,
    ) -> Result<SystemTime, Failure> {
        let signer = self.signer(scope, credentials, call)?;
        let signed = signer.sign(request, payload);
        signed.map_err(|error| Failure::new(call, FailureKind::Request, error))?;
        Ok(signer.time)
    }

    /// Signs a request in its query, for somebody who sends it within the duration.
    pub(in crate::client) fn presign(
        &self,
        scope: Option<Scope<'_>>,
        request: &mut Request<Body>,
        payload: &Payload,
        credentials: &Credentials,
        expires_in: Duration,
        call: Call,
    ) -> Result<(), Failure> {
        let signed = self
            .signer(scope, credentials, call)?
            .presign(request, payload, expires_in);
        signed.map_err(|error| Failure::new(call, FailureKind::Request, error))
    }

    fn signer<'s>(
        &'s self,
        scope: Option<Scope<'s>>,
        credentials: &'s Credentials,
        call: Call,
    ) -> Result<Signer<'s>, Failure> {
        let Some(scope) = scope else {
            return Err(Failure::new(
                call,
                FailureKind::Config,
                self.targets.missing_region(),
            ));
        };
        let time = self.clock_skew.apply(self.patience.system.now());
        Ok(Signer {
            scope,
            credentials,
            keys: &self.signing_keys,
            time,
        })
    }

    /// Puts a token into a request. It would be anybody's who can read along, so that it only goes
    /// over TLS.
    pub(in crate::client) async fn authorize(
        &self,
        cache: &TokenCache,
        request: &mut Request<Body>,
        call: Call,
    ) -> Result<(), Failure> {
        let refused = |error: BoxError| Failure::new(call, FailureKind::Credentials, error);
        if request.uri().scheme() != Some(&http::uri::Scheme::HTTPS) {
            return Err(refused("a token is only sent over https".into()));
        }
        let token = cache
            .get(&self.patience.system)
            .await
            .map_err(|error| refused(error.into()))?;
        let header = HeaderValue::try_from(format!("Bearer {}", token.token()));
        let mut header =
            header.map_err(|_| refused("the token cannot be part of a header".into()))?;
        header.set_sensitive(true);
        request.headers_mut().insert(AUTHORIZATION, header);
        Ok(())
    }
}

pub(in crate::client) fn missing(schemes: &[Scheme]) -> ConfigError {
    ConfigError::new(match schemes {
        [Scheme::Bearer] => "no token: set `bearer_token`",
        [Scheme::SigV4(_) | Scheme::SigV4a(_)] => "no credentials: set `credentials`",
        _ => "neither credentials nor a token: set `credentials` or `bearer_token`",
    })
}
