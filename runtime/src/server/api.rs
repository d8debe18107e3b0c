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
use crate::server::validation::checked::Validate;
use crate::server::validation::validate;
use crate::server::validation::violation::Violations;
use crate::server::values::pairs;
use bytes::Bytes;
use http::header::{ACCEPT, ALLOW, CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Method, StatusCode, Uri, request};
use std::cell::Cell;
use std::fmt;
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
    pub(super) host_prefix: &'static str,
    pub(super) streams: bool,
    pub(super) call: fn(Arc<S>, Call) -> Answer,
}

impl<S> Route<S> {
    /// Creates a route for the operation `I`. `call` answers a request, by [`answer`].
    pub fn new<I: Operation + FromRequest>(call: fn(Arc<S>, Call) -> Answer) -> Self {
        Self {
            name: I::NAME,
            method: I::METHOD,
            uri: UriPattern::parse(I::URI),
            host_prefix: I::HOST_PREFIX,
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
pub trait ServerError: Sized {
    /// An error of the implementation.
    fn internal(error: impl Into<BoxError>) -> Self;

    /// Writes the response; `None` for an internal error.
    fn response(&self) -> Option<Response>;

    /// The internal error, for the log.
    fn into_internal(self) -> BoxError;
}

/// The cause of an internal error of an operation that is not implemented. The response has the
/// status 501.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotImplemented;

impl fmt::Display for NotImplemented {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the operation is not implemented")
    }
}

impl std::error::Error for NotImplemented {}

/// The result of an operation that an implementation leaves out.
///
/// # Errors
/// [`NotImplemented`].
pub async fn not_implemented<I, O, E: ServerError>(_: I, _: Context) -> Result<O, E> {
    Err(E::internal(NotImplemented))
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
    check_accept::<O>(&call.head.headers)?;
    let labels: Labels<'_> = call
        .labels
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let stream = Cell::new(call.stream.share());
    let (mut input, missing): (I, _) = read_parts(
        &call.head.headers,
        &call.head.uri,
        &call.body,
        &stream,
        labels,
    )?;
    input.fill_in();
    Ok((input, missing))
}

/// Reads the input of an operation from a request, without defaults and validation. Returns it with
/// the JSON pointers of the required members that are missing.
///
/// # Errors
/// The path is not that of the operation, or the request does not match the types of the members.
pub fn read<I: FromRequest>(request: &http::Request<Bytes>) -> Result<(I, Vec<String>), Rejection> {
    let query = pairs(request.uri().query().unwrap_or_default())
        .map_err(|error| Rejection::malformed("the query string", error))?;
    let pattern = UriPattern::parse(I::URI);
    let labels = pattern.matches(request.uri().path(), &query);
    let labels = labels.ok_or_else(Rejection::unknown_path)?;
    let stream = Cell::new(Body::from(request.body().clone()));
    read_parts(
        request.headers(),
        request.uri(),
        request.body(),
        &stream,
        labels,
    )
}

fn read_parts<I: FromRequest>(
    headers: &HeaderMap,
    uri: &Uri,
    body: &Bytes,
    stream: &Cell<Body>,
    labels: Labels<'_>,
) -> Result<(I, Vec<String>), Rejection> {
    let mut message = http::Response::new(body.clone());
    message.headers_mut().clone_from(headers);
    let mut reader = RequestReader::new(&message, stream, labels, uri.query().unwrap_or_default())?;
    let input = I::from_request(&mut reader)?;
    Ok((input, reader.into_missing()))
}

/// Checks that the client accepts the media type of an output.
fn check_accept<O: IntoResponse>(headers: &HeaderMap) -> Result<(), Rejection> {
    let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok());
    if let (Some(accept), Some(media_type)) = (accept, O::MEDIA_TYPE)
        && !media_type::accepts(accept, media_type)
    {
        let detail = format!("the response has the media type `{media_type}`");
        return Err(Rejection::new(RejectionKind::NotAcceptable, detail));
    }
    Ok(())
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
    if cause.is::<NotImplemented>() {
        let message = "The server does not implement the operation.";
        return error(
            StatusCode::NOT_IMPLEMENTED,
            "NotImplementedException",
            message,
        );
    }
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
