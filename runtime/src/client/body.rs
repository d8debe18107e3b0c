//! The body of a request on its way to a transport.

use super::BoxError;
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The body of a request or response: bytes in memory, or a stream.
///
/// A client's requests have bytes, so that they can be sent again. Layers and transports may make streams of them, and
/// answer with either.
pub struct Body(Inner);

enum Inner {
    /// Without bytes, once they were read.
    Bytes(Bytes),
    Stream(Pin<Box<dyn HttpBody<Data = Bytes, Error = BoxError> + Send>>),
}

impl Body {
    /// A body that comes in pieces.
    pub fn stream<B>(body: B) -> Self
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self(Inner::Stream(Box::pin(Stream(Box::pin(body)))))
    }

    /// The bytes; `None` for a stream.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Bytes(bytes) => Some(bytes),
            Inner::Stream(_) => None,
        }
    }

    /// The same body again; `None` for a stream, which can be read only once.
    pub fn try_clone(&self) -> Option<Self> {
        self.as_bytes().cloned().map(Self::from)
    }
}

/// Without bytes.
impl Default for Body {
    fn default() -> Self {
        Self(Inner::Bytes(Bytes::new()))
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self(Inner::Bytes(bytes.into()))
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.0 {
            Inner::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Inner::Bytes(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Inner::Stream(stream) => stream.as_mut().poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Inner::Bytes(bytes) => bytes.is_empty(),
            Inner::Stream(stream) => stream.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Inner::Stream(stream) => stream.size_hint(),
        }
    }
}

/// Tells the length, never the bytes: they may hold secrets.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Inner::Bytes(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            Inner::Stream(_) => f.write_str("Body(stream)"),
        }
    }
}

/// A body whose errors are boxed.
struct Stream<B>(Pin<Box<B>>);

impl<B> HttpBody for Stream<B>
where
    B: HttpBody<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.0.as_mut().poll_frame(context).map_err(Into::into)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;
    use std::task::Waker;

    fn frames(body: Body) -> Vec<Bytes> {
        let mut body = pin!(body);
        let mut frames = Vec::new();
        while let Poll::Ready(Some(frame)) = body.as_mut().poll_frame(&mut Context::from_waker(Waker::noop()))
        {
            frames.extend(frame.ok().and_then(|frame| frame.into_data().ok()));
        }
        frames
    }

    #[test]
    fn bytes_are_one_frame_and_can_be_had_again() {
        let body = Body::from("abc");
        assert_eq!(body.size_hint().exact(), Some(3));
        let again = body.try_clone().unwrap();
        assert_eq!(frames(body), ["abc"]);
        assert_eq!(frames(again), ["abc"]);
        assert!(Body::default().is_end_stream() && frames(Body::default()).is_empty());
    }

    #[test]
    fn a_stream_passes_its_frames_on() {
        let body = Body::stream(Body::from(String::from("abc")));
        assert!(body.as_bytes().is_none() && body.try_clone().is_none());
        assert_eq!(body.size_hint().exact(), Some(3));
        assert_eq!(format!("{body:?} {:?}", Body::from(vec![1])), "Body(stream) Body(1 bytes)");
        assert_eq!(frames(body), ["abc"]);
    }
}
