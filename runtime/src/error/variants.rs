//! The three kinds of variant that a service's error enum has.

use super::Retry;
use super::body::{self, ErrorBody};
use super::excerpt::{excerpt, page};
use super::meta::{Call, ErrorMeta, FailureKind};
use crate::request::RequestError;
use crate::response::{FromResponse, Response, ResponseError};
use http::StatusCode;
use std::fmt;

/// A response that is an error, on its way to becoming a variant of the service's enum.
#[derive(Debug)]
pub struct ServiceResponse<'a> {
    response: Response<'a>,
    meta: ErrorMeta,
}

impl<'a> ServiceResponse<'a> {
    pub(crate) fn new(call: Call, response: Response<'a>) -> Self {
        let found = ErrorBody::read(response.body());
        let mut meta = ErrorMeta::new(call);
        meta.status = Some(response.status_code());
        meta.request_id = body::request_id(response.headers()).map(str::to_owned);
        meta.code = found.code(&response);
        meta.message = found.message();
        meta.excerpt = excerpt(response.body());
        meta.retry = Retry::classify(
            meta.code.as_deref().unwrap_or_default(),
            response.status_code().as_u16(),
        );
        if meta.code.is_none() {
            meta.answer = Some(body::describe(&response));
        }
        Self { response, meta }
    }

    /// The error's code; empty if the service gave none.
    pub fn code(&self) -> &str {
        self.meta.code.as_deref().unwrap_or_default()
    }

    /// Says that the model marks this error as `@retryable`.
    #[must_use]
    pub fn retryable(mut self) -> Self {
        self.meta.retry.get_or_insert(Retry::Transient);
        self
    }

    /// Says that the model marks this error as `@retryable(throttling: true)`.
    #[must_use]
    pub fn throttling(mut self) -> Self {
        self.meta.retry = Some(Retry::Throttling);
        self
    }

    /// The variant of a modeled error; if its members cannot be read, an [`Unmodeled`] with the
    /// reason as its source.
    pub fn modeled<T: FromResponse, E: From<Unmodeled>>(
        mut self,
        variant: impl FnOnce(Modeled<T>) -> E,
    ) -> E {
        match T::from_response(&self.response) {
            Ok(error) => variant(Modeled(Box::new((error, self.meta)))),
            Err(error) => {
                self.meta.source = Some(Box::new(error));
                E::from(self.unmodeled())
            }
        }
    }

    /// An error that the model does not name.
    pub fn unmodeled(self) -> Unmodeled {
        Unmodeled(Box::new(self.meta))
    }
}

/// An error that the model names: its members by `Deref`, and what every error tells by
/// [`Modeled::meta`].
pub struct Modeled<T>(Box<(T, ErrorMeta)>);

impl<T> Modeled<T> {
    /// What every error tells.
    pub fn meta(&self) -> &ErrorMeta {
        &self.0.1
    }

    /// The members alone.
    pub fn into_inner(self) -> T {
        self.0.0
    }
}

impl<T> std::ops::Deref for Modeled<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.0
    }
}

impl<T: fmt::Debug> fmt::Debug for Modeled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Modeled")
            .field("error", &self.0.0)
            .field("meta", &self.0.1)
            .finish()
    }
}

/// An error that the service answered with and the model does not name, or whose members cannot be
/// read.
#[derive(Debug)]
pub struct Unmodeled(Box<ErrorMeta>);

impl Unmodeled {
    /// What every error tells.
    pub fn meta(&self) -> &ErrorMeta {
        &self.0
    }
}

/// A call without a usable answer.
#[derive(Debug)]
pub struct Failure(Box<ErrorMeta>);

impl Failure {
    pub(crate) fn new(
        call: Call,
        kind: FailureKind,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        let mut meta = ErrorMeta::new(call);
        meta.failure = Some(kind);
        meta.source = Some(source.into());
        Self(Box::new(meta))
    }

    /// Says that the fault may pass.
    #[cfg(feature = "client")]
    pub(crate) fn transient(mut self) -> Self {
        self.0.retry = Some(Retry::Transient);
        self
    }

    /// The failure to build a request of this operation.
    pub fn request(operation: &'static str, error: RequestError) -> Self {
        Self::new(Call::new(operation, 0), FailureKind::Request, error)
    }

    pub(crate) fn response(call: Call, response: Response<'_>, error: ResponseError) -> Self {
        let request_id = body::request_id(response.headers()).map(str::to_owned);
        let mut failure = Self::new(call, FailureKind::Response, error);
        // A portal or a proxy may have answered instead of the service.
        failure.0.excerpt = page(response.body());
        failure.answered(response.status_code(), request_id)
    }

    /// Says what the service answered before.
    pub(crate) fn answered(mut self, status: StatusCode, request_id: Option<String>) -> Self {
        self.0.status = Some(status);
        self.0.request_id = request_id;
        self
    }

    /// The failure to read a body: that of the call, if it is the body of an answer.
    #[cfg(feature = "stream")]
    pub(crate) fn body(error: crate::body::BoxError) -> Self {
        let other = |error| Self::new(Call::new("Body", 0), FailureKind::Body, error);
        error.downcast().map_or_else(other, |failure| *failure)
    }

    /// At which step the call failed.
    pub fn kind(&self) -> FailureKind {
        // Every constructor sets it.
        self.0.failure.unwrap_or(FailureKind::Request)
    }

    /// What every error tells.
    pub fn meta(&self) -> &ErrorMeta {
        &self.0
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
