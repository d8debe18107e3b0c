//! An operation as a pair of pure functions.

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

/// What writing an operation gives: nothing, or why a member cannot go where it is bound.
pub type Written = Result<(), RequestError>;

/// An operation; the value is its input.
pub trait Operation {
    /// The operation's name in the model.
    const NAME: &'static str;
    /// The HTTP method.
    const METHOD: Method;
    /// Who may call it.
    const AUTH: Auth = Auth::Required;
    /// Whether its body is part of the signature, where a connection is secure (no
    /// `aws.auth#unsignedPayload`).
    const SIGNED_PAYLOAD: bool = true;
    /// Whether the model says that the service may act on it several times
    /// (`smithy.api#idempotent`, `smithy.api#readonly`).
    const IDEMPOTENT: bool = false;
    /// Whether the service may wait for something to happen before it answers
    /// (`smithy.api#longPoll`).
    const LONG_POLL: bool = false;
    /// What it answers.
    type Output: FromResponse;
    /// How it fails.
    type Error: OperationError;

    /// Where this operation goes if it gives parameters of the service's endpoint rules; `None` if
    /// it gives none, and goes where the service's `endpoint::resolve` says.
    ///
    /// # Errors
    /// The rules give no endpoint for these parameters.
    fn resolve(&self, _: &Params<'_>) -> Result<Option<Resolved>, ResolveError> {
        Ok(None)
    }

    /// Writes the input to where the model binds its members.
    ///
    /// # Errors
    /// When a member cannot go where it is bound.
    fn write(&self, req: &mut RequestWriter<'_>) -> Written;

    /// The request: method, URI, headers and body; not signed. A missing idempotency token is
    /// filled in with a random one. The endpoint is what [`Operation::resolve`] says or, if that is
    /// nothing, the service's `endpoint::resolve`; or one of your own.
    ///
    /// # Errors
    /// When a member cannot go where it is bound, or the body is a stream.
    fn to_request(&self, endpoint: &Endpoint) -> Result<http::Request<Bytes>, RequestError> {
        self.request(endpoint, &random_token)
    }

    /// Like [`Operation::to_request`], with fresh idempotency tokens from the source given.
    ///
    /// # Errors
    /// When a member cannot go where it is bound, the body is a stream, or the source of tokens
    /// fails.
    fn request(
        &self,
        endpoint: &Endpoint,
        tokens: TokenSource<'_>,
    ) -> Result<http::Request<Bytes>, RequestError> {
        write(self, endpoint, tokens, RequestSettings::default())?.finish()
    }

    /// Like [`Operation::to_request`], with a body that may be a stream. A stream that can be read
    /// only once is that of whichever request is read first.
    ///
    /// # Errors
    /// When a member cannot go where it is bound, or a stream was read before.
    #[cfg(feature = "stream")]
    fn to_streaming_request(
        &self,
        endpoint: &Endpoint,
    ) -> Result<http::Request<Body>, RequestError> {
        self.streaming_request(endpoint, &random_token)
    }

    /// Like [`Operation::to_streaming_request`], with fresh idempotency tokens from the source
    /// given.
    ///
    /// # Errors
    /// When a member cannot go where it is bound, a stream was read before, or the source of tokens
    /// fails.
    #[cfg(feature = "stream")]
    fn streaming_request(
        &self,
        endpoint: &Endpoint,
        tokens: TokenSource<'_>,
    ) -> Result<http::Request<Body>, RequestError> {
        write(self, endpoint, tokens, RequestSettings::default())?.finish_streaming()
    }

    /// Reads a response: the output, or the error the service answered with.
    ///
    /// # Errors
    /// When the status is no success (2xx), or the response does not fit the output.
    fn parse_response(response: http::Response<Bytes>) -> Result<Self::Output, Self::Error> {
        let (call, response) = (Call::new(Self::NAME, 1), Response::new(&response));
        if !response.status_code().is_success() {
            return Err(read_error(response, call));
        }
        read_output(response, call)
    }
}

/// The request of an operation, written as the settings say, but for its end.
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
