//! Streams that can be read once.

use super::{Body, BoxError};
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

/// A stream that several may hold, of whom the first to read it has it.
pub(super) struct Once {
    shared: Arc<Mutex<Shared>>,
    /// Whether this is who has it.
    mine: bool,
}

struct Shared {
    stream: Boxed,
    begun: bool,
}

impl Once {
    pub(super) fn new(stream: Boxed) -> Self {
        Self {
            shared: Arc::new(Mutex::new(Shared {
                stream,
                begun: false,
            })),
            mine: false,
        }
    }

    /// Another one who may read it.
    pub(super) fn share(&self) -> Self {
        Self {
            shared: self.shared.clone(),
            mine: false,
        }
    }

    /// Whether somebody has begun to read it.
    pub(super) fn has_begun(&self) -> bool {
        self.lock().begun
    }

    pub(super) fn poll_frame(&mut self, context: &mut Context<'_>) -> Polled {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if shared.begun && !self.mine {
            return Poll::Ready(Some(
                Err("the stream can be read only once, and was".into()),
            ));
        }
        shared.begun = true;
        self.mine = true;
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

/// The body itself, if it is a [`Body`] already.
pub(super) fn unwrapped<B: 'static>(body: B) -> Result<Body, B> {
    let mut body = Some(body);
    let any: &mut dyn Any = &mut body;
    let unwrapped = any.downcast_mut::<Option<Body>>().and_then(Option::take);
    match (unwrapped, body) {
        (Some(unwrapped), _) => Ok(unwrapped),
        (None, Some(body)) => Err(body),
        // It is one or the other.
        (None, None) => Ok(Body::default()),
    }
}

/// A body in a box, and its errors, too.
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

/// A body whose frames and errors pass through a function.
#[cfg(feature = "client")]
pub(super) struct Through<F> {
    pub(super) body: Body,
    pub(super) pass: F,
}

#[cfg(feature = "client")]
impl<F> HttpBody for Through<F>
where
    F: FnMut(Result<Frame<Bytes>, BoxError>) -> Result<Frame<Bytes>, BoxError> + Unpin,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Polled {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        frame.map(|frame| frame.map(&mut self.pass))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        HttpBody::size_hint(&self.body)
    }
}

/// The pieces of a stream as frames.
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

#[cfg(test)]
mod tests {
    use super::super::tests::{frames, now};
    use super::*;
    use std::collections::VecDeque;

    /// A stream that has all its pieces.
    struct Pieces(VecDeque<Result<&'static str, &'static str>>);

    impl Stream for Pieces {
        type Item = Result<&'static str, &'static str>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(self.0.pop_front())
        }
    }

    fn body(pieces: impl IntoIterator<Item = Result<&'static str, &'static str>>) -> Body {
        Body::from_stream(Pieces(pieces.into_iter().collect()))
    }

    #[test]
    fn pieces_of_a_stream_pass_on() {
        let body = body([Ok("abc"), Ok("de")]);
        assert_eq!((body.as_bytes(), body.length()), (None, None));
        assert_eq!(format!("{body:?}"), "Body(stream)");
        assert_eq!(frames(body), ["abc", "de"]);
    }

    #[test]
    fn who_begins_to_read_a_stream_has_it() {
        let mut body = body([Ok("abc"), Ok("de"), Err("broken")]);
        let mut other = body.try_clone().unwrap();
        assert_eq!(now(other.next()).unwrap().unwrap(), "abc");
        assert!(body.try_clone().is_none());
        let error = now(body.next()).unwrap().unwrap_err();
        let text = "Body failed: cannot read the body: the stream can be read only once, and was";
        assert_eq!(error.to_string(), text);
        assert_eq!(now(other.next()).unwrap().unwrap(), "de");
        let error = now(other.bytes()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "Body failed: cannot read the body: broken"
        );
    }

    #[test]
    fn a_body_is_not_wrapped_in_another() {
        assert_eq!(Body::new(Body::from("abc")).as_bytes().unwrap(), "abc");
    }
}
