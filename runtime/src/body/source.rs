//! Streams that can be opened again.

use super::stream::{Boxed, Polled};
use bytes::Bytes;
use http_body::Frame;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

/// A stream that is opened when it is first read, by one of several who may.
pub(super) struct Opened {
    source: Arc<Source>,
    /// Only a lock because a stream that is read need not be one that can be shared.
    reading: Mutex<Option<Reading>>,
}

struct Source {
    length: u64,
    open: Box<dyn Fn() -> Boxed + Send + Sync>,
}

struct Reading {
    stream: Boxed,
    /// How many bytes have to come.
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

    /// The same from its start.
    pub(super) fn anew(&self) -> Self {
        Self {
            source: self.source.clone(),
            reading: Mutex::default(),
        }
    }

    /// How many bytes have to come.
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
        // Trailers are none of the length.
        let data = frame.as_ref().and_then(Frame::data_ref).map(Bytes::len);
        let left = match (&frame, data) {
            (None, _) if reading.left > 0 => None,
            (_, data) => reading.left.checked_sub(data.unwrap_or_default() as u64),
        };
        let Some(left) = left else {
            let length_is = if frame.is_some() { "more" } else { "fewer" };
            let message =
                format!("the stream has {length_is} than the {length} bytes that were announced");
            return Poll::Ready(Some(Err(message.into())));
        };
        reading.left = left;
        Poll::Ready(frame.map(Ok))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Body;
    use super::super::tests::{frames, now};

    #[test]
    fn a_source_is_read_as_often_as_one_likes() {
        let mut body = Body::reopen(3, || Body::from("abc"));
        assert_eq!(format!("{body:?}"), "Body(stream of 3 bytes)");
        assert_eq!(now(body.next()).unwrap().unwrap(), "abc");
        assert_eq!(format!("{body:?}"), "Body(stream of 0 bytes)");
        let again = body.try_clone().unwrap();
        assert!(now(body.next()).is_none());
        assert_eq!(frames(again), ["abc"]);
    }

    #[test]
    fn a_source_of_another_length_than_announced() {
        for (length, word) in [(2, "more"), (4, "fewer")] {
            let error = now(Body::reopen(length, || Body::from("abc")).bytes()).unwrap_err();
            let text = format!(
                "Body failed: cannot read the body: the stream has {word} than the {length} bytes that were announced"
            );
            assert_eq!(error.to_string(), text);
        }
    }
}
