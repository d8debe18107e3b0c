//! Files as bodies.

use super::Body;
use crate::Failure;
use bytes::{Bytes, BytesMut};
use http_body::{Body as HttpBody, Frame};
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::runtime::Handle;

/// How much is read at a time.
const PIECE: usize = 64 * 1024;

impl Body {
    /// The content of a file, which is opened anew for everyone who reads it. It needs a tokio
    /// runtime around it.
    ///
    /// A file that is shorter when it is read than now is an error then; of a longer one the length
    /// of now is sent.
    ///
    /// # Errors
    /// There is no such file, it cannot be read, or there is no runtime; the source is the
    /// [`io::Error`].
    pub async fn from_path(path: impl AsRef<Path>) -> Result<Self, Failure> {
        let path: Arc<Path> = path.as_ref().into();
        let failure = |error| Failure::body(named(&path, error).into());
        let length = async {
            check_runtime()?;
            File::open(&path).await?.metadata().await
        };
        let length = length.await.map_err(failure)?.len();
        Ok(Self::reopen(length, move || Content::Closed(path.clone())))
    }
}

/// Whether there is a tokio runtime, without which tokio's files panic.
fn check_runtime() -> io::Result<()> {
    Handle::try_current().map(drop).map_err(io::Error::other)
}

/// The error with the file's name.
fn named(path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

enum Content {
    Closed(Arc<Path>),
    Opening(Pin<Box<dyn Future<Output = io::Result<File>> + Send>>),
    Open(File, BytesMut),
}

impl HttpBody for Content {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        check_runtime()?;
        loop {
            *self = match &mut *self {
                Self::Closed(path) => {
                    let path = path.clone();
                    Self::Opening(Box::pin(async move {
                        File::open(&path).await.map_err(|error| named(&path, error))
                    }))
                }
                Self::Opening(opening) => Self::Open(
                    ready!(opening.as_mut().poll(context))?,
                    BytesMut::zeroed(PIECE),
                ),
                Self::Open(file, buffer) => {
                    let mut read = ReadBuf::new(buffer);
                    ready!(Pin::new(file).poll_read(context, &mut read))?;
                    let piece = Bytes::copy_from_slice(read.filled());
                    return Poll::Ready((!piece.is_empty()).then(|| Ok(Frame::data(piece))));
                }
            }
        }
    }
}
