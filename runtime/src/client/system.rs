//! What a client asks of the system: the time, pauses, chance.

use crate::BoxError;
use crate::request::RequestError;
use crate::token::random_token;
use std::any::Any;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};

/// A pause under way. An error says why there is no timer.
pub type Sleep = Pin<Box<dyn Future<Output = Result<(), BoxError>> + Send>>;

/// Time and chance. A client has [`Tokio`] unless its builder is given another, for a runtime that
/// is not tokio, or for a test that does not want to wait; what it leaves out is as [`Tokio`] has
/// it.
pub trait System: Send + Sync + 'static {
    /// The time of day, for signatures and the expiry of credentials.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    /// A clock that never goes back, for durations.
    fn instant(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    /// Resolves after the duration; with an error if there is no timer.
    fn sleep(&self, duration: Duration) -> Sleep {
        Box::pin(async move {
            let mut sleep = Box::pin(caught(|| tokio::time::sleep(duration))?);
            poll_fn(|context| match caught(|| sleep.as_mut().poll(context)) {
                Ok(poll) => poll.map(Ok),
                Err(error) => Poll::Ready(Err(error)),
            })
            .await
        })
    }

    /// A random number from 0 up to, but not including, 1: how much of the longest pause to make.
    fn random(&self) -> f64 {
        // Without random numbers, half the pause is as good as any. 32 bits, since f64 holds them
        // without loss.
        getrandom::u32().map_or(0.5, |random| {
            f64::from(random) / (f64::from(u32::MAX) + 1.0)
        })
    }

    /// A fresh idempotency token.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    fn token(&self) -> Result<String, RequestError> {
        random_token()
    }
}

/// The time as tokio has it, which its `test-util` can stop, and the system's random numbers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tokio;

impl System for Tokio {}

/// What tokio returns, or why the runtime does not have what it needs: tokio tells that by a panic
/// only.
pub(super) fn caught<T>(call: impl FnOnce() -> T) -> Result<T, BoxError> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|panic| {
        let reason = panic_text(&*panic);
        format!("the tokio runtime cannot be used ({reason}): call from within one that has `enable_all`")
            .into()
    })
}

/// The text of a panic.
pub(super) fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a text")
}

/// What the future gives; `None` if it takes longer than the limit. The clock is only asked if it
/// is not ready at once.
///
/// # Errors
/// There is no timer.
pub(super) async fn within<T>(
    system: &dyn System,
    limit: Duration,
    future: impl Future<Output = T>,
) -> Result<Option<T>, BoxError> {
    let mut future = pin!(future);
    let mut sleep = None;
    poll_fn(|context| {
        if let Poll::Ready(value) = future.as_mut().poll(context) {
            return Poll::Ready(Ok(Some(value)));
        }
        let sleep = sleep.get_or_insert_with(|| system.sleep(limit));
        sleep
            .as_mut()
            .poll(context)
            .map(|slept| slept.map(|()| None))
    })
    .await
}
