//! What requests go over.

use super::system::within;
use super::{Body, BoxError, System};
use bytes::{Bytes, BytesMut};
use http_body::Body as HttpBody;
use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;
use tower_service::Service;

/// What a client sends over: every `tower_service::Service` from requests with a [`Body`] to responses with any
/// `http_body::Body` of bytes, that can be cloned and shared. It is cloned for each attempt. Nothing else implements it.
pub trait Transport: Exchange {}

/// The object-safe side of [`Transport`].
#[doc(hidden)]
pub trait Exchange: Send + Sync + 'static {
    fn exchange(&self, request: http::Request<Body>, patience: Patience) -> Answer;
}

/// A whole response, on its way.
pub(super) type Answer = Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, BoxError>> + Send>>;

impl<S, B> Transport for S
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: HttpBody<Data = Bytes> + Send,
    B::Error: Into<BoxError>,
{
}

impl<S, B> Exchange for S
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: HttpBody<Data = Bytes> + Send,
    B::Error: Into<BoxError>,
{
    fn exchange(&self, request: http::Request<Body>, patience: Patience) -> Answer {
        let mut service = self.clone();
        Box::pin(async move {
            let head = async {
                poll_fn(|context| service.poll_ready(context)).await.map_err(Into::into)?;
                service.call(request).await.map_err(Into::into)
            };
            let (parts, body) = patience.wait(head).await?.into_parts();
            Ok(http::Response::from_parts(parts, read(body, &patience).await?))
        })
    }
}

/// Reads a body to its end.
async fn read<B>(body: B, patience: &Patience) -> Result<Bytes, BoxError>
where
    B: HttpBody<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    let mut body = pin!(body);
    let mut first = Bytes::new();
    let mut whole = BytesMut::new();
    loop {
        let frame = poll_fn(|context| body.as_mut().poll_frame(context));
        let frame = patience.wait(async { frame.await.transpose().map_err(Into::into) }).await?;
        // Trailers say nothing that an output is read from.
        let Some(frame) = frame else { break };
        let Ok(data) = frame.into_data() else { continue };
        if first.is_empty() {
            first = data;
        } else {
            if whole.is_empty() {
                whole.extend_from_slice(&first);
            }
            whole.extend_from_slice(&data);
        }
    }
    Ok(if whole.is_empty() { first } else { whole.freeze() })
}

/// How long to wait for the next piece of a response.
#[doc(hidden)]
#[derive(Clone)]
pub struct Patience {
    pub(crate) system: Arc<dyn System>,
    pub(crate) read_timeout: Option<Duration>,
}

impl Patience {
    /// What the future gives, or a timeout.
    async fn wait<T>(&self, future: impl Future<Output = Result<T, BoxError>>) -> Result<T, BoxError> {
        let Some(limit) = self.read_timeout else { return future.await };
        let timeout = || Err(TransportError::timeout("read", limit).into());
        within(&*self.system, limit, future).await.unwrap_or_else(timeout)
    }
}

/// Why there is no response, for transports that can tell more than that there is none.
///
/// The client's own transport fails with it. Others may: the client finds it among an error's sources, and takes
/// any other error for one that another attempt may get past.
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
}

impl TransportError {
    /// There is no connection. The request was not sent, and another attempt may succeed.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self { fault: Fault::Connect, source: source.into() }
    }

    /// There is no connection, and there will be none, as with a certificate that nobody trusts.
    pub fn setup(source: impl Into<BoxError>) -> Self {
        Self { fault: Fault::Setup, source: source.into() }
    }

    /// What was waited for, such as `connect`, did not happen for so long.
    pub fn timeout(what: &str, limit: Duration) -> Self {
        Self { fault: Fault::Timeout, source: format!("{what} timeout after {limit:?}").into() }
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
