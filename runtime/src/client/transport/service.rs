//! Transports: HTTP services that send requests.

use crate::error::box_error::BoxError;
use crate::http_binding::body::body_type::Body;
use bytes::Bytes;
use http_body::Body as HttpBody;
use std::future::poll_fn;
use std::pin::Pin;
use tower_service::Service;

/// A transport: any `tower_service::Service` from requests with a [`Body`] to responses with an
/// `http_body::Body` of bytes, if it implements `Clone`, `Send` and `Sync`. It is cloned for each
/// attempt.
pub trait Transport: Exchange {}

/// The object-safe side of [`Transport`].
#[doc(hidden)]
pub trait Exchange: Send + Sync + 'static {
    /// Sends a request. Returns the response before its body is read.
    fn exchange(&self, request: http::Request<Body>) -> Answer;
}

/// The future of a response.
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
