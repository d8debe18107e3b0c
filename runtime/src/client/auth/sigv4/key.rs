//! Signing keys (*IAM User Guide*, Create a signed AWS API request, step 4).

use crate::client::auth::sigv4::scope::Scope;
use aws_credential_types::Credentials;
use hmac::digest::InvalidLength;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fmt;
use std::sync::{PoisonError, RwLock};
use zeroize::Zeroizing;

/// The signing key that a client used last.
///
/// A key is valid for one day, Region and service, and nearly all clients sign for one Region and
/// service: one key is enough. It is cached with the HMAC's state after it, which saves two of the
/// hash's blocks per signature.
#[derive(Default)]
pub(in crate::client) struct SigningKeys(RwLock<Option<CachedKey>>);

struct CachedKey {
    /// Shared with the caller, so there is no further copy of the secret.
    credentials: Credentials,
    date: String,
    region: String,
    name: String,
    key: Hmac<Sha256>,
}

impl SigningKeys {
    /// The HMAC, keyed with the signing key of these credentials.
    pub(super) fn get(
        &self,
        credentials: &Credentials,
        date: &str,
        scope: &Scope<'_>,
    ) -> Result<Hmac<Sha256>, InvalidLength> {
        let cached = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(cached) = cached
            .as_ref()
            .filter(|cached| cached.is_for(credentials, date, scope))
        {
            return Ok(cached.key.clone());
        }
        drop(cached);
        let key = derive(credentials.secret_access_key(), date, scope)?;
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(CachedKey {
            credentials: credentials.clone(),
            date: date.to_owned(),
            region: scope.region.to_owned(),
            name: scope.name.to_owned(),
            key: key.clone(),
        });
        Ok(key)
    }
}

impl CachedKey {
    fn is_for(&self, credentials: &Credentials, date: &str, scope: &Scope<'_>) -> bool {
        self.date == date
            && self.region == scope.region
            && self.name == scope.name
            && self.credentials.secret_access_key() == credentials.secret_access_key()
    }
}

fn derive(secret: &str, date: &str, scope: &Scope<'_>) -> Result<Hmac<Sha256>, InvalidLength> {
    let start = Zeroizing::new(format!("AWS4{secret}"));
    let mut mac = Hmac::<Sha256>::new_from_slice(start.as_bytes())?;
    for part in [date, scope.region, scope.name, "aws4_request"] {
        mac.update(part.as_bytes());
        mac = Hmac::new_from_slice(&mac.finalize().into_bytes())?;
    }
    Ok(mac)
}

/// Does not print the key.
impl fmt::Debug for SigningKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKeys").finish_non_exhaustive()
    }
}
