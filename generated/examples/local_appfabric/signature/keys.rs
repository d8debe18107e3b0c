//! The access keys whose signatures are accepted.

use super::super::account::Scope;
use super::mac;
use hmac::Mac;
use std::collections::BTreeMap;
use std::fmt;

/// Access keys by ID.
#[derive(Default)]
pub(crate) struct Keys(BTreeMap<String, Key>);

pub(super) struct Key {
    secret: String,
    token: Option<String>,
}

impl Keys {
    /// Adds `KEY:SECRET` or `KEY:SECRET:TOKEN`.
    pub(crate) fn add(&mut self, text: &str) -> Result<(), String> {
        let mut parts = text.splitn(3, ':').map(str::to_owned);
        match (parts.next(), parts.next(), parts.next()) {
            (Some(id), Some(secret), token) if !id.is_empty() && !secret.is_empty() => {
                self.0.insert(id, Key { secret, token });
                Ok(())
            }
            _ => Err("--verify-signatures needs KEY:SECRET or KEY:SECRET:TOKEN".to_owned()),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn find(&self, id: &str) -> Option<&Key> {
        self.0.get(id)
    }
}

/// Prints the IDs only.
impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Key {
    pub(super) fn accepts_token(&self, token: Option<&str>) -> bool {
        self.token.as_deref() == token
    }

    /// Whether the signature of a text is right. The comparison takes constant time.
    pub(super) fn signs(&self, scope: &Scope, text: &[u8], signature: &[u8]) -> bool {
        let mut key = format!("AWS4{}", self.secret).into_bytes();
        for part in [&scope.date, &scope.region, &scope.service, "aws4_request"] {
            let Some(mac) = mac(&key, part.as_bytes()) else {
                return false;
            };
            key = mac.finalize().into_bytes().to_vec();
        }
        mac(&key, text).is_some_and(|mac| mac.verify_slice(signature).is_ok())
    }
}
