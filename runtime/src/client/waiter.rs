//! Waiters: polling an operation until it has the expected result.

use crate::client::handle::{Client, Reply};
use crate::client::service_client::ServiceClient;
use crate::client::system::{System, Tokio, within};
use crate::error::box_error::BoxError;
use crate::error::failure::Failure;
use crate::error::meta::{Call, FailureKind};
use crate::operation::operation_trait::Operation;
use crate::operation::waiter::{WaitError, WaitErrorKind, Waited, Waiter};
use std::sync::Arc;
use std::time::Duration;

/// The result of a call.
type CallResult<O> = Result<<O as Operation>::Output, <O as Operation>::Error>;

/// Polls an operation until it returns the output that the waiter expects.
pub fn wait_for_output<C, O>(
    client: C,
    operation: O,
    waiter: Waiter<O>,
    max_wait: Duration,
) -> Reply<O::Output, WaitError<O>>
where
    C: ServiceClient + Send + Sync + 'static,
    O: Operation + Send + Sync + 'static,
    O::Output: Send,
{
    wait(client, operation, waiter, max_wait, |result| {
        result.map_err(Err)
    })
}

/// Polls an operation until it returns the error that the waiter expects.
pub fn wait_for_error<C, O>(
    client: C,
    operation: O,
    waiter: Waiter<O>,
    max_wait: Duration,
) -> Reply<O::Error, WaitError<O>>
where
    C: ServiceClient + Send + Sync + 'static,
    O: Operation + Send + Sync + 'static,
    O::Output: Send,
{
    wait(client, operation, waiter, max_wait, |result| match result {
        Ok(output) => Err(Ok(output)),
        Err(error) => Ok(error),
    })
}

/// Polls an operation until it returns the output or the error that the waiter expects.
pub fn wait_for_either<C, O>(
    client: C,
    operation: O,
    waiter: Waiter<O>,
    max_wait: Duration,
) -> Reply<CallResult<O>, WaitError<O>>
where
    C: ServiceClient + Send + Sync + 'static,
    O: Operation + Send + Sync + 'static,
    O::Output: Send,
{
    wait(client, operation, waiter, max_wait, Ok)
}

/// Polls an operation until the waiter succeeds, and extracts a value from the last result. If
/// `take` does not accept the result, the waiter fails.
fn wait<C, O, T>(
    client: C,
    operation: O,
    waiter: Waiter<O>,
    max_wait: Duration,
    take: fn(CallResult<O>) -> Result<T, CallResult<O>>,
) -> Reply<T, WaitError<O>>
where
    C: ServiceClient + Send + Sync + 'static,
    O: Operation + Send + Sync + 'static,
    O::Output: Send,
    T: 'static,
{
    Box::pin(async move {
        let (mut waited, reached) = run(client.inner(), &operation, &waiter, max_wait).await;
        if reached && let Some(last) = waited.last.take() {
            match take(last) {
                Ok(value) => return Ok(value),
                Err(last) => waited.last = Some(last),
            }
        }
        Err(WaitError::new(waited))
    })
}

/// Polls an operation until the waiter ends. Returns whether it succeeded.
///
/// It takes `max_wait` at most. A call that is not finished by then is cancelled.
async fn run<O: Operation>(
    client: &Client,
    operation: &O,
    waiter: &Waiter<O>,
    max_wait: Duration,
) -> (Waited<O>, bool) {
    let system: Arc<dyn System> = match &client.shared.config {
        Ok(config) => Arc::clone(&config.system),
        // The first call returns the configuration error.
        Err(_) => Arc::new(Tokio),
    };
    let start = system.instant();
    let elapsed = || system.instant().saturating_duration_since(start);
    let mut waited = Waited {
        waiter: waiter.name,
        kind: WaitErrorKind::TimedOut,
        calls: 0,
        elapsed: Duration::ZERO,
        last: None,
    };
    let (mut slowest, mut is_last) = (Duration::ZERO, false);
    loop {
        waited.calls += 1;
        let begun = waited.elapsed;
        let result = within(
            &*system,
            max_wait.saturating_sub(begun),
            client.send(operation),
        )
        .await;
        waited.elapsed = elapsed();
        slowest = slowest.max(waited.elapsed.saturating_sub(begun));
        let result = match result {
            Ok(Some(result)) => result,
            Ok(None) => return (waited, false),
            Err(no_timer) => return (failed(waited, no_timer), false),
        };
        let end = waiter.end(operation, &result);
        waited.last = Some(result);
        match end {
            Some(Ok(())) => return (waited, true),
            Some(Err(kind)) => return (Waited { kind, ..waited }, false),
            None if is_last || waited.elapsed >= max_wait => return (waited, false),
            None => {}
        }
        let left = time_for_pauses(max_wait.saturating_sub(waited.elapsed), slowest);
        let pause = waiter.pause(waited.calls, left, system.random());
        is_last = pause == left;
        if let Err(no_timer) = system.pause(pause).await {
            return (failed(waited, no_timer), false);
        }
        waited.elapsed = elapsed();
    }
}

/// The time that is available for pauses. The rest is reserved for the last call: twice the
/// duration of the slowest call, but at most half of the remaining time.
fn time_for_pauses(remaining: Duration, slowest: Duration) -> Duration {
    remaining - slowest.saturating_mul(2).min(remaining / 2)
}

/// The result of a waiter that fails because there is no timer.
fn failed<O: Operation>(waited: Waited<O>, no_timer: BoxError) -> Waited<O> {
    let failure = Failure::new(Call::new(O::NAME, 0), FailureKind::Config, no_timer);
    Waited {
        kind: WaitErrorKind::UnexpectedError,
        last: Some(Err(failure.into())),
        ..waited
    }
}
