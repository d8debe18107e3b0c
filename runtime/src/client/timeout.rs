//! Timeouts of requests and responses.

use crate::client::system::{Sleep, System, within};
use crate::client::throughput::Throughput;
use crate::client::transport::error::TransportError;
use crate::error::box_error::BoxError;
use crate::http_binding::body::body_type::{Body, PIECE};
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

/// The read timeout, and the windows over which transfers must reach the minimum throughput. The
/// read timeout limits the time until the next piece of a response arrives, and until the next
/// piece of a request is accepted.
#[derive(Clone)]
pub(super) struct Timeouts {
    pub(super) system: Arc<dyn System>,
    pub(super) read_timeout: Option<Duration>,
    pub(super) upload_window: Option<Duration>,
    pub(super) download_window: Option<Duration>,
}

/// The progress of sending a body.
pub(super) struct Upload(Mutex<Progress>);

struct Progress {
    /// The time since which the client waits for the service to accept a piece or to respond.
    /// `None` while it waits for the next piece of the caller's stream.
    waiting_since: Option<Instant>,
    /// `None` after the last piece, and if there is no minimum throughput.
    throughput: Option<Throughput>,
}

impl Upload {
    fn lock(&self) -> MutexGuard<'_, Progress> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress {
    /// The client waits for the body from now on, not for the service.
    fn stop_waiting(&mut self, now: Instant) {
        self.waiting_since = None;
        if let Some(throughput) = &mut self.throughput {
            throughput.stop(now);
        }
    }
}

impl Timeouts {
    /// Observes the progress of sending a request. Returns no progress if there is no limit, or if
    /// the body is a single piece in memory, which is accepted immediately.
    pub(super) fn observe_upload(
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
        let (progress, system) = (upload.clone(), self.system.clone());
        let observed = |body| {
            Body::new(ObservedBody {
                body,
                upload: progress,
                system,
            })
        };
        (request.map(observed), Some(upload))
    }

    /// The output of a future, unless the read timeout expires, or the upload is slower than the
    /// minimum throughput.
    pub(super) async fn limit<T>(
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

    /// Checks the progress of an upload. Returns the time until the next check.
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

    /// Limits the time for each piece of a response's body, and its throughput.
    pub(super) fn limit_body(&self, body: Body) -> Body {
        if body.as_bytes().is_some()
            || self.read_timeout.is_none() && self.download_window.is_none()
        {
            return body;
        }
        Body::new(LimitedBody {
            body,
            system: self.system.clone(),
            read_timeout: self.read_timeout,
            throughput: self.download_window.map(Throughput::new),
            sleep: None,
        })
    }
}

/// A body that records its progress.
struct ObservedBody {
    body: Body,
    upload: Arc<Upload>,
    system: Arc<dyn System>,
}

impl HttpBody for ObservedBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        // The transport has sent the previous piece, and waits for the body from now on.
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

/// A body with a time limit for each piece and a minimum throughput.
struct LimitedBody {
    body: Body,
    system: Arc<dyn System>,
    read_timeout: Option<Duration>,
    throughput: Option<Throughput>,
    /// The timer of the current limit and the error to return when it expires, while a reader
    /// waits.
    sleep: Option<(Sleep, TransportError)>,
}

impl LimitedBody {
    /// Starts the timer for the next piece, and the error to return when it expires.
    fn start_timer(&mut self) -> (Sleep, TransportError) {
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

impl HttpBody for LimitedBody {
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
        let (mut sleep, error_when_late) = match this.sleep.take() {
            Some(pause) => pause,
            None => this.start_timer(),
        };
        let slept = match sleep.as_mut().poll(context) {
            Poll::Ready(slept) => slept,
            Poll::Pending => {
                this.sleep = Some((sleep, error_when_late));
                return Poll::Pending;
            }
        };
        // The body ends after an error.
        this.body = Body::default();
        let error = slept.map_or_else(TransportError::setup, |()| error_when_late);
        Poll::Ready(Some(Err(error.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        HttpBody::size_hint(&self.body)
    }
}
