//! A transport with scripted responses, and a clock that advances only in sleeps.

use super::answer::{Answer, End};
use crate::Random;
use appfabric::rt::client::{Sleep, System};
use appfabric::rt::http::{Request, Response};
use appfabric::rt::{Body, Bytes, RequestError};
use http_body::Frame;
use std::future::pending;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The start time: Thursday, 1 January 2026, in seconds since the epoch.
const NOW: u64 = 1_767_225_600;

/// A transport with scripted responses. The last response is repeated.
#[derive(Clone)]
pub(super) struct Stub {
    script: Arc<Vec<Answer>>,
    /// The number of requests of the client.
    asked: Arc<AtomicUsize>,
    /// The number of requests of this call.
    attempts: Arc<AtomicUsize>,
}

impl Stub {
    pub(super) fn new(script: Vec<Answer>) -> Self {
        Self {
            script: Arc::new(script),
            asked: Arc::default(),
            attempts: Arc::default(),
        }
    }

    /// Resets the number of requests of the call.
    pub(super) fn start(&self) {
        self.attempts.store(0, Ordering::Relaxed);
    }

    pub(super) fn attempts(&self) -> usize {
        self.attempts.load(Ordering::Relaxed)
    }
}

impl tower_service::Service<Request<Body>> for Stub {
    type Response = Response<Pieces>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Response<Pieces>>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<Body>) -> Self::Future {
        self.attempts.fetch_add(1, Ordering::Relaxed);
        let number = self.asked.fetch_add(1, Ordering::Relaxed);
        let answer = self.script.get(number).or(self.script.last()).cloned();
        Box::pin(async move {
            let refused = || io::Error::from(io::ErrorKind::ConnectionReset);
            match answer {
                Some(Answer::Http(http)) => {
                    let head = http.head().ok_or_else(refused)?;
                    Ok(head.map(|()| Pieces {
                        left: http.body.into(),
                        end: http.end,
                    }))
                }
                Some(Answer::Silent) => pending().await,
                Some(Answer::Refused) | None => Err(refused()),
            }
        })
    }
}

/// The body of a response.
pub(super) struct Pieces {
    left: Bytes,
    end: End,
}

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let size = match self.end {
            End::Whole => usize::MAX,
            End::Pieces(size) | End::Broken(size) | End::Stuck(size) => size,
        };
        if !self.left.is_empty() {
            let size = size.min(self.left.len());
            return Poll::Ready(Some(Ok(Frame::data(self.left.split_to(size)))));
        }
        match self.end {
            End::Whole | End::Pieces(_) => Poll::Ready(None),
            End::Broken(_) => Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into()))),
            End::Stuck(_) => Poll::Pending,
        }
    }
}

/// A clock that advances only in sleeps, and random numbers from a seed.
pub(super) struct Clock {
    start: Instant,
    /// The duration of all sleeps, in milliseconds.
    passed: AtomicU64,
    random: Mutex<Random>,
}

impl Clock {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            start: Instant::now(),
            passed: AtomicU64::new(0),
            random: Mutex::new(Random::new(seed)),
        }
    }

    fn passed(&self) -> Duration {
        Duration::from_millis(self.passed.load(Ordering::Relaxed))
    }
}

impl System for Clock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(NOW) + self.passed()
    }

    fn instant(&self) -> Instant {
        self.start + self.passed()
    }

    /// A sleep ends when it is polled.
    fn sleep(&self, duration: Duration) -> Sleep {
        let milliseconds = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        self.passed.fetch_add(milliseconds, Ordering::Relaxed);
        Box::pin(std::future::ready(Ok(())))
    }

    fn random(&self) -> f64 {
        let bits = self
            .random
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .bits()
            >> 11;
        bits as f64 / (1_u64 << 53) as f64
    }

    fn token(&self) -> Result<String, RequestError> {
        Ok("00010203-0405-4607-8809-0a0b0c0d0e0f".to_owned())
    }
}
