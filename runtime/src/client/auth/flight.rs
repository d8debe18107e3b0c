//! A future that is shared by concurrent callers.

use crate::client::system::panic_message;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::task::{Context, Poll, Wake, Waker};

/// A future whose output is returned to all callers that wait for it.
///
/// There is no task for the future, and no caller owns it: every caller that is polled polls it. A
/// caller that is dropped or no longer polled does not block the others. A panic of the future is
/// an error for all callers.
pub(super) struct Flight<T, E> {
    stage: Mutex<Stage<T, E>>,
    callers: Arc<Callers>,
    panicked: fn(&str) -> E,
}

enum Stage<T, E> {
    Loading(Pin<Box<dyn Future<Output = Result<T, E>> + Send>>),
    Loaded(Result<T, Arc<E>>),
}

/// The waiting callers. The future wakes all of them, since some may no longer be polled.
struct Callers(Mutex<Waiting>);

struct Waiting {
    /// Whether the future can make progress or is complete.
    is_ready: bool,
    wakers: Vec<Waker>,
}

impl<T: Clone, E> Flight<T, E> {
    /// `panicked` converts the message of a panic to an error.
    pub(super) fn new(
        load: impl Future<Output = Result<T, E>> + Send + 'static,
        panicked: fn(&str) -> E,
    ) -> Self {
        let callers = Callers(Mutex::new(Waiting {
            is_ready: true,
            wakers: vec![],
        }));
        Self {
            stage: Mutex::new(Stage::Loading(Box::pin(load))),
            callers: Arc::new(callers),
            panicked,
        }
    }

    /// Waits for the output. The second value is true for the caller that completed the future.
    pub(super) async fn join(&self) -> (Result<T, Arc<E>>, bool) {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&self, context: &mut Context<'_>) -> Poll<(Result<T, Arc<E>>, bool)> {
        self.callers.add(context.waker());
        let stage = match self.stage.try_lock() {
            Ok(stage) => stage,
            Err(TryLockError::Poisoned(stage)) => stage.into_inner(),
            // Another caller polls the future, or the future waits for its own output.
            Err(TryLockError::WouldBlock) => return Poll::Pending,
        };
        let polled = self.poll_stage(stage);
        // Wake callers that found the lock taken.
        self.callers.wake_if_ready();
        polled
    }

    fn poll_stage(
        &self,
        mut stage: MutexGuard<'_, Stage<T, E>>,
    ) -> Poll<(Result<T, Arc<E>>, bool)> {
        let load = match &mut *stage {
            Stage::Loaded(output) => return Poll::Ready((output.clone(), false)),
            Stage::Loading(_) if !self.callers.set_ready(false) => return Poll::Pending,
            Stage::Loading(load) => load,
        };
        let waker = Waker::from(self.callers.clone());
        // A future that panicked is not polled again.
        let polled = catch_unwind(AssertUnwindSafe(|| {
            load.as_mut().poll(&mut Context::from_waker(&waker))
        }));
        let output = match polled {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(output)) => output.map_err(Arc::new),
            Err(panic) => Err(Arc::new((self.panicked)(panic_message(&*panic)))),
        };
        *stage = Stage::Loaded(output.clone());
        self.callers.set_ready(true);
        Poll::Ready((output, true))
    }
}

impl Callers {
    fn add(&self, waker: &Waker) {
        let mut waiting = self.lock();
        if !waiting.wakers.iter().any(|known| known.will_wake(waker)) {
            waiting.wakers.push(waker.clone());
        }
    }

    /// Returns the previous value.
    fn set_ready(&self, is_ready: bool) -> bool {
        std::mem::replace(&mut self.lock().is_ready, is_ready)
    }

    fn wake_if_ready(&self) {
        let mut waiting = self.lock();
        if waiting.is_ready {
            let wakers = std::mem::take(&mut waiting.wakers);
            drop(waiting);
            wakers.into_iter().for_each(Waker::wake);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wake for Callers {
    fn wake(self: Arc<Self>) {
        self.set_ready(true);
        self.wake_if_ready();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::thread;

    /// A future that is woken from another thread several times before it completes.
    async fn load(polls: Arc<AtomicU32>) -> Result<u32, ()> {
        poll_fn(|context| match polls.fetch_add(1, Ordering::SeqCst) {
            20 => Poll::Ready(Ok(20)),
            _ => {
                let waker = context.waker().clone();
                thread::spawn(move || waker.wake());
                Poll::Pending
            }
        })
        .await
    }

    /// Callers on several threads, some of which are dropped after their first poll.
    #[test]
    fn every_caller_is_woken() {
        for _ in 0..200 {
            let polls = Arc::new(AtomicU32::new(0));
            let flight = Arc::new(Flight::new(load(polls.clone()), |_| ()));
            let callers: Vec<_> = (0..4)
                .map(|number| {
                    let flight = flight.clone();
                    thread::spawn(move || {
                        let runtime = tokio::runtime::Builder::new_current_thread()
                            .build()
                            .unwrap();
                        runtime.block_on(async {
                            if number % 2 == 0 {
                                let mut dropped = Box::pin(flight.join());
                                poll_fn(|context| {
                                    Poll::Ready(dropped.as_mut().poll(context).is_ready())
                                })
                                .await;
                            }
                            flight.join().await.0
                        })
                    })
                })
                .collect();
            assert!(
                callers
                    .into_iter()
                    .all(|caller| caller.join().unwrap() == Ok(20))
            );
            // There are no polls without a wake-up.
            assert_eq!(polls.load(Ordering::SeqCst), 21);
        }
    }

    #[test]
    fn a_future_that_waits_for_its_own_output_is_pending() {
        let flight = Arc::new_cyclic(|flight: &std::sync::Weak<Flight<u32, ()>>| {
            let flight = flight.clone();
            Flight::new(
                async move { flight.upgrade().unwrap().join().await.0.map_err(|_| ()) },
                |_| (),
            )
        });
        let mut join = Box::pin(flight.join());
        assert!(
            join.as_mut()
                .poll(&mut Context::from_waker(Waker::noop()))
                .is_pending()
        );
    }
}
