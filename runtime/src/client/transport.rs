//! What requests go over.

use crate::{Body, BoxError};
use bytes::Bytes;
use http_body::Body as HttpBody;
use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;
use tower_service::Service;

/// What a client sends over: every `tower_service::Service` from requests with a [`Body`] to
/// responses with any `http_body::Body` of bytes, that can be cloned and shared. It is cloned for
/// each attempt. Nothing else implements it.
pub trait Transport: Exchange {}

/// The object-safe side of [`Transport`].
#[doc(hidden)]
pub trait Exchange: Send + Sync + 'static {
    /// Sends a request and gives the head of the response, with a body that is left to be read.
    fn exchange(&self, request: http::Request<Body>) -> Answer;
}

/// A response on its way.
pub(super) type Answer =
    Pin<Box<dyn Future<Output = Result<http::Response<Body>, BoxError>> + Send>>;

impl<S, B> Transport for S
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
}

impl<S, B> Exchange for S
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn exchange(&self, request: http::Request<Body>) -> Answer {
        let mut service = self.clone();
        Box::pin(async move {
            poll_fn(|context| service.poll_ready(context))
                .await
                .map_err(Into::into)?;
            Ok(service
                .call(request)
                .await
                .map_err(Into::into)?
                .map(Body::new))
        })
    }
}

/// Why there is no response, for transports that can tell more than that there is none.
///
/// The client's own transport fails with it. Others may: the client finds it among an error's
/// sources, and takes any other error for one that another attempt may get past.
#[derive(Debug)]
pub struct TransportError {
    pub(crate) fault: Fault,
    pub(super) source: BoxError,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Connect,
    /// Another attempt meets the same fault.
    Setup,
    Timeout,
    /// An answer is larger than the client takes.
    Size,
}

impl TransportError {
    /// There is no connection. The request was not sent, and another attempt may succeed.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self {
            fault: Fault::Connect,
            source: source.into(),
        }
    }

    /// There is no connection, and there will be none, as with a certificate that nobody trusts.
    pub fn setup(source: impl Into<BoxError>) -> Self {
        Self {
            fault: Fault::Setup,
            source: source.into(),
        }
    }

    /// What was waited for, such as `connect`, did not happen for so long.
    pub fn timeout(what: &str, limit: Duration) -> Self {
        Self {
            fault: Fault::Timeout,
            source: format!("{what} timeout after {limit:?}").into(),
        }
    }

    /// A transfer was slower than the least throughput.
    pub(super) fn stalled(bytes: u64) -> Self {
        let source = format!("the transfer stalled: {bytes} bytes are less than 1 byte a second");
        Self {
            fault: Fault::Timeout,
            source: source.into(),
        }
    }

    /// The body of an answer has more bytes than the client takes.
    pub(super) fn too_large(limit: u64) -> Self {
        let source =
            format!("it has more than {limit} bytes, which is the client's `max_response_size`");
        Self {
            fault: Fault::Size,
            source: source.into(),
        }
    }

    /// Looks for one of these in an error and its sources.
    pub(crate) fn find<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a Self> {
        let mut next = Some(error);
        std::iter::from_fn(|| {
            let error = next?;
            next = error.source();
            Some(error)
        })
        .find_map(|error| error.downcast_ref())
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.source()
    }
}
