//! How long to wait for the service.

use super::system::within;
use super::transport::TransportError;
use super::{Sleep, System};
use crate::body::PIECE;
use crate::{Body, BoxError};
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// How long to wait for the next piece of a response, or until the next piece of a request is taken.
#[doc(hidden)]
#[derive(Clone)]
pub struct Patience {
    pub(crate) system: Arc<dyn System>,
    pub(crate) read_timeout: Option<Duration>,
}

/// How many pieces of a request were taken; none of one that is a single piece in memory, which is taken at once.
pub(super) type Progress = Option<Arc<AtomicU64>>;

impl Patience {
    /// The request, with progress where there is any to wait for.
    pub(super) fn watch(&self, request: http::Request<Body>) -> (http::Request<Body>, Progress) {
        let is_one_piece = request.body().as_bytes().is_some_and(|bytes| bytes.len() <= PIECE);
        if self.read_timeout.is_none() || is_one_piece {
            return (request, None);
        }
        let progress = Arc::new(AtomicU64::new(0));
        let count = progress.clone();
        let counted = |body: Body| {
            body.through(move |frame| {
                count.fetch_add(1, Ordering::Relaxed);
                frame
            })
        };
        (request.map(counted), Some(progress))
    }

    /// What the future gives, or a timeout after the last progress.
    pub(super) async fn wait<T>(
        &self,
        future: impl Future<Output = Result<T, BoxError>>,
        progress: &Progress,
    ) -> Result<T, BoxError> {
        let Some(limit) = self.read_timeout else { return future.await };
        let mut future = pin!(future);
        let taken = || progress.as_ref().map(|progress| progress.load(Ordering::Relaxed));
        loop {
            let before = taken();
            match within(&*self.system, limit, future.as_mut()).await.map_err(TransportError::setup)? {
                Some(result) => return result,
                None if taken() == before => return Err(timeout(limit)),
                None => {}
            }
        }
    }

    /// The body of a response, with a timeout for each of its pieces.
    pub(super) fn limit(self, body: Body) -> Body {
        match self.read_timeout {
            Some(limit) if body.as_bytes().is_none() => {
                Body::new(Limited { body, system: self.system, limit, sleep: None })
            }
            _ => body,
        }
    }
}

fn timeout(limit: Duration) -> BoxError {
    TransportError::timeout("read", limit).into()
}

/// A body each piece of which has to come within the limit.
struct Limited {
    body: Body,
    system: Arc<dyn System>,
    limit: Duration,
    /// Until when, once somebody waits.
    sleep: Option<Sleep>,
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
            this.sleep = None;
            return Poll::Ready(frame);
        }
        let sleep = this.sleep.get_or_insert_with(|| this.system.sleep(this.limit));
        let slept = ready!(sleep.as_mut().poll(context));
        // Nothing comes after an error.
        (this.body, this.sleep) = (Body::default(), None);
        Poll::Ready(Some(Err(
            slept.map_or_else(|error| TransportError::setup(error).into(), |()| timeout(this.limit))
        )))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        HttpBody::size_hint(&self.body)
    }
}
