//! Waiting: calls and pauses until the service answers as wished.

use super::system::{System, Tokio, within};
use super::{Client, Reply, ServiceClient};
use crate::error::Call;
use crate::operation::Operation;
use crate::waiters::{WaitError, WaitErrorKind, Waited, Waiter};
use crate::{BoxError, Failure, FailureKind};
use std::sync::Arc;
use std::time::Duration;

/// What a call gives.
type Answer<O> = Result<<O as Operation>::Output, <O as Operation>::Error>;

/// Waits until an operation answers with the output that its waiter looks for.
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
    wait(client, operation, waiter, max_wait, |answer| {
        answer.map_err(Err)
    })
}

/// Waits until an operation answers with the error that its waiter looks for.
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
    wait(client, operation, waiter, max_wait, |answer| match answer {
        Ok(output) => Err(Ok(output)),
        Err(error) => Ok(error),
    })
}

/// Waits until an operation answers with the output or the error that its waiter looks for.
pub fn wait_for_either<C, O>(
    client: C,
    operation: O,
    waiter: Waiter<O>,
    max_wait: Duration,
) -> Reply<Answer<O>, WaitError<O>>
where
    C: ServiceClient + Send + Sync + 'static,
    O: Operation + Send + Sync + 'static,
    O::Output: Send,
{
    wait(client, operation, waiter, max_wait, Ok)
}

/// Waits, and takes what is wanted out of the last answer. An answer of the other sort is a
/// failure.
fn wait<C, O, T>(
    client: C,
    operation: O,
    waiter: Waiter<O>,
    max_wait: Duration,
    take: fn(Answer<O>) -> Result<T, Answer<O>>,
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
                Ok(wanted) => return Ok(wanted),
                Err(last) => waited.last = Some(last),
            }
        }
        Err(WaitError::new(waited))
    })
}

/// Calls until waiting ends, and tells whether the last answer is what the waiter looks for.
///
/// It takes `max_wait` at most: a call that is under way then is given up.
async fn run<O: Operation>(
    client: &Client,
    operation: &O,
    waiter: &Waiter<O>,
    max_wait: Duration,
) -> (Waited<O>, bool) {
    let system: Arc<dyn System> = match &client.shared.config {
        Ok(config) => Arc::clone(&config.patience.system),
        // The first call tells what is wrong.
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
        let answer = within(
            &*system,
            max_wait.saturating_sub(begun),
            client.send(operation),
        )
        .await;
        waited.elapsed = elapsed();
        slowest = slowest.max(waited.elapsed.saturating_sub(begun));
        let answer = match answer {
            Ok(Some(answer)) => answer,
            Ok(None) => return (waited, false),
            Err(no_timer) => return (failed(waited, no_timer), false),
        };
        let end = waiter.end(operation, &answer);
        waited.last = Some(answer);
        match end {
            Some(Ok(())) => return (waited, true),
            Some(Err(kind)) => return (Waited { kind, ..waited }, false),
            None if is_last || waited.elapsed >= max_wait => return (waited, false),
            None => {}
        }
        let left = time_for_pauses(max_wait.saturating_sub(waited.elapsed), slowest);
        let pause = waiter.pause(waited.calls, left, system.random());
        is_last = pause == left;
        if let Err(no_timer) = system.sleep(pause).await {
            return (failed(waited, no_timer), false);
        }
        waited.elapsed = elapsed();
    }
}

/// How much of the remaining time pauses may take, so that the last call has time for its answer:
/// twice as much as the slowest so far, but no more than half of what remains.
fn time_for_pauses(remaining: Duration, slowest: Duration) -> Duration {
    remaining - slowest.saturating_mul(2).min(remaining / 2)
}

/// Waiting that ends since there is no timer.
fn failed<O: Operation>(waited: Waited<O>, no_timer: BoxError) -> Waited<O> {
    let failure = Failure::new(Call::new(O::NAME, 0), FailureKind::Config, no_timer);
    Waited {
        kind: WaitErrorKind::UnexpectedError,
        last: Some(Err(failure.into())),
        ..waited
    }
}
