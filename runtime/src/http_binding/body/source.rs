//! Streams that can be read repeatedly.

use crate::http_binding::body::stream::{Boxed, Polled};
use bytes::Bytes;
use http_body::Frame;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

/// A stream that is opened when it is first read. Each reader has its own.
pub(super) struct Opened {
    source: Arc<Source>,
    /// The lock makes the type `Sync`, which the stream need not be.
    reading: Mutex<Option<Reading>>,
}

struct Source {
    length: u64,
    open: Box<dyn Fn() -> Boxed + Send + Sync>,
}

struct Reading {
    stream: Boxed,
    /// The number of bytes that are not read yet.
    left: u64,
}

impl Opened {
    pub(super) fn new(length: u64, open: impl Fn() -> Boxed + Send + Sync + 'static) -> Self {
        Self {
            source: Arc::new(Source {
                length,
                open: Box::new(open),
            }),
            reading: Mutex::default(),
        }
    }

    /// Creates another reader, at the start.
    pub(super) fn reopen(&self) -> Self {
        Self {
            source: self.source.clone(),
            reading: Mutex::default(),
        }
    }

    /// The number of bytes that are not read yet.
    pub(super) fn left(&self) -> u64 {
        let reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        reading
            .as_ref()
            .map_or(self.source.length, |reading| reading.left)
    }

    pub(super) fn poll_frame(&mut self, context: &mut Context<'_>) -> Polled {
        let length = self.source.length;
        let reading = self
            .reading
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        let reading = reading.get_or_insert_with(|| Reading {
            stream: (self.source.open)(),
            left: length,
        });
        let frame = ready!(reading.stream.as_mut().poll_frame(context)?);
        // Trailers do not count.
        let data = frame.as_ref().and_then(Frame::data_ref).map(Bytes::len);
        let left = match (&frame, data) {
            (None, _) if reading.left > 0 => None,
            (_, data) => reading.left.checked_sub(data.unwrap_or_default() as u64),
        };
        let Some(left) = left else {
            let difference = if frame.is_some() { "more" } else { "fewer" };
            let message = format!("the stream has {difference} bytes than its length of {length}");
            return Poll::Ready(Some(Err(message.into())));
        };
        reading.left = left;
        Poll::Ready(frame.map(Ok))
    }
}
