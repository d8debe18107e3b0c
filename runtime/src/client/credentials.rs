//! Credentials and tokens, cached until shortly before they expire.

use super::System;
use super::system::within;
use crate::BoxError;
use aws_credential_types::provider::error::{CredentialsError, TokenError};
use aws_credential_types::provider::token::{ProvideToken, SharedTokenProvider};
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_credential_types::{Credentials, Token};
use std::error::Error;
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

/// Where what is cached comes from.
pub(super) trait Provider {
    type Identity: Clone + PartialEq;
    type Error: Error + Send + Sync + 'static;

    fn provide(&self) -> impl Future<Output = Result<Self::Identity, Self::Error>> + Send;
    fn expiry(identity: &Self::Identity) -> Option<SystemTime>;
    fn timed_out(limit: Duration) -> Self::Error;
    fn failed(error: BoxError) -> Self::Error;
}

impl Provider for SharedCredentialsProvider {
    type Identity = Credentials;
    type Error = CredentialsError;

    fn provide(&self) -> impl Future<Output = Result<Credentials, CredentialsError>> + Send {
        self.provide_credentials()
    }

    fn expiry(credentials: &Credentials) -> Option<SystemTime> {
        credentials.expiry()
    }

    fn timed_out(limit: Duration) -> CredentialsError {
        CredentialsError::provider_timed_out(limit)
    }

    fn failed(error: BoxError) -> CredentialsError {
        CredentialsError::provider_error(error)
    }
}

impl Provider for SharedTokenProvider {
    type Identity = Token;
    type Error = TokenError;

    fn provide(&self) -> impl Future<Output = Result<Token, TokenError>> + Send {
        self.provide_token()
    }

    fn expiry(token: &Token) -> Option<SystemTime> {
        token.expiration()
    }

    fn timed_out(limit: Duration) -> TokenError {
        TokenError::provider_timed_out(limit)
    }

    fn failed(error: BoxError) -> TokenError {
        TokenError::provider_error(error)
    }
}

/// What a provider gives. However many calls need new credentials at once, the provider is asked once.
pub(super) struct Cache<P: Provider> {
    provider: P,
    held: RwLock<Option<Held<P::Identity>>>,
    loading: tokio::sync::Mutex<()>,
}

pub(super) type CredentialsCache = Cache<SharedCredentialsProvider>;
pub(super) type TokenCache = Cache<SharedTokenProvider>;

#[derive(Clone)]
struct Held<T> {
    identity: T,
    refresh_at: SystemTime,
}

/// What the cache can offer.
enum Offer<T> {
    Fresh(T),
    /// Good still, but not for long.
    Stale(T),
    None,
}

impl<P: Provider> Cache<P> {
    pub(super) fn new(provider: P) -> Self {
        Self { provider, held: RwLock::new(None), loading: tokio::sync::Mutex::new(()) }
    }

    /// Credentials that are good now. Those about to expire are replaced by one of the calls that need them; if that
    /// fails, they serve as long as they are good.
    pub(super) async fn get(&self, system: &dyn System) -> Result<P::Identity, P::Error> {
        match self.offer(system.now()) {
            Offer::Fresh(identity) => Ok(identity),
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
                    Offer::Fresh(identity) | Offer::Stale(identity) => Ok(identity),
                    Offer::None => self.load(system).await,
                }
            }
        }
    }

    /// Forgets the credentials that the service said have expired, unless they were replaced since.
    pub(super) fn forget(&self, expired: &P::Identity) {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        held.take_if(|held| held.identity == *expired);
    }

    fn offer(&self, now: SystemTime) -> Offer<P::Identity> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        match &*held {
            Some(held) if now < held.refresh_at => Offer::Fresh(held.identity.clone()),
            Some(held) if P::expiry(&held.identity).is_none_or(|expiry| now < expiry) => {
                Offer::Stale(held.identity.clone())
            }
            _ => Offer::None,
        }
    }

    async fn load(&self, system: &dyn System) -> Result<P::Identity, P::Error> {
        let provided = within(system, PATIENCE, self.provider.provide()).await.map_err(P::failed)?;
        let identity = provided.unwrap_or_else(|| Err(P::timed_out(PATIENCE)))?;
        let now = system.now();
        self.hold(&identity, now + time_to_refresh(P::expiry(&identity), now));
        Ok(identity)
    }

    fn hold(&self, identity: &P::Identity, refresh_at: SystemTime) {
        let held = Held { identity: identity.clone(), refresh_at };
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
    struct Hourly {
        asked: Arc<AtomicU32>,
        fails: Arc<AtomicU32>,
    }

    /// Seconds since 1970. Nobody waits for pauses of this clock.
    #[derive(Clone, Debug, Default)]
    struct Clock(Arc<AtomicU64>);

    impl ProvideCredentials for Hourly {
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
                Ok(())
            })
        }
    }

    struct Test {
        provider: Hourly,
        clock: Clock,
        cache: Arc<CredentialsCache>,
    }

    impl Test {
        fn new() -> Self {
            let provider = Hourly::default();
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
