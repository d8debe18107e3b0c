//! Streams that can be read once, and adapters of `http_body::Body`.

use crate::error::box_error::BoxError;
use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::any::Any;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

pub(super) type Boxed = Pin<Box<dyn HttpBody<Data = Bytes, Error = BoxError> + Send>>;
pub(super) type Polled = Poll<Option<Result<Frame<Bytes>, BoxError>>>;

/// A stream that can be read once. It can be shared, and the first holder to read it gets it.
pub(super) struct OneShot {
    shared: Arc<Mutex<Shared>>,
    /// Whether this holder has read of the stream.
    is_reader: bool,
}

struct Shared {
    stream: Boxed,
    begun: bool,
}

impl OneShot {
    pub(super) fn new(stream: Boxed) -> Self {
        Self {
            shared: Arc::new(Mutex::new(Shared {
                stream,
                begun: false,
            })),
            is_reader: false,
        }
    }

    /// Creates another holder.
    pub(super) fn share(&self) -> Self {
        Self {
            shared: self.shared.clone(),
            is_reader: false,
        }
    }

    /// Whether a holder has read of the stream.
    pub(super) fn has_begun(&self) -> bool {
        self.lock().begun
    }

    pub(super) fn poll_frame(&mut self, context: &mut Context<'_>) -> Polled {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if shared.begun && !self.is_reader {
            return Poll::Ready(Some(Err(
                "the stream can be read only once, and it was read before".into(),
            )));
        }
        shared.begun = true;
        self.is_reader = true;
        shared.stream.as_mut().poll_frame(context)
    }

    pub(super) fn is_end_stream(&self) -> bool {
        self.lock().stream.is_end_stream()
    }

    pub(super) fn size_hint(&self) -> SizeHint {
        self.lock().stream.size_hint()
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The value as a `T`, if its type is `T`.
pub(super) fn downcast<T: Default + 'static, B: 'static>(value: B) -> Result<T, B> {
    let mut value = Some(value);
    let any: &mut dyn Any = &mut value;
    let downcast = any.downcast_mut::<Option<T>>().and_then(Option::take);
    match (downcast, value) {
        (Some(downcast), _) => Ok(downcast),
        (None, Some(value)) => Err(value),
        // Unreachable: the value was either taken or not.
        (None, None) => Ok(T::default()),
    }
}

/// Boxes a body and its errors.
pub(super) fn boxed<B>(body: B) -> Boxed
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    Box::pin(Boxing(Box::pin(body)))
}

struct Boxing<B>(Pin<Box<B>>);

impl<B> HttpBody for Boxing<B>
where
    B: HttpBody<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Polled {
        self.0.as_mut().poll_frame(context).map_err(Into::into)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

/// A body whose frames and errors are mapped by a function.
#[cfg(feature = "client")]
pub(super) struct Mapped<B, F> {
    pub(super) body: B,
    pub(super) map: F,
}

#[cfg(feature = "client")]
impl<B, F> HttpBody for Mapped<B, F>
where
    B: HttpBody<Data = Bytes, Error = BoxError> + Unpin,
    F: FnMut(Result<Frame<Bytes>, BoxError>) -> Result<Frame<Bytes>, BoxError> + Unpin,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Polled {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        frame.map(|frame| frame.map(&mut self.map))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A body of the pieces of a stream.
pub(super) struct Frames<S, T> {
    pieces: Pin<Box<S>>,
    piece: PhantomData<fn() -> T>,
}

impl<S, T> Frames<S, T> {
    pub(super) fn of(pieces: S) -> Self {
        Self {
            pieces: Box::pin(pieces),
            piece: PhantomData,
        }
    }
}

impl<S, T, E> HttpBody for Frames<S, T>
where
    S: Stream<Item = Result<T, E>>,
    T: Into<Bytes>,
    E: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Polled {
        let piece = self.pieces.as_mut().poll_next(context);
        piece.map(|piece| {
            piece.map(|piece| {
                piece
                    .map(|bytes| Frame::data(bytes.into()))
                    .map_err(Into::into)
            })
        })
    }
}
