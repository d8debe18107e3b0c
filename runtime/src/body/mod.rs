//! Bodies of requests and responses: bytes in memory, or streams.

#[cfg(feature = "fs")]
mod file;
mod read;
mod source;
mod stream;

use crate::Blob;
use crate::json::{self, Decode, Encode};
use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body as HttpBody, Frame, SizeHint};
#[cfg(feature = "client")]
pub(crate) use read::Gathered;
use source::Opened;
use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use stream::{Frames, Once};

/// Any error.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// The body of a request or response, and the value of a member that is a stream.
///
/// | made with | read | length | sent again after a failed attempt |
/// |---|---|---|---|
/// | `from` bytes or text | as often as one likes | known | yes |
/// | `Body::from_path` a file (feature `fs`) | as often as one likes | known | yes |
/// | [`Body::reopen`] | as often as one likes | known | yes |
/// | [`Body::new`] any `http_body::Body` | once | if it knows it | as long as nobody has read of it |
/// | [`Body::from_stream`] | once | not known | as long as nobody has read of it |
///
/// Signatures cover bytes, and streams that can be read again, which are read once more for it.
/// They do not cover a stream that can be read once: its request says so, as those of the AWS SDKs
/// do (`UNSIGNED-PAYLOAD`), which is for the service to accept. Without TLS such a stream is
/// refused, unless nobody signs.
///
/// To read one, ask for its pieces with [`Body::next`], for all of it with [`Body::bytes`], or use
/// it as a `futures_core::Stream` or an `http_body::Body`.
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

/// The most bytes that are one piece of a body in memory, so that whoever sends it knows how far it
/// is.
pub(crate) const PIECE: usize = 256 * 1024;

enum Inner {
    /// Without bytes, once they were read.
    Bytes(Bytes),
    Once(Once),
    Opened(Box<Opened>),
}

impl Body {
    /// A body that can be read once.
    pub fn new<B>(body: B) -> Self
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        stream::unwrapped(body)
            .unwrap_or_else(|body| Self(Inner::Once(Once::new(stream::boxed(body)))))
    }

    /// A body of the pieces of a stream. It can be read once, and its length is not known.
    pub fn from_stream<S, T, E>(pieces: S) -> Self
    where
        S: Stream<Item = Result<T, E>> + Send + 'static,
        T: Into<Bytes> + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::new(Frames::of(pieces))
    }

    /// A body of `length` bytes that is opened anew for everyone who reads it, so that it can be
    /// sent again. What `open` returns should do its work when it is read.
    ///
    /// Fewer bytes than that are an error when it is read; more are one if it is read to its end,
    /// and are not sent.
    pub fn reopen<B, F>(length: u64, open: F) -> Self
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
        F: Fn() -> B + Send + Sync + 'static,
    {
        Self(Inner::Opened(Box::new(Opened::new(length, move || {
            stream::boxed(open())
        }))))
    }

    /// The bytes, if it is in memory.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Bytes(bytes) => Some(bytes),
            Inner::Once(_) | Inner::Opened(_) => None,
        }
    }

    /// How many bytes are to come, if that is known.
    pub fn length(&self) -> Option<u64> {
        HttpBody::size_hint(self).exact()
    }

    /// The same body from its start. That of a stream that can be read once is the same stream:
    /// whoever begins to read it has it, and from then on this is `None`.
    pub fn try_clone(&self) -> Option<Self> {
        match &self.0 {
            Inner::Once(stream) if stream.has_begun() => None,
            _ => Some(self.share()),
        }
    }

    /// Like [`Body::try_clone`], but a stream that somebody else reads gives an error when it is
    /// read.
    pub(crate) fn share(&self) -> Self {
        Self(match &self.0 {
            Inner::Bytes(bytes) => Inner::Bytes(bytes.clone()),
            Inner::Once(stream) => Inner::Once(stream.share()),
            Inner::Opened(opened) => Inner::Opened(Box::new(opened.anew())),
        })
    }

    /// The same body, whose frames and errors pass through a function.
    #[cfg(feature = "client")]
    pub(crate) fn through<F>(self, pass: F) -> Self
    where
        F: FnMut(Result<Frame<Bytes>, BoxError>) -> Result<Frame<Bytes>, BoxError>
            + Send
            + Unpin
            + 'static,
    {
        Self::new(stream::Through { body: self, pass })
    }

    /// Whether it can be read only once.
    #[cfg(feature = "client")]
    pub(crate) fn is_read_once(&self) -> bool {
        matches!(self.0, Inner::Once(_))
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
            Inner::Bytes(bytes) => Poll::Ready(Some(Ok(Frame::data(
                bytes.split_to(bytes.len().min(PIECE)),
            )))),
            Inner::Once(stream) => stream.poll_frame(context),
            Inner::Opened(opened) => opened.poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Inner::Bytes(bytes) => bytes.is_empty(),
            Inner::Once(stream) => stream.is_end_stream(),
            Inner::Opened(opened) => opened.left() == 0,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Inner::Once(stream) => stream.size_hint(),
            Inner::Opened(opened) => SizeHint::with_exact(opened.left()),
        }
    }
}

/// Tells the length, never the bytes: they may hold secrets.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.0, self.length()) {
            (Inner::Bytes(bytes), _) => write!(f, "Body({} bytes)", bytes.len()),
            (_, Some(length)) => write!(f, "Body(stream of {length} bytes)"),
            (_, None) => f.write_str("Body(stream)"),
        }
    }
}

/// As a [`Blob`] is read: base64 in a string.
impl Decode for Body {
    fn decode(json: &mut json::Reader<'_>) -> json::Result<Self> {
        Blob::decode(json).map(|blob| blob.into_bytes().into())
    }
}

/// As a [`Blob`] is written, if it is in memory; left out if it is a stream, which would have to be
/// read.
impl Encode for Body {
    fn encode(&self, json: &mut json::Writer) {
        match self.as_bytes() {
            Some(bytes) => Blob::from(bytes.clone()).encode(json),
            None => json.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.as_bytes().is_none()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::pin::pin;
    use std::task::Waker;

    /// What is ready at once.
    pub(crate) fn now<F: Future>(future: F) -> F::Output {
        let Poll::Ready(output) = pin!(future).poll(&mut Context::from_waker(Waker::noop())) else {
            unreachable!("nothing here waits")
        };
        output
    }

    pub(super) fn frames(mut body: Body) -> Vec<Bytes> {
        std::iter::from_fn(|| now(body.next()))
            .map(Result::unwrap_or_default)
            .collect()
    }

    #[test]
    fn bytes_are_one_frame_and_can_be_had_again() {
        let body = Body::from("abc");
        assert_eq!(body.length(), Some(3));
        let again = body.try_clone().unwrap();
        assert_eq!(frames(body), ["abc"]);
        assert_eq!(now(again.bytes()).unwrap(), "abc");
        assert!(Body::default().is_end_stream() && frames(Body::default()).is_empty());
    }

    #[test]
    fn what_bodies_are_made_of() {
        let bodies: [Body; 5] = [
            "abc".into(),
            String::from("abc").into(),
            vec![b'a', b'b', b'c'].into(),
            b"abc".as_slice().into(),
            Bytes::from_static(b"abc").into(),
        ];
        for body in bodies {
            assert_eq!(body.as_bytes().unwrap(), "abc");
            assert_eq!(format!("{body:?}"), "Body(3 bytes)");
        }
    }

    #[test]
    fn bodies_cross_threads() {
        fn travels<T: Send + Sync + Unpin>(_: T) {}
        travels(Body::default());
    }
}
