//! Caches of credentials and tokens.

#[cfg(test)]
mod tests;

use crate::client::auth::flight::Flight;
use crate::client::auth::text::{check_header_text, check_secret};
use crate::client::system::{System, within};
use crate::error::box_error::BoxError;
use aws_credential_types::provider::error::{CredentialsError, TokenError};
use aws_credential_types::provider::token::{ProvideToken, SharedTokenProvider};
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_credential_types::{Credentials, Token};
use std::error::Error;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, SystemTime};

/// The time before their expiry at which credentials are refreshed; at most half of their remaining
/// lifetime.
const BUFFER: Duration = Duration::from_secs(5 * 60);
/// The refresh interval of credentials without an expiry, whose source may change, such as a file.
const NO_EXPIRY: Duration = Duration::from_secs(15 * 60);
/// The refresh interval of credentials that are expired when the provider returns them.
const EXPIRED: Duration = Duration::from_secs(1);
/// The time until the next refresh after a refresh failed, while the credentials are still valid.
const POSTPONE: Duration = Duration::from_secs(60);
/// The default limit for a provider: the load timeout of the identity caches of the AWS SDKs.
pub(in crate::client) const LOAD_TIMEOUT: Duration = Duration::from_secs(5);

/// A provider of identities.
pub(in crate::client) trait Provider: Clone + Send + Sync + 'static {
    type Identity: Clone + PartialEq + Send + Sync + 'static;
    type Error: Error + Send + Sync + 'static;

    fn provide(&self) -> impl Future<Output = Result<Self::Identity, Self::Error>> + Send;
    fn expiry(identity: &Self::Identity) -> Option<SystemTime>;
    /// Checks that the identity can be part of a request. The error names the invalid part.
    fn check(identity: &Self::Identity) -> Result<(), String>;
    fn invalid(message: String) -> Self::Error;
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

    fn check(credentials: &Credentials) -> Result<(), String> {
        check_header_text("the access key ID", credentials.access_key_id())?;
        check_secret("the secret access key", credentials.secret_access_key())?;
        credentials.session_token().map_or(Ok(()), |token| {
            check_header_text("the session token", token)
        })
    }

    fn invalid(message: String) -> CredentialsError {
        CredentialsError::invalid_configuration(message)
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

    fn check(token: &Token) -> Result<(), String> {
        check_header_text("the bearer token", token.token())
    }

    fn invalid(message: String) -> TokenError {
        TokenError::invalid_configuration(message)
    }

    fn timed_out(limit: Duration) -> TokenError {
        TokenError::provider_timed_out(limit)
    }

    fn failed(error: BoxError) -> TokenError {
        TokenError::provider_error(error)
    }
}

/// A cache for the identities of a provider. Concurrent calls that need a new identity share one
/// request to the provider, and its result.
pub(in crate::client) struct Cache<P: Provider> {
    provider: P,
    /// The limit for the provider.
    timeout: Option<Duration>,
    state: Mutex<State<P>>,
}

pub(in crate::client) type CredentialsCache = Cache<SharedCredentialsProvider>;
pub(in crate::client) type TokenCache = Cache<SharedTokenProvider>;

type Load<P> = Flight<<P as Provider>::Identity, <P as Provider>::Error>;

struct State<P: Provider> {
    cached: Option<Cached<P::Identity>>,
    /// The current load. It is owned by its callers and dropped with the last of them.
    load: Weak<Load<P>>,
}

struct Cached<T> {
    identity: T,
    refresh_at: SystemTime,
}

/// How a call gets an identity.
enum Next<P: Provider> {
    Use(P::Identity),
    Wait(Arc<Load<P>>),
}

impl<P: Provider> Cache<P> {
    pub(in crate::client) fn new(provider: P, timeout: Option<Duration>) -> Self {
        Self {
            provider,
            timeout,
            state: Mutex::new(State {
                cached: None,
                load: Weak::new(),
            }),
        }
    }

