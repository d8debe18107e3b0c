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
use std::time::Instant;

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
    let start = config.system.instant();
    let (request, upload) = config.timeouts.observe_upload(request);
    let response = config.transport.exchange(request);
    let response = config.timeouts.limit(response, upload.as_deref());
    let response = within_attempt(config, start, response)
        .await
        .map_err(ExchangeError::NoResponse)?;
    let (head, body) = response.into_parts();
    let body = config.timeouts.limit_body(body);
    if !head.status.is_success() {
        let bytes = error_body(config, start, body).await;
        return Ok(Response::from_parts(head, bytes.into()));
    }
    if streams {
        return Ok(Response::from_parts(head, body));
    }
    let bytes = collect(body, config.max_response_size);
    match within_attempt(config, start, bytes).await {
        Ok(bytes) => Ok(Response::from_parts(head, bytes.into())),
        Err(error) => Err(ExchangeError::IncompleteBody(Box::new(head), error)),
    }
}

/// The output of a future, unless the limit of an attempt expires, which began at `start`.
async fn within_attempt<T>(
    config: &Config,
    start: Instant,
    future: impl Future<Output = Result<T, BoxError>>,
) -> Result<T, BoxError> {
    let Some(limit) = config.limits.attempt else {
        return future.await;
    };
    let elapsed = config.system.instant().saturating_duration_since(start);
    let output = within(&*config.system, limit.saturating_sub(elapsed), future)
        .await
        .map_err(TransportError::setup)?;
    output.unwrap_or_else(|| Err(TransportError::timeout("operation attempt", limit).into()))
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

/// Reads the start of an error's body, for no longer than the limit for a single piece and for an
/// attempt. The status and headers are sufficient to report the error.
async fn error_body(config: &Config, start: Instant, body: Body) -> Bytes {
    let mut bytes = Gathered::default();
    let read = body.gather(MAX_ERROR_SIZE, &mut bytes);
    let elapsed = config.system.instant().saturating_duration_since(start);
    let left = config
        .limits
        .attempt
        .map(|limit| limit.saturating_sub(elapsed));
    match config.timeouts.read_timeout.into_iter().chain(left).min() {
        Some(limit) => drop(within(&*config.system, limit, read).await),
        None => drop(read.await),
    }
    bytes.join()
}
