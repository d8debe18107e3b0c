//! Reading bodies.

use crate::error::box_error::BoxError;
use crate::error::failure::Failure;
use crate::http_binding::body::body_type::Body;
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http_body::Body as HttpBody;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

impl Body {
    /// Reads the next piece; `None` after the last one. Pieces of a stream have any size, and those
    /// of bytes in memory at most 256 KiB.
    ///
    /// # Errors
    /// The stream fails. The body of a response fails when the connection does, or when no data
    /// arrives within the client's read timeout. The error then contains the facts of the call.
    pub async fn next(&mut self) -> Option<Result<Bytes, Failure>> {
        poll_fn(|context| self.poll_data(context))
            .await
            .map(|piece| piece.map_err(Failure::body))
    }

    /// Reads the rest of the body into memory.
    ///
    /// # Errors
    /// Those of [`Body::next`].
    pub async fn bytes(self) -> Result<Bytes, Failure> {
        self.collect().await.map_err(Failure::body)
    }

    /// Reads the rest of the body into memory.
    pub(crate) async fn collect(self) -> Result<Bytes, BoxError> {
        let (bytes, end) = self.collect_up_to(u64::MAX).await;
        end.map(|_| bytes)
    }

    /// Reads at most `limit` bytes into memory. Returns them, also in case of an error, and whether
    /// they are the rest of the body.
    pub(crate) async fn collect_up_to(self, limit: u64) -> (Bytes, Result<bool, BoxError>) {
        if let Some(bytes) = self.as_bytes() {
            let end = bytes
                .len()
                .min(usize::try_from(limit).unwrap_or(usize::MAX));
            return (bytes.slice(..end), Ok(end == bytes.len()));
        }
        let mut bytes = Gathered::default();
        let end = self.gather(limit, &mut bytes).await;
        (bytes.join(), end)
    }

    /// Like [`Body::collect_up_to`], but keeps the bytes if the future is dropped before it
    /// completes.
    pub(crate) async fn gather(
        mut self,
        limit: u64,
        bytes: &mut Gathered,
    ) -> Result<bool, BoxError> {
        loop {
            let data = match poll_fn(|context| self.poll_data(context)).await {
                Some(Ok(data)) => data,
                Some(Err(error)) => return Err(error),
                None => return Ok(true),
            };
            let room = usize::try_from(limit - bytes.len() as u64).unwrap_or(usize::MAX);
            bytes.push(data.slice(..data.len().min(room)));
            if data.len() > room {
                return Ok(false);
            }
        }
    }

    /// Polls for the next piece that is not empty. Trailers are ignored.
    fn poll_data(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
        loop {
            let Some(frame) = ready!(Pin::new(&mut *self).poll_frame(context)?) else {
                return Poll::Ready(None);
            };
            if let Ok(data) = frame.into_data()
                && !data.is_empty()
            {
                return Poll::Ready(Some(Ok(data)));
            }
        }
    }
}

/// Joins pieces. A single piece is not copied.
#[derive(Default)]
pub(crate) struct Gathered {
    first: Bytes,
    /// All pieces, if there are several.
    whole: BytesMut,
}

impl Gathered {
    fn len(&self) -> usize {
        self.first.len().max(self.whole.len())
    }

    fn push(&mut self, piece: Bytes) {
        if self.first.is_empty() {
            self.first = piece;
            return;
        }
        if self.whole.is_empty() {
            self.whole.extend_from_slice(&self.first);
        }
        self.whole.extend_from_slice(&piece);
    }

    pub(crate) fn join(self) -> Bytes {
        if self.whole.is_empty() {
            self.first
        } else {
            self.whole.freeze()
        }
    }
}

/// The pieces of the body, as in [`Body::next`].
impl Stream for Body {
    type Item = Result<Bytes, Failure>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_data(context)
            .map(|piece| piece.map(|piece| piece.map_err(Failure::body)))
    }
}
