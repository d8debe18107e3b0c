//! Credentials and tokens, cached until shortly before they expire.

#[cfg(test)]
mod tests;

use super::super::System;
use super::super::system::within;
use super::flight::Flight;
use super::text::{check_header_text, check_secret};
use crate::BoxError;
use aws_credential_types::provider::error::{CredentialsError, TokenError};
use aws_credential_types::provider::token::{ProvideToken, SharedTokenProvider};
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_credential_types::{Credentials, Token};
use std::error::Error;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, SystemTime};

/// How long before their expiry credentials are replaced, unless that is more than half of the time
/// they have left.
const BUFFER: Duration = Duration::from_secs(5 * 60);
/// When to ask again for credentials without an expiry, as a file may have changed.
const NO_EXPIRY: Duration = Duration::from_secs(15 * 60);
/// When to ask again for credentials that had expired when the provider gave them.
const EXPIRED: Duration = Duration::from_secs(1);
/// When to ask again after new credentials could not be loaded while the old ones are still valid.
const POSTPONE: Duration = Duration::from_secs(60);
/// How long a provider may take by default: the load timeout of the AWS SDKs' identity caches.
pub(in crate::client) const LOAD_TIMEOUT: Duration = Duration::from_secs(5);

/// The source of what is cached.
pub(in crate::client) trait Provider: Clone + Send + Sync + 'static {
    type Identity: Clone + PartialEq + Send + Sync + 'static;
    type Error: Error + Send + Sync + 'static;

    fn provide(&self) -> impl Future<Output = Result<Self::Identity, Self::Error>> + Send;
    fn expiry(identity: &Self::Identity) -> Option<SystemTime>;
    /// Checks that a request can hold the identity. The message names the part that it cannot hold.
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

/// What a provider gives. Calls that need new credentials at the same time share one request to the
/// provider, whether it succeeds or fails.
pub(in crate::client) struct Cache<P: Provider> {
    provider: P,
    /// How long the provider may take.
    timeout: Option<Duration>,
    state: Mutex<State<P>>,
}

pub(in crate::client) type CredentialsCache = Cache<SharedCredentialsProvider>;
pub(in crate::client) type TokenCache = Cache<SharedTokenProvider>;

type Load<P> = Flight<<P as Provider>::Identity, <P as Provider>::Error>;

struct State<P: Provider> {
    held: Option<Held<P::Identity>>,
    /// The load under way. Its callers own it, so that it ends when none of them waits any longer.
    load: Weak<Load<P>>,
}

struct Held<T> {
    identity: T,
    refresh_at: SystemTime,
}

/// What a call does for an identity.
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
                held: None,
                load: Weak::new(),
            }),
        }
    }

    /// An identity that is valid now. One that is about to expire is replaced by the first call
    /// that needs it, and serves all others until then. If it cannot be replaced, it serves as long
    /// as it is valid.
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
                    self.hold(&identity, now);
                }
                Ok(identity)
            }
            Err(error) => self.fall_back(&load, &error, now).ok_or(error),
        }
    }

    /// Forgets an identity that the service calls expired, unless it was replaced since.
    pub(in crate::client) fn forget(&self, expired: &P::Identity) {
        self.state().held.take_if(|held| held.identity == *expired);
    }

    fn next(&self, system: &Arc<dyn System>) -> Next<P> {
        let now = system.now();
        let mut state = self.state();
        let load = state.load.upgrade();
        match &state.held {
            Some(held) if now < held.refresh_at || (load.is_some() && held.is_valid::<P>(now)) => {
                return Next::Use(held.identity.clone());
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

    fn hold(&self, identity: &P::Identity, now: SystemTime) {
        let refresh_at = after(now, time_to_refresh(P::expiry(identity), now));
        let held = Some(Held {
            identity: identity.clone(),
            refresh_at,
        });
        *self.state() = State {
            held,
            load: Weak::new(),
        };
    }

    /// The old identity after a load that failed, if it is still valid.
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
        let held = state.held.as_mut().filter(|held| held.is_valid::<P>(now))?;
        if held.refresh_at <= now {
            tracing::warn!(%error, "cannot refresh credentials; the old ones serve for now");
            held.refresh_at = after(now, POSTPONE);
        }
        Some(held.identity.clone())
    }

    fn state(&self) -> MutexGuard<'_, State<P>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Held<T> {
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

/// How long credentials serve before they are replaced.
fn time_to_refresh(expiry: Option<SystemTime>, now: SystemTime) -> Duration {
    match expiry.map(|expiry| expiry.duration_since(now).unwrap_or_default()) {
        None => NO_EXPIRY,
        Some(Duration::ZERO) => EXPIRED,
        Some(left) => left - BUFFER.min(left / 2),
    }
}

/// A time that many seconds later; the same if the system's time does not reach that far.
fn after(now: SystemTime, pause: Duration) -> SystemTime {
    now.checked_add(pause).unwrap_or(now)
}
