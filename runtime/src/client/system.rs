//! Time, timers and random numbers.

use crate::error::box_error::BoxError;
use crate::http_binding::request::error::RequestError;
use crate::http_binding::token::{random_bytes, random_token};
use std::any::Any;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};

/// The future of a timer. It returns an error if there is no timer.
pub type Sleep = Pin<Box<dyn Future<Output = Result<(), BoxError>> + Send>>;

/// The source of time, timers and random numbers. The default is [`Tokio`]. Implement it for
/// another async runtime, or for tests that must not wait. The default implementations are those of
/// [`Tokio`].
pub trait System: Send + Sync + 'static {
    /// The current time, for signatures and the expiry of credentials.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    /// The time of a monotonic clock, for durations.
    fn instant(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    /// Completes after the duration, or with an error if there is no timer.
    fn sleep(&self, duration: Duration) -> Sleep {
        Box::pin(async move {
            let mut sleep = Box::pin(catch_panic(|| tokio::time::sleep(duration))?);
            poll_fn(
                |context| match catch_panic(|| sleep.as_mut().poll(context)) {
                    Ok(poll) => poll.map(Ok),
                    Err(error) => Poll::Ready(Err(error)),
                },
            )
            .await
        })
    }

    /// Waits between two attempts of a call, or between two polls of a waiter. The default is
    /// [`System::sleep`], which also measures time limits.
    fn pause(&self, duration: Duration) -> Sleep {
        self.sleep(duration)
    }

    /// A random number in the range `0.0..1.0`, for the jitter of pauses.
    fn random(&self) -> f64 {
        // Without random numbers, half of the longest pause is a good choice. An f64 represents all
        // 32 bits exactly.
        random_bytes().map_or(0.5, |random| {
            f64::from(u32::from_ne_bytes(random)) / (f64::from(u32::MAX) + 1.0)
        })
    }

    /// Generates an idempotency token.
    ///
    /// # Errors
    /// The system has no random numbers.
    fn token(&self) -> Result<String, RequestError> {
        random_token()
    }
}

/// The time and timers of tokio, which `tokio::time::pause` can stop, and the random numbers of the
/// operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tokio;

impl System for Tokio {}

/// Calls tokio and converts a panic to an error: tokio panics if there is no runtime, or if its
/// timers or I/O are disabled.
pub(super) fn catch_panic<T>(call: impl FnOnce() -> T) -> Result<T, BoxError> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|panic| {
        let reason = panic_message(&*panic);
        format!("the tokio runtime is not usable ({reason}): call from a runtime with `enable_all`")
            .into()
    })
}

/// The message of a panic.
pub(super) fn panic_message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a message")
}

/// The output of a future; `None` if it takes longer than the limit. A timer is only created if the
/// future is not ready at the first poll.
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
