//! Signing of requests.

use crate::client::auth::clock_skew::ClockSkew;
use crate::client::auth::credentials::{CredentialsCache, TokenCache};
use crate::client::auth::identity::Identities;
use crate::client::auth::payload::Payload;
use crate::client::auth::sigv4::key::SigningKeys;
use crate::client::auth::sigv4::scope::Scope;
use crate::client::auth::sigv4::signer::Signer;
use crate::client::system::System;
use crate::error::box_error::BoxError;
use crate::error::failure::Failure;
use crate::error::meta::{Call, FailureKind};
use crate::http_binding::body::body_type::Body;
use aws_credential_types::Credentials;
use http::header::AUTHORIZATION;
use http::{HeaderValue, Request};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Authenticates the requests of a client.
pub(in crate::client) struct Authenticator {
    pub(in crate::client) identities: Identities,
    pub(in crate::client) clock_skew: ClockSkew,
    signing_keys: SigningKeys,
    system: Arc<dyn System>,
}

impl Authenticator {
    pub(in crate::client) fn new(identities: Identities, system: Arc<dyn System>) -> Self {
        Self {
            identities,
            clock_skew: ClockSkew::default(),
            signing_keys: SigningKeys::default(),
            system,
        }
    }

    /// The credentials of a cache.
    pub(in crate::client) async fn credentials(
        &self,
        cache: &CredentialsCache,
        call: Call,
    ) -> Result<Credentials, Failure> {
        let credentials = cache.get(&self.system).await;
        credentials.map_err(|error| Failure::new(call, FailureKind::Credentials, error))
    }

    /// Adds a signature to the headers of a request. Returns the time of the signature.
    pub(in crate::client) fn sign(
        &self,
        scope: Scope<'_>,
        request: &mut Request<Body>,
        payload: &Payload,
        credentials: &Credentials,
    ) -> Result<SystemTime, BoxError> {
        let signer = self.signer(scope, credentials);
        signer.sign(request, payload)?;
        Ok(signer.time)
    }

    /// Adds a signature to the query string of a request. It is valid for the duration.
    pub(in crate::client) fn presign(
        &self,
        scope: Scope<'_>,
        request: &mut Request<Body>,
        payload: &Payload,
        credentials: &Credentials,
        expires_in: Duration,
    ) -> Result<(), BoxError> {
        self.signer(scope, credentials)
            .presign(request, payload, expires_in)
    }

    fn signer<'s>(&'s self, scope: Scope<'s>, credentials: &'s Credentials) -> Signer<'s> {
        Signer {
            scope,
            credentials,
            keys: &self.signing_keys,
            time: self.clock_skew.apply(self.system.now()),
        }
    }

    /// Adds a bearer token to a request. Without TLS the token could be read by others, so that is
    /// an error.
    pub(in crate::client) async fn add_token(
        &self,
        cache: &TokenCache,
        request: &mut Request<Body>,
        call: Call,
    ) -> Result<(), Failure> {
        let failure = |error: BoxError| Failure::new(call, FailureKind::Credentials, error);
        if request.uri().scheme() != Some(&http::uri::Scheme::HTTPS) {
            return Err(failure("a bearer token can only be sent over https".into()));
        }
        let token = cache
            .get(&self.system)
            .await
            .map_err(|error| failure(error.into()))?;
        let mut header = HeaderValue::try_from(format!("Bearer {}", token.token()))
            .map_err(|_| failure("the bearer token is not a valid header value".into()))?;
        header.set_sensitive(true);
        request.headers_mut().insert(AUTHORIZATION, header);
        Ok(())
    }
}
