//! Keyed digests: page tokens, and the fingerprints of requests and credentials.

use super::errors::invalid_member;
use super::text::{hex, unhex};
use appfabric::rt::{Endpoint, Operation, Timestamp};
use appfabric::types::ValidationException;
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::time::Duration;

/// The key of all digests of a state. A new state has a random one.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Key(String);

/// The lifetime of page tokens (*AWS AppFabric API Reference*, `nextToken`).
const LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);

impl Key {
    pub(crate) fn random() -> Result<Self, appfabric::rt::RequestError> {
        let token = appfabric::rt::random_token()?;
        Ok(Self(token + &appfabric::rt::random_token()?))
    }

    /// A digest of the parts that does not reveal them.
    pub(crate) fn digest(&self, parts: &[&[u8]]) -> String {
        // HMAC accepts keys of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.0.as_bytes()) else {
            return String::new();
        };
        for part in parts {
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            mac.update(part);
        }
        hex(&mac.finalize().into_bytes())
    }

    /// A digest of all parameters of a request. The client token is to be cleared before.
    pub(crate) fn fingerprint<O: Operation>(&self, input: &O) -> Option<String> {
        let endpoint = Endpoint::new("http://localhost").ok()?;
        let request = input.request(&endpoint, &|| Ok(String::new())).ok()?;
        let uri = request.uri().to_string();
        Some(self.digest(&[O::NAME.as_bytes(), uri.as_bytes(), request.body()]))
    }

    /// The token of the page after the item with the number `after`. `list` identifies the list and
    /// the size of its pages.
    pub(crate) fn page_token(&self, list: &str, after: u64, now: Timestamp) -> String {
        let expires = now.seconds().saturating_add_unsigned(LIFETIME.as_secs());
        let text = format!("{after:x}-{expires:x}");
        let digest = self.digest(&[list.as_bytes(), text.as_bytes()]);
        hex(format!("{text}-{digest}").as_bytes())
    }

    /// The number in a page token of the list.
    pub(crate) fn open_page_token(
        &self,
        token: &str,
        list: &str,
        now: Timestamp,
    ) -> Result<u64, ValidationException> {
        let invalid = || {
            let message = "The token is invalid: it is from another list or page size, or expired.";
            invalid_member("nextToken", message)
        };
        let text = unhex(token).and_then(|it| String::from_utf8(it).ok());
        let text = text.ok_or_else(invalid)?;
        let (text, digest) = text.rsplit_once('-').ok_or_else(invalid)?;
        let (after, expires) = text.split_once('-').ok_or_else(invalid)?;
        let expires = i64::from_str_radix(expires, 16).map_err(|_| invalid())?;
        if self.digest(&[list.as_bytes(), text.as_bytes()]) != digest || now.seconds() >= expires {
            return Err(invalid());
        }
        u64::from_str_radix(after, 16).map_err(|_| invalid())
    }
}
