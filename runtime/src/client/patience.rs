//! How long to wait for the service.

use super::system::within;
use super::throughput::Throughput;
use super::transport::TransportError;
use super::{Sleep, System};
use crate::body::PIECE;
use crate::{Body, BoxError};
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

/// How long to wait for the next piece of a response, or until the next piece of a request is
/// taken, and over how much time a transfer must make its least throughput.
#[derive(Clone)]
pub(super) struct Patience {
    pub(super) system: Arc<dyn System>,
    pub(super) read_timeout: Option<Duration>,
    pub(super) upload_window: Option<Duration>,
    pub(super) download_window: Option<Duration>,
}

/// How far the sending of a body is.
pub(super) struct Upload(Mutex<Progress>);

struct Progress {
    /// Since when the service is waited for: it takes no further piece, or does not answer. `None`
    /// while the body has no piece to send, for which the caller's stream is waited for.
    waiting_since: Option<Instant>,
    /// `None` once all of it was, and if there is no least throughput.
    throughput: Option<Throughput>,
}

impl Upload {
    fn lock(&self) -> MutexGuard<'_, Progress> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress {
    /// The body is waited for.
    fn stop_waiting(&mut self, now: Instant) {
        self.waiting_since = None;
        if let Some(throughput) = &mut self.throughput {
            throughput.stop(now);
        }
    }
}

impl Patience {
    /// The request, with how far it is where there is anything to wait for: a body that is a single
    /// piece in memory is taken at once.
    pub(super) fn watch(
        &self,
        request: http::Request<Body>,
    ) -> (http::Request<Body>, Option<Arc<Upload>>) {
        let is_one_piece = request
            .body()
            .as_bytes()
            .is_some_and(|bytes| bytes.len() <= PIECE);
        if is_one_piece || self.read_timeout.is_none() && self.upload_window.is_none() {
            return (request, None);
        }
        let throughput = self.upload_window.map(Throughput::new);
        let waiting_since = Some(self.system.instant());
        let upload = Arc::new(Upload(Mutex::new(Progress {
            waiting_since,
            throughput,
        })));
        let (watching, system) = (upload.clone(), self.system.clone());
        let watched = |body| {
            Body::new(Watched {
                body,
                upload: watching,
                system,
            })
        };
        (request.map(watched), Some(upload))
    }

    /// What the future gives, unless the service is silent for too long, or takes the request too
    /// slowly.
    pub(super) async fn wait<T>(
        &self,
        future: impl Future<Output = Result<T, BoxError>>,
        upload: Option<&Upload>,
    ) -> Result<T, BoxError> {
        let Some(upload) = upload else {
            let Some(limit) = self.read_timeout else {
                return future.await;
            };
            let answer = within(&*self.system, limit, future)
                .await
                .map_err(TransportError::setup)?;
            return answer.unwrap_or_else(|| Err(TransportError::timeout("read", limit).into()));
        };
        let mut future = pin!(future);
        loop {
            let until_check = self.check(&upload.lock())?;
            let answer = within(&*self.system, until_check, future.as_mut()).await;
            if let Some(answer) = answer.map_err(TransportError::setup)? {
                return answer;
            }
        }
    }

    /// How long until it is to be checked again how far an upload is.
    fn check(&self, upload: &Progress) -> Result<Duration, TransportError> {
        let now = self.system.instant();
        let mut until_check = Duration::MAX;
        if let Some(throughput) = &upload.throughput {
            if throughput.has_stalled(now) {
                return Err(TransportError::stalled(throughput.bytes()));
            }
            until_check = throughput.next_check(now);
        }
        if let Some(limit) = self.read_timeout {
            let silence = upload
                .waiting_since
                .map_or(Duration::ZERO, |since| now.saturating_duration_since(since));
            if silence >= limit {
                return Err(TransportError::timeout("read", limit));
            }
            until_check = until_check.min(limit - silence);
        }
        Ok(until_check)
    }

    /// The body of a response that each piece of has to come in time, and that must not stall.
    pub(super) fn limit(&self, body: Body) -> Body {
        if body.as_bytes().is_some()
            || self.read_timeout.is_none() && self.download_window.is_none()
        {
            return body;
        }
        Body::new(Limited {
            body,
            system: self.system.clone(),
            read_timeout: self.read_timeout,
            throughput: self.download_window.map(Throughput::new),
            sleep: None,
        })
    }
}

/// A body that notes how much of it is taken.
struct Watched {
    body: Body,
    upload: Arc<Upload>,
    system: Arc<dyn System>,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        // Whoever sends has sent what it took, and from here on the body is waited for.
        this.upload.lock().stop_waiting(this.system.instant());
        let frame = ready!(Pin::new(&mut this.body).poll_frame(context));
        let now = this.system.instant();
        let mut progress = this.upload.lock();
        progress.waiting_since = Some(now);
        match (&frame, &mut progress.throughput) {
            (Some(Ok(frame)), Some(throughput)) if !this.body.is_end_stream() => {
                throughput.sent(frame.data_ref().map_or(0, Bytes::len));
                throughput.wait(now);
            }
            _ => progress.throughput = None,
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        HttpBody::size_hint(&self.body)
    }
}

/// A body each piece of which has to come in time, and that must not stall.
struct Limited {
    body: Body,
    system: Arc<dyn System>,
    read_timeout: Option<Duration>,
    throughput: Option<Throughput>,
    /// Until when, once somebody waits, and what happens then.
    sleep: Option<(Sleep, TransportError)>,
}

impl Limited {
    /// How long to wait for the next piece, and why no longer.
    fn pause(&mut self) -> (Sleep, TransportError) {
        let silence = self.read_timeout.unwrap_or(Duration::MAX);
        let now = self.system.instant();
        match &mut self.throughput {
            Some(throughput) if throughput.left(now) < silence => {
                throughput.wait(now);
                let stalled = TransportError::stalled(throughput.bytes());
                (self.system.sleep(throughput.left(now)), stalled)
            }
            throughput => {
                throughput
                    .iter_mut()
                    .for_each(|throughput| throughput.wait(now));
                (
                    self.system.sleep(silence),
                    TransportError::timeout("read", silence),
                )
            }
        }
    }
}

impl HttpBody for Limited {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(context) {
            if let Some(throughput) = &mut this.throughput {
                if this.sleep.is_some() {
                    throughput.stop(this.system.instant());
                }
                let data = frame
                    .as_ref()
                    .and_then(|frame| frame.as_ref().ok())
                    .and_then(Frame::data_ref);
                throughput.received(data.map_or(0, Bytes::len));
            }
            this.sleep = None;
            return Poll::Ready(frame);
        }
        let (mut sleep, late) = match this.sleep.take() {
            Some(pause) => pause,
            None => this.pause(),
        };
        let slept = match sleep.as_mut().poll(context) {
            Poll::Ready(slept) => slept,
            Poll::Pending => {
                this.sleep = Some((sleep, late));
                return Poll::Pending;
            }
        };
        // Nothing comes after an error.
        this.body = Body::default();
        let error = slept.map_or_else(TransportError::setup, |()| late);
        Poll::Ready(Some(Err(error.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        HttpBody::size_hint(&self.body)
    }
}
