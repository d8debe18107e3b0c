//! Calls that block the thread, for programs without an async runtime.
//!
//! [`BlockOn::block_on`] waits for any future of a client: of `send`, `presigned`, a waiter or a
//! body. [`BlockOnEach::block_on_each`] iterates over the pages or items of an operation.
//!
//! ```text
//! use appfabric::rt::blocking::{BlockOn, BlockOnEach};
//!
//! let bundle = client.get_app_bundle().app_bundle_identifier(id).send().block_on()?;
//! for bundle in client.list_app_bundles().items().block_on_each() {
//!     println!("{}", bundle?.arn);
//! }
//! ```
//!
//! The first call starts one thread, which drives the connections and timers of all clients of the
//! process until the process ends. In an async function, await the future instead: a blocked thread
//! runs no other task, so it can wait for one forever.

use futures_core::Stream;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use tokio::runtime::{Builder, Runtime};
use tokio::task::unconstrained;

/// Waits for a future.
pub trait BlockOn: Future + Sized {
    /// Blocks the thread until the future is ready, and returns its output.
    ///
    /// If the system cannot start a thread for connections and timers, a call returns an error that
    /// says so.
    fn block_on(self) -> Self::Output {
        // The loop drives connections and timers. Without it, calls return an error.
        let _entered = event_loop().map(Runtime::enter);
        // In a task of another tokio runtime, the budget of the task would never be renewed.
        let mut future = pin!(unconstrained(self));
        let signal = Arc::new(Signal {
            thread: thread::current(),
            is_set: AtomicBool::new(false),
        });
        let waker = Waker::from(Arc::clone(&signal));
        let mut context = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            signal.wait();
        }
    }
}

impl<F: Future> BlockOn for F {}

/// Waits for each item of a stream.
pub trait BlockOnEach: Stream + Unpin + Sized {
    /// An iterator that blocks the thread until the stream has its next item.
    fn block_on_each(self) -> Iter<Self> {
        Iter { stream: self }
    }
}

impl<S: Stream + Unpin> BlockOnEach for S {}

/// The iterator of [`BlockOnEach::block_on_each`].
#[derive(Debug)]
#[must_use = "an iterator does nothing until `next` is called"]
pub struct Iter<S> {
    stream: S,
}

impl<S: Stream + Unpin> Iterator for Iter<S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        poll_fn(|context| Pin::new(&mut self.stream).poll_next(context)).block_on()
    }
}

/// A runtime with one thread, on which connections and timers proceed while no caller waits. `None`
/// if the system cannot start a thread.
fn event_loop() -> Option<&'static Runtime> {
    static EVENT_LOOP: OnceLock<Option<Runtime>> = OnceLock::new();
    let start = || {
        let mut runtime = Builder::new_multi_thread();
        let runtime = runtime.worker_threads(1).thread_name("smithy-rt-blocking");
        runtime.enable_all().build().ok()
    };
    EVENT_LOOP.get_or_init(start).as_ref()
}

/// Wakes a thread.
struct Signal {
    thread: Thread,
    is_set: AtomicBool,
}

impl Signal {
    fn wait(&self) {
        // `park` can return without a reason, or because of others that unpark the thread.
        while !self.is_set.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.is_set.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use tokio::time::sleep;

    #[test]
    fn a_thread_without_runtime_waits_for_timers() {
        async { sleep(Duration::from_millis(1)).await }.block_on();
        let from_other_thread = thread::spawn(|| async { 7 }.block_on());
        assert_eq!(from_other_thread.join().unwrap(), 7);
    }

    #[test]
    fn a_future_can_wake_its_own_thread() {
        let mut left = 1000;
        let countdown = poll_fn(move |context: &mut Context<'_>| {
            if left == 0 {
                return Poll::Ready("done");
            }
            left -= 1;
            context.waker().wake_by_ref();
            Poll::Pending
        });
        assert_eq!(countdown.block_on(), "done");
    }

    /// A task of tokio may only use its resources so many times before it has to return.
    #[test]
    fn a_task_of_another_runtime_can_block() {
        let other = Builder::new_current_thread().enable_all().build().unwrap();
        let blocked = other.block_on(async {
            let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
            for number in 0..1000 {
                sender.send(number).unwrap();
            }
            drop(sender);
            async {
                let mut sum = 0;
                while let Some(number) = receiver.recv().await {
                    sum += number;
                }
                sum
            }
            .block_on()
        });
        assert_eq!(blocked, 499_500);
    }
}
