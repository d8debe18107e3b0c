//! Signing of requests.

#[cfg(test)]
mod tests;

use crate::client::auth::payload::{Payload, UNSIGNED_PAYLOAD};
use crate::client::auth::sigv4::canonical::{CanonicalRequest, push_encoded, signed_headers};
use crate::client::auth::sigv4::key::SigningKeys;
use crate::client::auth::sigv4::scope::Scope;
use crate::client::auth::sigv4::time::SigningTime;
use crate::error::box_error::BoxError;
use crate::http_binding::body::body_type::Body;
use crate::types::hex::hex;
use aws_credential_types::Credentials;
use hmac::Mac as _;
use http::header::AUTHORIZATION;
use http::uri::PathAndQuery;
use http::{HeaderName, HeaderValue, Request, Uri};
use sha2::{Digest as _, Sha256};
use std::time::{Duration, SystemTime};

const X_AMZ_CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const X_AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const X_AMZ_REGION_SET: HeaderName = HeaderName::from_static("x-amz-region-set");
const X_AMZ_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// Signs requests at one time with one set of credentials.
pub(in crate::client) struct Signer<'s> {
    pub(in crate::client) scope: Scope<'s>,
    pub(in crate::client) credentials: &'s Credentials,
    pub(in crate::client) keys: &'s SigningKeys,
    pub(in crate::client) time: SystemTime,
}

impl Signer<'_> {
    /// Adds a signature in the `Authorization` header. It covers the method, path, query, host, all
    /// headers that proxies leave alone, and the payload.
    pub(in crate::client) fn sign(
        &self,
        request: &mut Request<Body>,
        payload: &Payload,
    ) -> Result<(), BoxError> {
        let time = SigningTime::new(self.time)?;
        let headers = request.headers_mut();
        headers.insert(X_AMZ_DATE, HeaderValue::from_str(time.date_time())?);
        if let Some(token) = self.credentials.session_token() {
            let mut token = HeaderValue::from_str(token)?;
            token.set_sensitive(true);
            headers.insert(X_AMZ_SECURITY_TOKEN, token);
        }
        if matches!(payload, Payload::Unsigned) {
            headers.insert(
                X_AMZ_CONTENT_SHA256,
                HeaderValue::from_static(UNSIGNED_PAYLOAD),
            );
        }
        if self.scope.is_set {
            headers.insert(X_AMZ_REGION_SET, HeaderValue::from_str(self.scope.region)?);
        }
        let canonical =
            CanonicalRequest::new(request, request.uri().query(), payload.hash(), &self.scope)?;
        let mut text = String::with_capacity(256);
        text.extend([
            self.algorithm(),
            " Credential=",
            self.credentials.access_key_id(),
            "/",
        ]);
        self.push_scope(&mut text, &time);
        text.extend([
            ", SignedHeaders=",
            canonical.signed_headers(),
            ", Signature=",
        ]);
        text.push_str(&self.signature(&time, &canonical)?);
        let mut authorization = HeaderValue::try_from(text)?;
        authorization.set_sensitive(true);
        request.headers_mut().insert(AUTHORIZATION, authorization);
        Ok(())
    }

    /// Adds a signature in the query, which is valid for the duration. It covers the same as one in
    /// a header.
    pub(in crate::client) fn presign(
        &self,
        request: &mut Request<Body>,
        payload: &Payload,
        expires_in: Duration,
    ) -> Result<(), BoxError> {
        let time = SigningTime::new(self.time)?;
        let mut query = request.uri().query().unwrap_or_default().to_owned();
        let mut credential = format!("{}/", self.credentials.access_key_id());
        self.push_scope(&mut credential, &time);
        push_parameter(&mut query, "X-Amz-Algorithm", self.algorithm());
        push_parameter(&mut query, "X-Amz-Credential", &credential);
        push_parameter(&mut query, "X-Amz-Date", time.date_time());
        if self.scope.is_set {
            push_parameter(&mut query, "X-Amz-Region-Set", self.scope.region);
        }
        push_parameter(&mut query, "X-Amz-SignedHeaders", &signed_headers(request));
        push_parameter(
            &mut query,
            "X-Amz-Expires",
            &expires_in.as_secs().to_string(),
        );
        if let Some(token) = self.credentials.session_token() {
            push_parameter(&mut query, "X-Amz-Security-Token", token);
        }
        let canonical = CanonicalRequest::new(request, Some(&query), payload.hash(), &self.scope)?;
        push_parameter(
            &mut query,
            "X-Amz-Signature",
            &self.signature(&time, &canonical)?,
        );
        let path = request.uri().path();
        let path_and_query = PathAndQuery::try_from(format!("{path}?{query}"))?;
        let mut parts = std::mem::take(request.uri_mut()).into_parts();
        parts.path_and_query = Some(path_and_query);
        *request.uri_mut() = Uri::from_parts(parts)?;
        Ok(())
    }

    fn algorithm(&self) -> &'static str {
        if self.scope.is_set {
            "AWS4-ECDSA-P256-SHA256"
        } else {
            "AWS4-HMAC-SHA256"
        }
    }

    /// The credential scope: `20150830/us-east-1/service/aws4_request`, in version 4a without the
    /// Region.
    fn push_scope(&self, text: &mut String, time: &SigningTime) {
        text.extend([time.date(), "/"]);
        if !self.scope.is_set {
            text.extend([self.scope.region, "/"]);
        }
        text.extend([self.scope.name, "/aws4_request"]);
    }

    fn string_to_sign(&self, time: &SigningTime, canonical: &CanonicalRequest) -> String {
        let mut text = String::with_capacity(256);
        text.extend([self.algorithm(), "\n", time.date_time(), "\n"]);
        self.push_scope(&mut text, time);
        text.extend(["\n", &hex(&Sha256::digest(canonical.as_bytes()))]);
        text
    }

    /// The signature, in hexadecimal.
    fn signature(
        &self,
        time: &SigningTime,
        canonical: &CanonicalRequest,
    ) -> Result<String, BoxError> {
        let text = self.string_to_sign(time, canonical);
        if self.scope.is_set {
            return asymmetric_signature(self.credentials, &text);
        }
        let mut mac = self.keys.get(self.credentials, time.date(), &self.scope)?;
        mac.update(text.as_bytes());
        Ok(hex(&mac.finalize().into_bytes()))
    }
}

/// The signature of version 4a. The key derivation and the curve are those of AWS's library; its
/// functions for whole requests are not used, since they write what they sign, session tokens
/// included, to the log.
#[cfg(feature = "sigv4a")]
fn asymmetric_signature(credentials: &Credentials, text: &str) -> Result<String, BoxError> {
    use aws_sigv4::sign::v4a::{calculate_signature, generate_signing_key};
    let key = generate_signing_key(credentials.access_key_id(), credentials.secret_access_key());
    Ok(calculate_signature(key, text.as_bytes()))
}

#[cfg(not(feature = "sigv4a"))]
fn asymmetric_signature(_: &Credentials, _: &str) -> Result<String, BoxError> {
    Err("this endpoint requires Signature Version 4a: switch on the feature `sigv4a`".into())
}

/// Appends a parameter to a query, percent-encoded.
fn push_parameter(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() && !query.ends_with('&') {
        query.push('&');
    }
    query.extend([name, "="]);
    push_encoded(query, value.as_bytes());
}
