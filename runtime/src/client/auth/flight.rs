//! A load that callers share.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::sync::Mutex;

/// A future whose output all callers get that wait for it.
///
/// No task runs it: the caller that holds the lock polls it. A caller that is dropped releases the lock, and the next one
/// goes on where it was. A panic of the future is an error for all callers.
pub(super) struct Flight<T, E> {
    stage: Mutex<Stage<T, E>>,
    panicked: fn() -> E,
}

enum Stage<T, E> {
    Loading(Pin<Box<dyn Future<Output = Result<T, E>> + Send>>),
    Loaded(Result<T, Arc<E>>),
}

impl<T: Clone, E> Flight<T, E> {
    /// `panicked` makes the error of a future that panics.
    pub(super) fn new(
        load: impl Future<Output = Result<T, E>> + Send + 'static,
        panicked: fn() -> E,
    ) -> Self {
        Self { stage: Mutex::new(Stage::Loading(Box::pin(load))), panicked }
    }

    /// Waits for the output. The second value is true for the one caller that got it from the future.
    pub(super) async fn join(&self) -> (Result<T, Arc<E>>, bool) {
        let mut stage = self.stage.lock().await;
        let load = match &mut *stage {
            Stage::Loaded(output) => return (output.clone(), false),
            Stage::Loading(load) => load,
        };
        let output = std::future::poll_fn(|context| self.poll(load.as_mut(), context)).await;
        let output = output.map_err(Arc::new);
        *stage = Stage::Loaded(output.clone());
        (output, true)
    }

    fn poll(
        &self,
        load: Pin<&mut (dyn Future<Output = Result<T, E>> + Send)>,
        context: &mut Context<'_>,
    ) -> Poll<Result<T, E>> {
        // What it leaves behind when it panics is never polled again.
        let polled = catch_unwind(AssertUnwindSafe(|| load.poll(context)));
        polled.unwrap_or_else(|_| Poll::Ready(Err((self.panicked)())))
    }
}
