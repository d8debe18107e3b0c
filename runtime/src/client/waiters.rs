//! Waiting: calls and pauses until the service answers as wished.

use super::system::{System, Tokio, within};
use super::{Client, Reply, ServiceClient};
use crate::operation::Operation;
use crate::waiters::{WaitError, WaitErrorKind, Waited, Waiter};
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
    wait(client, operation, waiter, max_wait, |answer| answer.map_err(Err))
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

/// Waits, and takes what is wanted out of the last answer. An answer of the other sort is a failure.
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
/// A call that takes longer than the time that remains is given up, but not the one that is made when time is up.
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
    let mut waited = Waited {
        waiter: waiter.name,
        kind: WaitErrorKind::TimedOut,
        calls: 0,
        elapsed: Duration::ZERO,
        last: None,
    };
    loop {
        let last_call = waited.calls > 0 && waited.elapsed >= max_wait;
        waited.calls += 1;
        let call = client.send(operation);
        let answer = if last_call {
            Some(call.await)
        } else {
            within(&*system, max_wait.saturating_sub(waited.elapsed), call).await
        };
        waited.elapsed = system.instant().saturating_duration_since(start);
        let Some(answer) = answer else { return (waited, false) };
        let end = waiter.end(operation, &answer);
        waited.last = Some(answer);
        match end {
            Some(Ok(())) => return (waited, true),
            Some(Err(kind)) => return (Waited { kind, ..waited }, false),
            None if last_call || waited.elapsed >= max_wait => return (waited, false),
            None => {}
        }
        let pause = waiter.pause(waited.calls, max_wait - waited.elapsed, system.random());
        system.sleep(pause).await;
        waited.elapsed = system.instant().saturating_duration_since(start);
    }
}
