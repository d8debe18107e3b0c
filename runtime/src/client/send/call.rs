//! Calls of operations.

use crate::client::auth::identity::ResolvedAuth;
use crate::client::auth::payload::Payload;
use crate::client::endpoint::Target;
use crate::client::handle::{Client, Config};
use crate::client::send::attempts::Attempts;
use crate::client::send::fault::incomplete_body;
use crate::client::send::metadata::ResponseMetadata;
use crate::client::send::traits::OperationTraits;
use crate::client::system::within;
use crate::client::transport::error::TransportError;
use crate::error::failure::Failure;
use crate::error::meta::{Call, FailureKind};
use crate::http_binding::body::body_type::Body;
use crate::http_binding::request::checksum::sum::add_checksums;
use crate::http_binding::request::stream::PendingChecksums;
use crate::http_binding::request_id::request_id;
use crate::http_binding::response::{FromResponse, Response};
#[cfg(feature = "test-util")]
use crate::http_binding::scripted::OperationName;
use crate::operation::error::{OperationError, read_output};
use crate::operation::operation_trait::{Operation, write};
use bytes::Bytes;
use http::header::USER_AGENT;
use http::{HeaderMap, Request, StatusCode};
use std::cell::Cell;
use std::sync::atomic::AtomicU32;
use std::time::Duration;
use tracing::{Instrument, Span, field};

/// The maximum validity of a presigned request.
const MAX_PRESIGNED: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// A successful response, and the traits of its operation with regard to this call.
type Answer = (http::Response<Body>, Call, OperationTraits);

impl Client {
    /// Sends an operation and reads the response, except a member that is a stream.
    ///
    /// # Errors
    /// The service returned an error, or the call failed ([`Failure`]).
    // Not an `async fn`, whose future would contain the arguments twice.
    pub fn send<O: Operation>(
        &self,
        operation: &O,
    ) -> impl Future<Output = Result<O::Output, O::Error>> {
        self.send_as(operation, OperationTraits::of::<O>(&self.shared.service))
    }

    /// Like [`Client::send`], but reads the whole response into memory.
    pub(crate) fn send_whole<O: Operation>(
        &self,
        operation: &O,
    ) -> impl Future<Output = Result<O::Output, O::Error>> {
        let traits = OperationTraits::of::<O>(&self.shared.service);
        self.send_as(
            operation,
            OperationTraits {
                streams: false,
                ..traits
            },
        )
    }

    /// Sends an operation and reads the response, like [`Client::send`]. Returns the status, headers
    /// and request ID as well.
    ///
    /// # Errors
    /// The service returned an error, or the call failed ([`Failure`]).
    pub async fn send_with_metadata<O: Operation>(
        &self,
        operation: &O,
    ) -> Result<(O::Output, ResponseMetadata), O::Error> {
        let traits = OperationTraits::of::<O>(&self.shared.service);
        let (response, call, traits) = self.respond(operation, traits).await?;
        let metadata = ResponseMetadata::new(&response, call);
        Ok((
            read::<O::Output, O::Error>(response, call, traits)?,
            metadata,
        ))
    }

    async fn send_as<O: Operation>(
        &self,
        operation: &O,
        traits: OperationTraits,
    ) -> Result<O::Output, O::Error> {
        let (response, call, traits) = self.respond(operation, traits).await?;
        read(response, call, traits)
    }

    /// Sends an operation and returns the successful response.
    async fn respond<O: Operation>(
        &self,
        operation: &O,
        traits: OperationTraits,
    ) -> Result<Answer, O::Error> {
        let config = self.config(O::NAME)?;
        let attempts = AtomicU32::new(0);
        let call = self.respond_unlimited(config, operation, traits, &attempts);
        let Some(limit) = config.limits.operation else {
            return call.await;
        };
        // Boxed to keep the future of a call small.
        let result = within(&*config.system, limit, Box::pin(call)).await;
        let attempts = attempts.into_inner();
        let (kind, error) = match result {
            Ok(Some(result)) => return result,
            Ok(None) => (
                FailureKind::Timeout,
                TransportError::timeout("operation", limit).into(),
            ),
            Err(no_timer) => (FailureKind::Config, no_timer),
        };
        let call = Call {
            elapsed: limit,
            ..Call::new(O::NAME, attempts)
        };
        Err(Failure::new(call, kind, error).transient().into())
    }

    /// Sends an operation without a limit for the whole call. `sent` gets the number of attempts.
    async fn respond_unlimited<O: Operation>(
        &self,
        config: &Config,
        operation: &O,
        traits: OperationTraits,
        sent: &AtomicU32,
    ) -> Result<Answer, O::Error> {
        let route = self.route(config, operation).await?;
        let (request, checksums, has_token) = build_request(config, operation, &route.target)?;
        let traits = OperationTraits {
            is_idempotent: traits.is_idempotent || has_token,
            ..traits
        };
        let mut request = match checksums.is_empty() {
            true => request,
            false => Box::pin(add_checksums(request, checksums))
                .await
                .map_err(|error| {
                    Failure::new(Call::new(O::NAME, 0), FailureKind::Request, error)
                })?,
        };
        request
            .headers_mut()
            .insert(USER_AGENT, config.user_agent.clone());
        #[cfg(feature = "test-util")]
        request.extensions_mut().insert(OperationName(O::NAME));
        let span = tracing::debug_span!(
            "call",
            service = self.shared.service.id,
            operation = O::NAME,
            attempts = field::Empty,
            status = field::Empty,
            request_id = field::Empty,
        );
        let attempts = Attempts::new(config, &route, traits, request, sent);
        // Boxed to keep the future of a call small.
        match Box::pin(attempts.run::<O::Error>())
            .instrument(span.clone())
            .await
        {
            Ok((response, call)) => {
                let status = response.status();
                record_end(
                    &span,
                    call.attempts,
                    Some(status),
                    request_id(response.headers()),
                );
                Ok((response, call, traits))
            }
            Err(error) => {
                let meta = error.meta();
                record_end(&span, meta.attempts(), meta.status(), meta.request_id());
                Err(error)
            }
        }
    }

