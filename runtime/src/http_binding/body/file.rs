//! Files as bodies.

use crate::error::failure::Failure;
use crate::http_binding::body::body_type::Body;
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

/// The number of bytes in a piece.
const PIECE: usize = 64 * 1024;

impl Body {
    /// Creates a body from a file, which is opened for each read. Requires a tokio runtime.
    ///
    /// The length of the file is determined by this call. If the file is shorter when it is read,
    /// reading fails; if it is longer, the rest is not sent.
    ///
    /// # Errors
    /// The file does not exist or cannot be read, or there is no runtime. The source is the
    /// [`io::Error`].
    pub async fn from_path(path: impl AsRef<Path>) -> Result<Self, Failure> {
        let path: Arc<Path> = path.as_ref().into();
        let failure = |error| Failure::body(with_path(&path, error).into());
        let length = async {
            check_runtime()?;
            File::open(&path).await?.metadata().await
        };
        let length = length.await.map_err(failure)?.len();
        Ok(Self::reopen(length, move || Content::Closed(path.clone())))
    }
}

/// Checks that there is a tokio runtime. Without one, tokio's files panic.
fn check_runtime() -> io::Result<()> {
    Handle::try_current().map(drop).map_err(io::Error::other)
}

/// Adds the path to an error.
fn with_path(path: &Path, error: io::Error) -> io::Error {
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
                        File::open(&path)
                            .await
                            .map_err(|error| with_path(&path, error))
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