    /// A valid identity. The first call after its refresh time loads a new identity; other calls
    /// use the old one meanwhile. If the load fails, the old identity is used while it is valid.
    pub(in crate::client) async fn get(
        &self,
        system: &Arc<dyn System>,
    ) -> Result<P::Identity, Arc<P::Error>> {
        let load = match self.next(system) {
            Next::Use(identity) => return Ok(identity),
            Next::Wait(load) => load,
        };
        let (outcome, is_first) = load.join().await;
        let now = system.now();
        match outcome {
            Ok(identity) => {
                if is_first {
                    self.store(&identity, now);
                }
                Ok(identity)
            }
            Err(error) => self.fall_back(&load, &error, now).ok_or(error),
        }
    }

    /// Removes an identity that the service rejected as expired, unless it was replaced.
    pub(in crate::client) fn forget(&self, expired: &P::Identity) {
        self.state()
            .cached
            .take_if(|cached| cached.identity == *expired);
    }

    fn next(&self, system: &Arc<dyn System>) -> Next<P> {
        let now = system.now();
        let mut state = self.state();
        let load = state.load.upgrade();
        match &state.cached {
            Some(cached)
                if now < cached.refresh_at || (load.is_some() && cached.is_valid::<P>(now)) =>
            {
                return Next::Use(cached.identity.clone());
            }
            _ => {}
        }
        Next::Wait(load.unwrap_or_else(|| {
            let load = load_from(self.provider.clone(), self.timeout, system.clone());
            let panicked = |text: &str| P::failed(format!("the provider panicked: {text}").into());
            let load = Arc::new(Flight::new(load, panicked));
            state.load = Arc::downgrade(&load);
            load
        }))
    }

    fn store(&self, identity: &P::Identity, now: SystemTime) {
        let refresh_at = later(now, time_to_refresh(P::expiry(identity), now));
        let cached = Some(Cached {
            identity: identity.clone(),
            refresh_at,
        });
        *self.state() = State {
            cached,
            load: Weak::new(),
        };
    }

    /// The old identity after a failed load, if it is still valid.
    fn fall_back(
        &self,
        failed: &Arc<Load<P>>,
        error: &P::Error,
        now: SystemTime,
    ) -> Option<P::Identity> {
        let mut state = self.state();
        if std::ptr::eq(state.load.as_ptr(), Arc::as_ptr(failed)) {
            state.load = Weak::new();
        }
        let cached = state
            .cached
            .as_mut()
            .filter(|cached| cached.is_valid::<P>(now))?;
        if cached.refresh_at <= now {
            tracing::warn!(%error, "cannot refresh credentials; using the old ones");
            cached.refresh_at = later(now, POSTPONE);
        }
        Some(cached.identity.clone())
    }

    fn state(&self) -> MutexGuard<'_, State<P>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Cached<T> {
    fn is_valid<P: Provider<Identity = T>>(&self, now: SystemTime) -> bool {
        P::expiry(&self.identity).is_none_or(|expiry| now < expiry)
    }
}

async fn load_from<P: Provider>(
    provider: P,
    timeout: Option<Duration>,
    system: Arc<dyn System>,
) -> Result<P::Identity, P::Error> {
    let identity = match timeout {
        Some(limit) => {
            let provided = within(&*system, limit, provider.provide())
                .await
                .map_err(P::failed)?;
            provided.unwrap_or_else(|| Err(P::timed_out(limit)))?
        }
        None => provider.provide().await?,
    };
    P::check(&identity).map_err(P::invalid)?;
    Ok(identity)
}

/// The time until credentials are refreshed.
fn time_to_refresh(expiry: Option<SystemTime>, now: SystemTime) -> Duration {
    match expiry.map(|expiry| expiry.duration_since(now).unwrap_or_default()) {
        None => NO_EXPIRY,
        Some(Duration::ZERO) => EXPIRED,
        Some(left) => left - BUFFER.min(left / 2),
    }
}

/// A later time; the same time if the sum does not fit the type.
fn later(now: SystemTime, by: Duration) -> SystemTime {
    now.checked_add(by).unwrap_or(now)
}
