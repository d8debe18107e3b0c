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

#[cfg(test)]
mod tests {
    use super::super::system::Sleep;
    use super::*;
    use aws_credential_types::provider::future::ProvideCredentials as Provided;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

    /// Gives credentials that are good for an hour, after a while; fails when told to.
    #[derive(Clone, Debug, Default)]
    struct Provider {
        asked: Arc<AtomicU32>,
        fails: Arc<AtomicU32>,
    }

    /// Seconds since 1970. Nobody waits for pauses of this clock.
    #[derive(Clone, Debug, Default)]
    struct Clock(Arc<AtomicU64>);

    impl ProvideCredentials for Provider {
        fn provide_credentials<'a>(&'a self) -> Provided<'a>
        where
            Self: 'a,
        {
            Provided::new(async {
                let number = self.asked.fetch_add(1, Ordering::SeqCst);
                tokio::task::yield_now().await;
                match self.fails.load(Ordering::SeqCst) {
                    0 => {
                        let expiry =
                            SystemTime::UNIX_EPOCH + Duration::from_secs(3600 * u64::from(number + 1));
                        Ok(Credentials::new(format!("AKID{number}"), "s3cret", None, Some(expiry), "test"))
                    }
                    1 => Err(CredentialsError::not_loaded("the token has expired")),
                    _ => std::future::pending().await,
                }
            })
        }
    }

    impl System for Clock {
        fn now(&self) -> SystemTime {
            SystemTime::UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::SeqCst))
        }

        fn sleep(&self, duration: Duration) -> Sleep {
            assert_eq!(duration, PATIENCE);
            // Longer than it takes the provider above to answer.
            Box::pin(async {
                tokio::task::yield_now().await;
                tokio::task::yield_now().await;
            })
        }
    }

    struct Test {
        provider: Provider,
        clock: Clock,
        cache: Arc<CredentialsCache>,
    }

    impl Test {
        fn new() -> Self {
            let provider = Provider::default();
            let cache = Arc::new(CredentialsCache::new(SharedCredentialsProvider::new(provider.clone())));
            Self { provider, clock: Clock::default(), cache }
        }

        async fn key_at(&self, seconds: u64) -> Result<String, String> {
            self.clock.0.store(seconds, Ordering::SeqCst);
            let got = self.cache.get(&self.clock).await;
            got.map(|credentials| credentials.access_key_id().to_owned())
                .map_err(|error| format!("{error:?}"))
        }
    }

    #[tokio::test]
    async fn the_provider_is_asked_once_for_all() {
        let test = Test::new();
        let calls: Vec<_> = (0..100)
            .map(|_| {
                let (cache, clock) = (test.cache.clone(), test.clock.clone());
                tokio::spawn(async move { cache.get(&clock).await.map(|it| it.access_key_id().to_owned()) })
            })
            .collect();
        for call in calls {
            assert_eq!(call.await.unwrap().unwrap(), "AKID0");
        }
        assert_eq!(test.provider.asked.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn credentials_are_replaced_before_they_expire() {
        let test = Test::new();
        assert_eq!(test.key_at(0).await.unwrap(), "AKID0");
        assert_eq!(test.key_at(3600 - 301).await.unwrap(), "AKID0");
        assert_eq!(test.key_at(3600 - 300).await.unwrap(), "AKID1");
    }

    #[tokio::test]
    async fn old_credentials_serve_as_long_as_they_are_good() {
        let test = Test::new();
        assert_eq!(test.key_at(0).await.unwrap(), "AKID0");
        test.provider.fails.store(1, Ordering::SeqCst);
        assert_eq!(test.key_at(3400).await.unwrap(), "AKID0");
        // It is not asked again at once.
        assert_eq!(test.key_at(3401).await.unwrap(), "AKID0");
        assert_eq!(test.provider.asked.load(Ordering::SeqCst), 2);
        let error = test.key_at(3600).await.unwrap_err();
        assert!(error.contains("the token has expired"), "{error}");
    }

    #[tokio::test]
    async fn what_the_service_refused_is_forgotten() {
        let test = Test::new();
        let refused = test.cache.get(&test.clock).await.unwrap();
        test.cache.forget(&refused);
        assert_eq!(test.key_at(0).await.unwrap(), "AKID1");
        // Another call may have been refused for the same credentials; the new ones stay.
        test.cache.forget(&refused);
        assert_eq!(test.key_at(0).await.unwrap(), "AKID1");
    }

    #[tokio::test]
    async fn a_provider_that_does_not_answer() {
        let test = Test::new();
        test.provider.fails.store(2, Ordering::SeqCst);
        let error = test.key_at(0).await.unwrap_err();
        assert!(error.contains("5s"), "{error}");
    }
}
