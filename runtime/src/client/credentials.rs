//! Credentials, cached until shortly before they expire.

use super::System;
use super::system::within;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, SystemTime};

/// How long before their expiry credentials are replaced, unless that is more than half of the time they have left.
const BUFFER: Duration = Duration::from_secs(5 * 60);
/// When to ask again for credentials that say nothing of an expiry, as a file may have changed.
const NO_EXPIRY: Duration = Duration::from_secs(15 * 60);
/// How long to put up with old credentials after new ones could not be had.
const POSTPONE: Duration = Duration::from_secs(60);
/// How long a provider may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// The credentials of a provider. However many calls need new ones at once, the provider is asked once.
pub(super) struct CredentialsCache {
    provider: SharedCredentialsProvider,
    held: RwLock<Option<Held>>,
    loading: tokio::sync::Mutex<()>,
}

#[derive(Clone)]
struct Held {
    credentials: Credentials,
    refresh_at: SystemTime,
}

/// What the cache can offer.
enum Offer {
    Fresh(Credentials),
    /// Good still, but not for long.
    Stale(Credentials),
    None,
}

impl CredentialsCache {
    pub(super) fn new(provider: SharedCredentialsProvider) -> Self {
        Self { provider, held: RwLock::new(None), loading: tokio::sync::Mutex::new(()) }
    }

    /// Credentials that are good now. Those about to expire are replaced by one of the calls that need them; if that
    /// fails, they serve as long as they are good.
    pub(super) async fn get(&self, system: &dyn System) -> Result<Credentials, CredentialsError> {
        match self.offer(system.now()) {
            Offer::Fresh(credentials) => Ok(credentials),
            Offer::Stale(old) => {
                let Ok(_loading) = self.loading.try_lock() else { return Ok(old) };
                match self.load(system).await {
                    Ok(new) => Ok(new),
                    Err(error) => {
                        tracing::warn!(%error, "cannot refresh credentials; the old ones serve for now");
                        self.hold(&old, system.now() + POSTPONE);
                        Ok(old)
                    }
                }
            }
            Offer::None => {
                let _loading = self.loading.lock().await;
                match self.offer(system.now()) {
                    Offer::Fresh(credentials) | Offer::Stale(credentials) => Ok(credentials),
                    Offer::None => self.load(system).await,
                }
            }
        }
    }

    /// Forgets the credentials that the service said have expired, unless they were replaced since.
    pub(super) fn forget(&self, expired: &Credentials) {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        held.take_if(|held| held.credentials == *expired);
    }

    fn offer(&self, now: SystemTime) -> Offer {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        match &*held {
            Some(held) if now < held.refresh_at => Offer::Fresh(held.credentials.clone()),
            Some(held) if held.credentials.expiry().is_none_or(|expiry| now < expiry) => {
                Offer::Stale(held.credentials.clone())
            }
            _ => Offer::None,
        }
    }

    async fn load(&self, system: &dyn System) -> Result<Credentials, CredentialsError> {
        let provided = within(system, PATIENCE, self.provider.provide_credentials()).await;
        let credentials = provided.unwrap_or_else(|| Err(CredentialsError::provider_timed_out(PATIENCE)))?;
        let now = system.now();
        self.hold(&credentials, now + time_to_refresh(credentials.expiry(), now));
        Ok(credentials)
    }

    fn hold(&self, credentials: &Credentials, refresh_at: SystemTime) {
        let held = Held { credentials: credentials.clone(), refresh_at };
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = Some(held);
    }
}

/// How long credentials serve before they are replaced.
fn time_to_refresh(expiry: Option<SystemTime>, now: SystemTime) -> Duration {
    let Some(expiry) = expiry else { return NO_EXPIRY };
    let left = expiry.duration_since(now).unwrap_or_default();
    left - BUFFER.min(left / 2)
}
