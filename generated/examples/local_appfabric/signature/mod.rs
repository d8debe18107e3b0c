//! Signatures of version 4 (*IAM User Guide*, AWS Signature Version 4 for API requests).

mod authentication;
mod canonical;
mod keys;

use super::text::hex;
use appfabric::rt::Timestamp;
use appfabric::rt::http::request::Parts;
use authentication::Authentication;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::time::Duration;

pub(crate) use keys::Keys;

/// The time by which the clock of a client may be wrong.
const TOLERANCE: Duration = Duration::from_secs(15 * 60);
/// The longest lifetime of a presigned request.
const LONGEST_LIFETIME: Duration = Duration::from_secs(7 * 24 * 60 * 60);
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// Why a request is refused (*IAM User Guide*, Troubleshoot Signature Version 4 signing).
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

impl Refusal {
    fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    fn missing() -> Self {
        let message = "Missing Authentication Token";
        Self::new(403, "MissingAuthenticationTokenException", message)
    }

    fn incomplete(message: impl Into<String>) -> Self {
        Self::new(400, "IncompleteSignature", message)
    }

    fn unknown_key() -> Self {
        let message = "The security token included in the request is invalid.";
        Self::new(403, "UnrecognizedClientException", message)
    }

    fn invalid(message: impl Into<String>) -> Self {
        Self::new(403, "InvalidSignatureException", message)
    }
}

/// Verifies the signature of a request for a service.
pub(crate) fn verify(
    keys: &Keys,
    service: &str,
    head: &Parts,
    body: &[u8],
    now: Timestamp,
) -> Result<(), Refusal> {
    let authentication = Authentication::of(head)?;
    let scope = &authentication.scope;
    let key = keys.find(&scope.key).ok_or_else(Refusal::unknown_key)?;
    if !key.accepts_token(authentication.token.as_deref()) {
        return Err(Refusal::unknown_key());
    }
    if scope.service != service {
        let message = format!("Credential should be scoped to correct service: '{service}'.");
        return Err(Refusal::invalid(message));
    }
    if authentication.time.get(..8) != Some(scope.date.as_str()) {
        let message = "Date in Credential scope does not match the date of the request.";
        return Err(Refusal::invalid(message));
    }
    check_time(&authentication, now)?;
    if !authentication.signs("host") {
        let message = "The header 'host' must be a signed header.";
        return Err(Refusal::invalid(message));
    }
    let payload = payload_hash(head, body)?;
    let request = canonical::request(head, &authentication, &payload)?;
    let text = format!(
        "AWS4-HMAC-SHA256\n{}\n{}/{}/{}/aws4_request\n{}",
        authentication.time,
        scope.date,
        scope.region,
        scope.service,
        hex(&Sha256::digest(request)),
    );
    if key.signs(scope, text.as_bytes(), &authentication.signature) {
        return Ok(());
    }
    let message = "The request signature we calculated does not match the signature you provided.";
    Err(Refusal::invalid(message))
}

fn check_time(authentication: &Authentication, now: Timestamp) -> Result<(), Refusal> {
    let time = authentication.timestamp()?;
    let text = &authentication.time;
    if let Some(ahead) = time.duration_since(now)
        && ahead > TOLERANCE
    {
        let message = format!("Signature not yet current: {text} is still later than {now}");
        return Err(Refusal::invalid(message));
    }
    let lifetime = match authentication.lifetime {
        Some(lifetime) if lifetime > LONGEST_LIFETIME => {
            let message = "X-Amz-Expires must be at most 604800 seconds.";
            return Err(Refusal::incomplete(message));
        }
        Some(lifetime) => lifetime,
        None => TOLERANCE,
    };
    match now.duration_since(time) {
        Some(age) if age > lifetime => {
            let message = format!("Signature expired: {text} is too long before {now}");
            Err(Refusal::invalid(message))
        }
        _ => Ok(()),
    }
}

/// The hash of the body in the canonical request. A header with another hash is an error.
fn payload_hash(head: &Parts, body: &[u8]) -> Result<String, Refusal> {
    let hash = hex(&Sha256::digest(body));
    match head.headers.get("x-amz-content-sha256") {
        Some(value) if value == UNSIGNED_PAYLOAD => Ok(UNSIGNED_PAYLOAD.to_owned()),
        Some(value) if value != hash.as_str() => {
            let message = "The header 'x-amz-content-sha256' does not match the body.";
            Err(Refusal::invalid(message))
        }
        _ => Ok(hash),
    }
}

fn mac(key: &[u8], text: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(text);
    Some(mac)
}
