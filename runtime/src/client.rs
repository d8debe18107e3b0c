//! Sending operations over any HTTP service.

use crate::Endpoint;
use crate::error::{Call, Failure};
use crate::operation::{self, Operation};
use bytes::Bytes;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use tower_service::Service;

type BoxError = Box<dyn std::error::Error + Send + Sync>;
type Answer = Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, BoxError>> + Send>>;

/// A call under way: what `send` of an operation's builder returns. It does nothing until it is awaited.
pub type Reply<T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send>>;

/// What a [`Client`] sends over: every `tower_service::Service` from requests to responses with whole bodies that can
/// be cloned and shared. Nothing else implements it.
pub trait Transport: Exchange {}

/// The object-safe side of [`Transport`].
#[doc(hidden)]
pub trait Exchange: Send + Sync + 'static {
    fn exchange(&self, request: http::Request<Bytes>) -> Answer;
}

impl<S> Transport for S
where
    S: Service<http::Request<Bytes>, Response = http::Response<Bytes>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
{
}

impl<S> Exchange for S
where
    S: Service<http::Request<Bytes>, Response = http::Response<Bytes>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
{
    fn exchange(&self, request: http::Request<Bytes>) -> Answer {
        let mut service = self.clone();
        Box::pin(async move {
            poll_fn(|context| service.poll_ready(context)).await.map_err(Into::into)?;
            service.call(request).await.map_err(Into::into)
        })
    }
}

/// Sends operations to one endpoint. Cheap to clone; clones share the transport.
#[derive(Clone)]
pub struct Client {
    endpoint: Endpoint,
    transport: Arc<dyn Exchange>,
}

impl Client {
    /// A client that sends over this service. The service is cloned for each call.
    pub fn new(endpoint: Endpoint, service: impl Transport) -> Self {
        Self { endpoint, transport: Arc::new(service) }
    }

    /// Where requests go.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Sends an operation and reads the answer.
    ///
    /// # Errors
    /// The operation's error: the service's own, or a [`Failure`] when there is no usable answer.
    pub async fn send<O: Operation>(&self, operation: &O) -> Result<O::Output, O::Error> {
        let request =
            operation.to_request(&self.endpoint).map_err(|error| Failure::request(O::NAME, error))?;
        let call = Call { operation: O::NAME, attempts: 1 };
        let response = self.transport.exchange(request).await.map_err(|error| Failure::send(call, error))?;
        operation::read::<O>(&response, call)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}
