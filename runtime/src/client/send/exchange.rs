//! A single exchange with the service, with limits of time and size.

use crate::client::handle::Config;
use crate::client::system::within;
use crate::client::transport::error::TransportError;
use crate::error::box_error::BoxError;
use crate::http_binding::body::body_type::Body;
use crate::http_binding::body::read::Gathered;
use bytes::Bytes;
use http::response::Parts;
use http::{Request, Response};
use http_body::Body as HttpBody;

/// The maximum number of bytes of an error response that are read.
const MAX_ERROR_SIZE: u64 = 1 << 20;

/// The error of an exchange without a complete response.
pub(super) enum ExchangeError {
    /// There is no response.
    NoResponse(BoxError),
    /// The response is successful, but its body cannot be read.
    IncompleteBody(Box<Parts>, BoxError),
}

/// Sends a request and reads the response. With `streams`, the body of a successful response is not
/// read.
pub(super) async fn exchange(
    config: &Config,
    request: Request<Body>,
    streams: bool,
) -> Result<Response<Body>, ExchangeError> {
    let (request, upload) = config.timeouts.observe_upload(request);
    let response = config.transport.exchange(request);
    let response = config
        .timeouts
        .limit(response, upload.as_deref())
        .await
        .map_err(ExchangeError::NoResponse)?;
    let (head, body) = response.into_parts();
    let body = config.timeouts.limit_body(body);
    if !head.status.is_success() {
        let start = error_body(config, body).await;
        return Ok(Response::from_parts(head, start.into()));
    }
    if streams {
        return Ok(Response::from_parts(head, body));
    }
    match collect(body, config.max_response_size).await {
        Ok(bytes) => Ok(Response::from_parts(head, bytes.into())),
        Err(error) => Err(ExchangeError::IncompleteBody(Box::new(head), error)),
    }
}

/// Reads a body of at most `limit` bytes.
async fn collect(body: Body, limit: u64) -> Result<Bytes, BoxError> {
    if HttpBody::size_hint(&body).lower() > limit {
        return Err(TransportError::too_large(limit).into());
    }
    match body.collect_up_to(limit).await {
        (bytes, Ok(true)) => Ok(bytes),
        (_, Ok(false)) => Err(TransportError::too_large(limit).into()),
        (_, Err(error)) => Err(error),
    }
}

/// Reads the start of an error's body, for no longer than the limit for a single piece. The status
/// and headers are sufficient to report the error.
async fn error_body(config: &Config, body: Body) -> Bytes {
    let mut start = Gathered::default();
    let read = body.gather(MAX_ERROR_SIZE, &mut start);
    match config.timeouts.read_timeout {
        Some(limit) => drop(within(&*config.system, limit, read).await),
        None => drop(read.await),
    }
    start.join()
}
