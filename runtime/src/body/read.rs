//! How a body is read.

use super::{Body, BoxError};
use crate::Failure;
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http_body::Body as HttpBody;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

impl Body {
    /// The next piece, as large as it comes, or of bytes in memory at most 256 KiB; `None` after
    /// the last one.
    ///
    /// # Errors
    /// The stream fails. That of a response fails when the connection does, or when nothing comes
    /// within the client's read timeout; the error then tells of the call.
    pub async fn next(&mut self) -> Option<Result<Bytes, Failure>> {
        poll_fn(|context| self.poll_data(context))
            .await
            .map(|piece| piece.map_err(Failure::body))
    }

    /// All that is left, in memory.
    ///
    /// # Errors
    /// As [`Body::next`].
    pub async fn bytes(self) -> Result<Bytes, Failure> {
        self.collect().await.map_err(Failure::body)
    }

    /// All that is left, in memory.
    pub(crate) async fn collect(self) -> Result<Bytes, BoxError> {
        let (bytes, end) = self.collect_up_to(u64::MAX).await;
        end.map(|_| bytes)
    }

    /// What is left, in memory, and whether that is all; at most so many bytes. What came before an
    /// error is given, too.
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

    /// Like [`Body::collect_up_to`], into what has the pieces also if this is dropped before it
    /// ends.
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

    /// The next piece that is not empty. Trailers say nothing that an output is read from.
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

/// Pieces that become one; a single one is not copied.
#[derive(Default)]
pub(crate) struct Gathered {
    first: Bytes,
    /// All of them, once there are several.
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

/// The pieces, as [`Body::next`] gives them.
impl Stream for Body {
    type Item = Result<Bytes, Failure>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_data(context)
            .map(|piece| piece.map(|piece| piece.map_err(Failure::body)))
    }
}
