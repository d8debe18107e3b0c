//! Operations.

use super::auth::Auth;
use super::error::{read_error, read_output};
use crate::endpoint::params::Params;
use crate::endpoint::resolve::{ResolveError, Resolved};
use crate::endpoint::url::Endpoint;
use crate::error::meta::Call;
#[cfg(feature = "stream")]
use crate::http_binding::body::body_type::Body;
use crate::http_binding::request::error::RequestError;
use crate::http_binding::request::settings::RequestSettings;
use crate::http_binding::request::writer::RequestWriter;
use crate::http_binding::response::{FromResponse, Response};
use crate::http_binding::token::{TokenSource, random_token};
use crate::operation::error::OperationError;
use bytes::Bytes;
use http::Method;

/// The result of writing a request.
pub type Written = Result<(), RequestError>;

/// An operation. The value is its input.
pub trait Operation {
    /// The operation's name in the model.
    const NAME: &'static str;
    /// The HTTP method.
    const METHOD: Method;
    /// The authentication of the operation.
    const AUTH: Auth = Auth::Required;
    /// Whether signatures cover the body over TLS. False for `aws.auth#unsignedPayload`.
    const SIGNED_PAYLOAD: bool = true;
    /// Whether the model marks the operation as idempotent (`smithy.api#idempotent`,
    /// `smithy.api#readonly`).
    const IDEMPOTENT: bool = false;
    /// Whether the service may wait for an event before it responds (`smithy.api#longPoll`).
    const LONG_POLL: bool = false;
    /// The output.
    type Output: FromResponse;
    /// The error.
    type Error: OperationError;

    /// Resolves the endpoint of an operation with parameters of its own for the endpoint rules.
    /// `None` for other operations, which use `endpoint::resolve` of the service.
    ///
    /// # Errors
    /// The endpoint rules have no endpoint for the parameters.
    fn resolve(&self, _: &Params<'_>) -> Result<Option<Resolved>, ResolveError> {
        Ok(None)
    }

    /// Writes the members of the input to the parts of the request that the model binds them to.
    ///
    /// # Errors
    /// The value of a member is not valid in the part of the request.
    fn write(&self, req: &mut RequestWriter<'_>) -> Written;

    /// Builds the request, without a signature. A missing idempotency token is filled in with a
    /// random one. The endpoint is the result of [`Operation::resolve`], or of `endpoint::resolve`
    /// of the service, or a custom one.
    ///
    /// # Errors
    /// The value of a member is not valid in the request, or the body is a stream.
    fn to_request(&self, endpoint: &Endpoint) -> Result<http::Request<Bytes>, RequestError> {
        self.request(endpoint, &random_token)
    }

    /// Like [`Operation::to_request`], with a given source of idempotency tokens.
    ///
    /// # Errors
    /// The value of a member is not valid in the request, the body is a stream, or the source of
    /// tokens fails.
    fn request(
        &self,
        endpoint: &Endpoint,
        tokens: TokenSource<'_>,
    ) -> Result<http::Request<Bytes>, RequestError> {
        write(self, endpoint, tokens, RequestSettings::default())?.finish()
    }

    /// Like [`Operation::to_request`], but the body can be a stream. If it can be read only once,
    /// the first of several requests to be read gets it.
    ///
    /// # Errors
    /// The value of a member is not valid in the request, or a stream was read before.
    #[cfg(feature = "stream")]
    fn to_streaming_request(
        &self,
        endpoint: &Endpoint,
    ) -> Result<http::Request<Body>, RequestError> {
        self.streaming_request(endpoint, &random_token)
    }

    /// Like [`Operation::to_streaming_request`], with a given source of idempotency tokens.
    ///
    /// # Errors
    /// The value of a member is not valid in the request, a stream was read before, or the source
    /// of tokens fails.
    #[cfg(feature = "stream")]
    fn streaming_request(
        &self,
        endpoint: &Endpoint,
        tokens: TokenSource<'_>,
    ) -> Result<http::Request<Body>, RequestError> {
        write(self, endpoint, tokens, RequestSettings::default())?.finish_streaming()
    }

    /// Reads a response.
    ///
    /// # Errors
    /// The error of the service if the status is not 2xx, or a failure if the response does not
    /// match the output.
    fn parse_response(response: http::Response<Bytes>) -> Result<Self::Output, Self::Error> {
        let (call, response) = (Call::new(Self::NAME, 1), Response::new(&response));
        if !response.status_code().is_success() {
            return Err(read_error(response, call));
        }
        read_output(response, call)
    }
}

/// Writes the request of an operation. The caller finishes it.
pub(crate) fn write<'a, O: Operation + ?Sized>(
    operation: &O,
    endpoint: &'a Endpoint,
    tokens: TokenSource<'a>,
    settings: RequestSettings,
) -> Result<RequestWriter<'a>, RequestError> {
    let mut request = RequestWriter::new(O::METHOD, endpoint, tokens, settings);
    operation.write(&mut request)?;
    Ok(request)
}
