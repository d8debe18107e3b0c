//! An operation as a pair of pure functions.

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
    /// When a member cannot go where it is bound.
    fn to_request(&self, endpoint: &Endpoint) -> Result<http::Request<Bytes>, RequestError> {
        self.request(endpoint, &random_token)
    }

    /// Like [`Operation::to_request`], with fresh idempotency tokens from the source given.
    ///
    /// # Errors
    /// When a member cannot go where it is bound, or the source of tokens fails.
    fn request(
        &self,
        endpoint: &Endpoint,
        tokens: TokenSource<'_>,
    ) -> Result<http::Request<Bytes>, RequestError> {
        build(self, endpoint, tokens, Settings::default())
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

/// The request of an operation, written as the settings say.
pub(crate) fn build<O: Operation + ?Sized>(
    operation: &O,
    endpoint: &Endpoint,
    tokens: TokenSource<'_>,
    settings: Settings,
) -> Result<http::Request<Bytes>, RequestError> {
    let mut request = RequestWriter::new(O::METHOD, endpoint, tokens, settings);
    operation.write(&mut request)?;
    request.finish()
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
