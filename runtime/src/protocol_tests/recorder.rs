//! What the tested server does with its inputs.

use crate::http_binding::response::{FromResponse, Response};
use crate::server::api::ServerError;
use crate::server::validation::violation::Violations;
use bytes::Bytes;
use std::any::Any;
use std::sync::{Arc, Mutex, PoisonError};

/// Keeps the input that an operation receives.
#[derive(Clone, Debug, Default)]
pub struct Recorder(Arc<Mutex<Option<Box<dyn Any + Send>>>>);

impl Recorder {
    /// Keeps an input.
    ///
    /// # Errors
    /// Always an internal error, since the tests do not read the response.
    pub fn record<I: Send + 'static, O, E: ServerError>(&self, input: I) -> Result<O, E> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(input));
        Err(E::internal("the input is recorded"))
    }

    /// The input, if there is one of this type.
    pub(super) fn take<I: 'static>(&self) -> Option<I> {
        let input = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        input?.downcast().ok().map(|input| *input)
    }
}

/// The error of a service for violations of constraints, with their message if the error has a string
/// of the name `message`. Its other members are blank.
#[allow(clippy::panic, reason = "it is a step of a test, which fails")]
pub fn error_of<E: FromResponse>(violations: &Violations) -> E {
    let message = serde_json::json!({ "message": violations.message() });
    let read = |body: String| {
        let response = http::Response::new(Bytes::from(body));
        E::from_response(&Response::new(&response))
    };
    match read(message.to_string()).or_else(|_| read("{}".to_owned())) {
        Ok(error) => error,
        Err(error) => panic!("no error for violations: {error}"),
    }
}