    /// Builds the request of an operation with a signature in its query string. Anyone can send it,
    /// with the same method, URI, headers and body, until it expires.
    ///
    /// # Errors
    /// A [`Failure`] if the request cannot be built, its body is a stream, there are no
    /// credentials, or `expires_in` is not between 1 second and 7 days.
    pub async fn presigned<O: Operation>(
        &self,
        operation: &O,
        expires_in: Duration,
    ) -> Result<Request<Bytes>, O::Error> {
        let call = Call::new(O::NAME, 0);
        let failure = |message: &str| Failure::new(call, FailureKind::Request, message);
        if !(Duration::from_secs(1)..=MAX_PRESIGNED).contains(&expires_in) {
            let message =
                "the validity of a presigned request has to be between 1 second and 7 days";
            return Err(failure(message).into());
        }
        let config = self.config(O::NAME)?;
        let route = self.route(config, operation).await?;
        let (cache, scheme) = match route.auth {
            ResolvedAuth::Signature(cache, scheme) => (cache, scheme),
            ResolvedAuth::Token(_) => {
                let message = "a request with a bearer token cannot be presigned, since it would reveal the token";
                return Err(failure(message).into());
            }
            ResolvedAuth::Anonymous => {
                let message = "the client or the operation does not sign requests";
                return Err(failure(message).into());
            }
        };
        let (mut request, ..) = build_request(config, operation, &route.target)?;
        let Some(body) = request.body().as_bytes().cloned() else {
            let message = "a presigned request needs a body in memory, but this body is a stream";
            return Err(failure(message).into());
        };
        let credentials = config.auth.credentials(cache, call).await?;
        let scope = route.scope(scheme, config, call)?;
        let payload = Payload::of_bytes(&body);
        config
            .auth
            .presign(scope, &mut request, &payload, &credentials, expires_in)
            .map_err(|error| Failure::new(call, FailureKind::Request, error))?;
        Ok(request.map(|_| body))
    }

    fn config(&self, operation: &'static str) -> Result<&Config, Failure> {
        let call = Call::new(operation, 0);
        self.shared
            .config
            .as_ref()
            .map_err(|error| Failure::new(call, FailureKind::Config, error.clone()))
    }
}

/// Builds the request that all attempts share: with its idempotency token, but without a signature.
/// Returns the checksums that have to be added, and whether there is an idempotency token.
fn build_request<O: Operation>(
    config: &Config,
    operation: &O,
    target: &Target,
) -> Result<(Request<Body>, PendingChecksums, bool), Failure> {
    let tokens = || config.system.token();
    let written = write(operation, &target.endpoint, &tokens, config.requests);
    let request = written.and_then(|written| {
        let has_token = written.has_token();
        Ok((written.finish_without_checksums()?, has_token))
    });
    let ((mut request, checksums), has_token) =
        request.map_err(|error| Failure::request(O::NAME, error))?;
    request.headers_mut().extend(target.headers.clone());
    add_headers(config, request.headers_mut())
        .map_err(|error| Failure::new(Call::new(O::NAME, 0), FailureKind::Request, error))?;
    Ok((request, checksums, has_token))
}

/// Adds the headers of the client's settings, which must not replace headers of the operation.
fn add_headers(config: &Config, headers: &mut HeaderMap) -> Result<(), String> {
    match config
        .headers
        .keys()
        .find(|name| headers.contains_key(*name))
    {
        Some(name) => Err(format!(
            "the operation sets the header `{name}`, so that `customize` cannot"
        )),
        None => {
            headers.extend(config.headers.clone());
            Ok(())
        }
    }
}

/// Reads the output of a response, whose body is a stream unless it is in memory.
fn read<T: FromResponse, E: OperationError>(
    response: http::Response<Body>,
    call: Call,
    traits: OperationTraits,
) -> Result<T, E> {
    let (head, body) = response.into_parts();
    if let Some(bytes) = body.as_bytes() {
        let response = http::Response::from_parts(head, bytes.clone());
        return read_output(Response::new(&response), call);
    }
    let (status, id) = (head.status, request_id(&head.headers).map(str::to_owned));
    let body = body.map_frames(move |frame| {
        frame.map_err(|error| {
            incomplete_body(error, call, traits)
                .with_response(status, id.clone())
                .into()
        })
    });
    let (head, stream) = (
        http::Response::from_parts(head, Bytes::new()),
        Cell::new(body),
    );
    read_output(Response::streaming(&head, &stream), call)
}

/// Records the end of a call in its span.
fn record_end(span: &Span, attempts: u32, status: Option<StatusCode>, request_id: Option<&str>) {
    span.record("attempts", attempts);
    span.record("status", status.map(|status| status.as_u16()));
    span.record("request_id", request_id);
}
