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
    /// The next piece, as large as it comes, or of bytes in memory at most 256 KiB; `None` after the last one.
    ///
    /// # Errors
    /// The stream fails. That of a response fails when the connection does, or when nothing comes within the client's
    /// read timeout; the error then tells of the call.
    pub async fn next(&mut self) -> Option<Result<Bytes, Failure>> {
        poll_fn(|context| self.poll_data(context)).await.map(|piece| piece.map_err(Failure::body))
    }

    /// All that is left, in memory.
    ///
    /// # Errors
    /// As [`Body::next`].
    pub async fn bytes(self) -> Result<Bytes, Failure> {
        self.collect().await.map_err(Failure::body)
    }

    /// All that is left, in memory.
    pub(crate) async fn collect(mut self) -> Result<Bytes, BoxError> {
        if let Some(bytes) = self.as_bytes() {
            return Ok(bytes.clone());
        }
        let mut first = Bytes::new();
        let mut whole = BytesMut::new();
        while let Some(data) = poll_fn(|context| self.poll_data(context)).await {
            let data = data?;
            if first.is_empty() {
                first = data;
                continue;
            }
            if whole.is_empty() {
                whole.extend_from_slice(&first);
            }
            whole.extend_from_slice(&data);
        }
        Ok(if whole.is_empty() { first } else { whole.freeze() })
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

/// The pieces, as [`Body::next`] gives them.
impl Stream for Body {
    type Item = Result<Bytes, Failure>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_data(context).map(|piece| piece.map(|piece| piece.map_err(Failure::body)))
    }
}
