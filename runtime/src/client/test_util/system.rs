//! Time and random numbers of tests.

use crate::client::system::{Sleep, System, Tokio};
use crate::http_binding::request::error::RequestError;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// The time of the first request: 2024-01-01T00:00:00Z.
const START: Duration = Duration::from_secs(1_704_067_200);

/// Time, timers and random numbers that are the same in each run of a test. Pauses between attempts
/// and polls take no time, but the clock moves by their duration. Time limits are those of tokio.
#[derive(Debug, Default)]
pub(super) struct TestSystem {
    /// The sum of all pauses.
    paused: Mutex<Duration>,
    /// The number of idempotency tokens.
    tokens: AtomicU64,
}

impl TestSystem {
    fn paused(&self) -> Duration {
        *self.paused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl System for TestSystem {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + START + self.paused()
    }

    fn instant(&self) -> Instant {
        Tokio.instant() + self.paused()
    }

    fn pause(&self, duration: Duration) -> Sleep {
        let mut paused = self.paused.lock().unwrap_or_else(PoisonError::into_inner);
        *paused = paused.saturating_add(duration);
        Box::pin(std::future::ready(Ok(())))
    }

    fn random(&self) -> f64 {
        0.5
    }

    fn token(&self) -> Result<String, RequestError> {
        let number = self.tokens.fetch_add(1, Ordering::Relaxed) + 1;
        Ok(format!("00000000-0000-4000-8000-{number:012}"))
    }
}
