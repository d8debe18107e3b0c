//! The type of bodies.

use crate::error::box_error::BoxError;
use crate::http_binding::body::source::Opened;
#[cfg(feature = "client")]
use crate::http_binding::body::stream::Mapped;
use crate::http_binding::body::stream::{Frames, OneShot, boxed, downcast};
use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The body of a request or response, and the type of members that are streams.
///
/// | created by | can be read | length | retried |
/// |---|---|---|---|
/// | `from` bytes or text | repeatedly | known | yes |
/// | `Body::from_path`, a file (feature `fs`) | repeatedly | known | yes |
/// | [`Body::reopen`] | repeatedly | known | yes |
/// | [`Body::new`], any `http_body::Body` | once | that of the body | if no byte of it was read |
/// | [`Body::from_stream`] | once | unknown | if no byte of it was read |
///
/// Signatures cover bytes and streams that can be read repeatedly, which are read one more time to
/// calculate the signature. They do not cover streams that can be read once: such a request has an
/// unsigned payload (`UNSIGNED-PAYLOAD`), as in the AWS SDKs, which the service may reject. Without
/// TLS such a stream is an error unless the request is not signed at all.
///
/// Read a body piece by piece with [`Body::next`], as a whole with [`Body::bytes`], or through its
/// implementations of `futures_core::Stream` and `http_body::Body`.
///
/// ```
/// # async fn example() -> Result<(), smithy_rt::Failure> {
/// use smithy_rt::Body;
///
/// let mut body = Body::from("a text");
/// while let Some(piece) = body.next().await {
///     println!("{} bytes", piece?.len());
/// }
/// # Ok(())
/// # }
/// ```
pub struct Body(Inner);

/// The maximum number of bytes in a piece of a body in memory. With several pieces, the progress of
/// an upload can be observed.
pub(crate) const PIECE: usize = 256 * 1024;

enum Inner {
    /// The bytes that are not read yet.
    Bytes(Bytes),
    OneShot(OneShot),
    Opened(Box<Opened>),
}

impl Body {
    /// Creates a body that can be read once.
    pub fn new<B>(body: B) -> Self
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        downcast(body).unwrap_or_else(|body| Self(Inner::OneShot(OneShot::new(boxed(body)))))
    }

    /// Creates a body from a stream of pieces. It can be read once, and its length is unknown.
    pub fn from_stream<S, T, E>(pieces: S) -> Self
    where
        S: Stream<Item = Result<T, E>> + Send + 'static,
        T: Into<Bytes> + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::new(Frames::of(pieces))
    }

    /// Creates a body of
    /// `length` bytes that can be read repeatedly, so that it can be retried. `open` is called once
    /// for each read, and the work should happen when the result is read.
    ///
    /// Reading fails if the stream has fewer or more bytes. Bytes beyond `length` are not sent.
    pub fn reopen<B, F>(length: u64, open: F) -> Self
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
        F: Fn() -> B + Send + Sync + 'static,
    {
        Self(Inner::Opened(Box::new(Opened::new(length, move || {
            boxed(open())
        }))))
    }

    /// The bytes, if the body is in memory.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Bytes(bytes) => Some(bytes),
            Inner::OneShot(_) | Inner::Opened(_) => None,
        }
    }

    /// The number of bytes that are not read yet, if it is known.
    pub fn length(&self) -> Option<u64> {
        HttpBody::size_hint(self).exact()
    }

    /// Clones the body, from its start. The clone of a stream that can be read once shares the
    /// stream: only the first of them to be read gets it. `None` if it was read before.
    pub fn try_clone(&self) -> Option<Self> {
        match &self.0 {
            Inner::OneShot(stream) if stream.has_begun() => None,
            _ => Some(self.share()),
        }
    }

    /// Like [`Body::try_clone`], but if the stream was read before, reading the clone fails.
    pub(crate) fn share(&self) -> Self {
        Self(match &self.0 {
            Inner::Bytes(bytes) => Inner::Bytes(bytes.clone()),
            Inner::OneShot(stream) => Inner::OneShot(stream.share()),
            Inner::Opened(opened) => Inner::Opened(Box::new(opened.reopen())),
        })
    }

    /// Maps the frames and errors of the body.
    #[cfg(feature = "client")]
    pub(crate) fn map_frames<F>(self, map: F) -> Self
    where
        F: FnMut(Result<Frame<Bytes>, BoxError>) -> Result<Frame<Bytes>, BoxError>
            + Send
            + Unpin
            + 'static,
    {
        Self::new(Mapped { body: self, map })
    }

    /// Whether the body can be read only once.
    #[cfg(feature = "client")]
    pub(crate) fn is_read_once(&self) -> bool {
        matches!(self.0, Inner::OneShot(_))
    }
}

/// An empty body.
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
            Inner::Bytes(bytes) => Poll::Ready(Some(Ok(Frame::data(
                bytes.split_to(bytes.len().min(PIECE)),
            )))),
            Inner::OneShot(stream) => stream.poll_frame(context),
            Inner::Opened(opened) => opened.poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Inner::Bytes(bytes) => bytes.is_empty(),
            Inner::OneShot(stream) => stream.is_end_stream(),
            Inner::Opened(opened) => opened.left() == 0,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Inner::OneShot(stream) => stream.size_hint(),
            Inner::Opened(opened) => SizeHint::with_exact(opened.left()),
        }
    }
}

/// Prints the length, but not the bytes, which may be a secret.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.0, self.length()) {
            (Inner::Bytes(bytes), _) => write!(f, "Body({} bytes)", bytes.len()),
            (_, Some(length)) => write!(f, "Body(stream of {length} bytes)"),
            (_, None) => f.write_str("Body(stream)"),
        }
    }
}
