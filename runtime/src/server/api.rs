//! The operations of a server, and the path of a request through one of them.

use crate::error::box_error::BoxError;
use crate::http_binding::body::body_type::Body;
use crate::http_binding::request::error::RequestError;
use crate::http_binding::token::random_token;
use crate::operation::operation_trait::{Operation, Written};
use crate::server::context::Context;
use crate::server::media_type;
use crate::server::rejection::{Rejection, RejectionKind};
use crate::server::request::{FromRequest, RequestReader};
use crate::server::response::{ERROR_TYPE, IntoResponse, ResponseWriter};
use crate::server::uri::{Labels, UriPattern};
use crate::server::validation::{Validate, Violations, validate};
use bytes::Bytes;
use http::header::{ACCEPT, ALLOW, CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Method, StatusCode, request};
use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// A response, or the error of a value that is not valid in it.
pub type Response = Result<http::Response<Body>, RequestError>;

/// The response of an operation.
pub type Answer = Pin<Box<dyn Future<Output = http::Response<Body>> + Send>>;

/// The operations of a service, as a server with the implementation `S` calls them.
pub trait Api<S>: Sized + 'static {
    /// All operations.
    fn routes() -> Vec<Route<S>>;

    /// Writes the response for a request that violates constraints of the model.
    ///
    /// # Errors
    /// A value is not valid in the response.
    fn invalid(service: &S, violations: &Violations) -> Response;
}

/// An operation, with its place in the URI space.
pub struct Route<S> {
    pub(super) name: &'static str,
    pub(super) method: Method,
    pub(super) uri: UriPattern,
    pub(super) streams: bool,
    pub(super) call: fn(Arc<S>, Call) -> Answer,
}

impl<S> Route<S> {
    /// Creates a route for the operation `I`. `uri` is the pattern of the trait `http`, and `call`
    /// answers a request, by [`answer`].
    pub fn new<I: Operation + FromRequest>(
        uri: &'static str,
        call: fn(Arc<S>, Call) -> Answer,
    ) -> Self {
        Self {
            name: I::NAME,
            method: I::METHOD,
            uri: UriPattern::parse(uri),
            streams: I::STREAMS,
            call,
        }
    }
}

/// The encoded values of labels, by the names of their members.
pub(super) type OwnedLabels = Vec<(&'static str, String)>;

/// A request that was routed to an operation.
#[derive(Debug)]
pub struct Call {
    pub(super) head: request::Parts,
    /// The labels, encoded as in the path.
    pub(super) labels: OwnedLabels,
    pub(super) body: Bytes,
    /// The body of an operation whose input is a stream.
    pub(super) stream: Body,
}

/// An error of an operation: one that the model declares, or an internal one.
pub trait ServerError {
    /// Writes the response; `None` for an internal error.
    fn response(&self) -> Option<Response>;

    /// The internal error, for the log.
    fn into_internal(self) -> BoxError;
}

/// Writes the response with an error of the model.
///
/// # Errors
/// A value is not valid in the response.
pub fn respond<T: IntoResponse>(value: &T) -> Response {
    ResponseWriter::response(value)
}

/// Answers a request: reads and validates the input, calls `run`, and writes the result.
pub async fn answer<S, A, I, F, O, E>(
    service: Arc<S>,
    call: Call,
    run: impl FnOnce(Arc<S>, I, Context) -> F,
) -> http::Response<Body>
where
    A: Api<S>,
    I: Operation + FromRequest + Validate,
    F: Future<Output = Result<O, E>>,
    O: IntoResponse,
    E: ServerError,
{
    let id = random_token().unwrap_or_default();
    let mut response = match input::<I, O>(&call) {
        Err(rejection) => reject(&rejection),
        Ok((input, missing)) => match validate(&input, missing) {
            Err(violations) => or_internal(A::invalid(&service, &violations), I::NAME, &id),
            Ok(()) => {
                let context = Context::new(I::NAME, id.clone(), call.head);
                match run(service, input, context).await {
                    Ok(output) => or_internal(respond(&output), I::NAME, &id),
                    Err(error) => match error.response() {
                        Some(response) => or_internal(response, I::NAME, &id),
                        None => internal(error.into_internal(), I::NAME, &id),
                    },
                }
            }
        },
    };
    if let Ok(id) = HeaderValue::try_from(id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// Reads the input of a request. Returns it with the required members that are missing.
fn input<I: FromRequest, O: IntoResponse>(call: &Call) -> Result<(I, Vec<String>), Rejection> {
    let accept = call
        .head
        .headers
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok());
    if let (Some(accept), Some(media_type)) = (accept, O::MEDIA_TYPE)
        && !media_type::accepts(accept, media_type)
    {
        let detail = format!("the response has the media type `{media_type}`");
        return Err(Rejection::new(RejectionKind::NotAcceptable, detail));
    }
    let mut message = http::Response::new(call.body.clone());
    message.headers_mut().clone_from(&call.head.headers);
    let stream = Cell::new(call.stream.share());
    let labels: Labels<'_> = call
        .labels
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let query = call.head.uri.query().unwrap_or_default();
    let mut reader = RequestReader::new(&message, &stream, labels, query)?;
    let input = I::from_request(&mut reader)?;
    Ok((input, reader.into_missing()))
}

/// The response for a request that no operation can answer.
pub(super) fn reject(rejection: &Rejection) -> http::Response<Body> {
    let mut response = error(rejection.status(), rejection.code(), rejection.detail());
    if let RejectionKind::MethodNotAllowed { allowed } = rejection.kind() {
        let names: Vec<&str> = allowed.iter().map(Method::as_str).collect();
        if let Ok(value) = HeaderValue::try_from(names.join(", ")) {
            response.headers_mut().insert(ALLOW, value);
        }
    }
    response
}

fn or_internal(
    response: Response,
    operation: &'static str,
    request_id: &str,
) -> http::Response<Body> {
    response.unwrap_or_else(|error| internal(error.into(), operation, request_id))
}

/// The response for an error of the implementation, which the log contains and the response does
/// not.
fn internal(cause: BoxError, operation: &'static str, request_id: &str) -> http::Response<Body> {
    tracing::error!(operation, request_id, error = %cause, "internal error");
    error(
        StatusCode::INTERNAL_SERVER_ERROR,
        "InternalFailureException",
        "The request failed because of an internal error.",
    )
}

fn error(status: StatusCode, code: &'static str, message: &str) -> http::Response<Body> {
    let mut writer = ResponseWriter::default();
    writer.object(|json| json.member("message", message));
    let mut response = writer.finish().unwrap_or_default();
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(ERROR_TYPE, HeaderValue::from_static(code));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// The error `smithy.framework#ValidationException`, for services without one of their own.
#[derive(Debug)]
pub struct FrameworkValidationException<'a>(pub &'a Violations);

impl IntoResponse for FrameworkValidationException<'_> {
    const STATUS: u16 = 400;
    const ERROR: Option<&'static str> = Some("ValidationException");

    fn write(&self, res: &mut ResponseWriter) -> Written {
        res.object(|json| {
            json.member("message", &self.0.message());
            json.member_as("fieldList", &(), |json, ()| {
                json.list(self.0.iter(), |json, violation| {
                    json.object(|json| {
                        json.member("message", violation.message());
                        json.member("path", violation.path());
                    });
                });
            });
        });
        Ok(())
    }
}
