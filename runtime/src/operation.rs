//! An operation as a pair of pure functions.

#[cfg(feature = "stream")]
use crate::Body;
use crate::Endpoint;
use crate::error::{Call, Failure, OperationError, ServiceResponse};
use crate::request::{RequestError, RequestWriter, Settings};
use crate::response::{FromResponse, Response};
use crate::token::{TokenSource, random_token};
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
    /// Whether its body is part of the signature, where a connection is secure (no `aws.auth#unsignedPayload`).
    const SIGNED_PAYLOAD: bool = true;
    /// What it answers.
    type Output: FromResponse;
    /// How it fails.
    type Error: OperationError;

    /// Writes the input to where the model binds its members.
    ///
    /// # Errors
    /// When a member cannot go where it is bound.
    fn write(&self, req: &mut RequestWriter<'_>) -> Written;

    /// The request: method, URI, headers and body; not signed. A missing idempotency token is filled in with a
    /// random one.
    ///
    /// # Errors
    /// When a member cannot go where it is bound, or the body is a stream.
    fn to_request(&self, endpoint: &Endpoint) -> Result<http::Request<Bytes>, RequestError> {
        self.request(endpoint, &random_token)
    }

    /// Like [`Operation::to_request`], with fresh idempotency tokens from the source given.
    ///
    /// # Errors
    /// When a member cannot go where it is bound, the body is a stream, or the source of tokens fails.
    fn request(
        &self,
        endpoint: &Endpoint,
        tokens: TokenSource<'_>,
    ) -> Result<http::Request<Bytes>, RequestError> {
        write(self, endpoint, tokens, Settings::default())?.finish()
    }

    /// Like [`Operation::to_request`], with a body that may be a stream. A stream that can be read only once is that
    /// of whichever request is read first.
    ///
    /// # Errors
    /// When a member cannot go where it is bound, or a stream was read before.
    #[cfg(feature = "stream")]
    fn to_streaming_request(&self, endpoint: &Endpoint) -> Result<http::Request<Body>, RequestError> {
        self.streaming_request(endpoint, &random_token)
    }

    /// Like [`Operation::to_streaming_request`], with fresh idempotency tokens from the source given.
    ///
    /// # Errors
    /// When a member cannot go where it is bound, a stream was read before, or the source of tokens fails.
    #[cfg(feature = "stream")]
    fn streaming_request(
        &self,
        endpoint: &Endpoint,
        tokens: TokenSource<'_>,
    ) -> Result<http::Request<Body>, RequestError> {
        write(self, endpoint, tokens, Settings::default())?.finish_streaming()
    }

    /// Reads a response: the output, or the error the service answered with.
    ///
    /// # Errors
    /// When the status is no success (2xx), or the response does not fit the output.
    fn parse_response(response: http::Response<Bytes>) -> Result<Self::Output, Self::Error> {
        let (call, response) = (Call::new(Self::NAME, 1), Response::new(&response));
        if !response.status_code().is_success() {
            return Err(Self::Error::from_service(ServiceResponse::new(call, response)));
        }
        read_output(response, call)
    }
}

/// The request of an operation, written as the settings say, but for its end.
pub(crate) fn write<'a, O: Operation + ?Sized>(
    operation: &O,
    endpoint: &'a Endpoint,
    tokens: TokenSource<'a>,
    settings: Settings,
) -> Result<RequestWriter<'a>, RequestError> {
    let mut request = RequestWriter::new(O::METHOD, endpoint, tokens, settings);
    operation.write(&mut request)?;
    Ok(request)
}

/// Reads the output of a response with success.
pub(crate) fn read_output<T: FromResponse, E: OperationError>(
    response: Response<'_>,
    call: Call,
) -> Result<T, E> {
    T::from_response(&response).map_err(|error| Failure::response(call, response, error).into())
}

/// Who may call an operation (Smithy, *Authentication traits*).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Auth {
    /// Those who sign their requests.
    Required,
    /// Anyone; those who have credentials sign (`@optionalAuth`).
    Optional,
    /// Anyone, and nobody signs (`@auth([])`).
    None,
}
