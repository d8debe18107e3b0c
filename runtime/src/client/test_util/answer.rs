//! Answers of a script.

use crate::client::test_util::request::RecordedRequest;
use crate::client::transport::error::TransportError;
use crate::error::box_error::BoxError;
use crate::http_binding::body::body_type::Body;
use crate::http_binding::scripted::Given;
use crate::json::codec::to_vec;
use crate::json::encode::Encode;
use crate::operation::error::OperationError;
use crate::operation::operation_trait::Operation;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use serde_json::{Value, json};
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// An answer to a request: an output, an error of the service, a response, or a failure of the
/// transport. It answers one request unless [`times`](Answer::times) or [`always`](Answer::always)
/// is called.
#[must_use = "an answer has no effect until it is added to a script"]
pub struct Answer {
    what: String,
    operation: Option<&'static str>,
    condition: Option<Condition>,
    pub(super) content: Content,
    pub(super) limit: Limit,
    /// The number of requests that got this answer.
    pub(super) used: usize,
}

type Condition = Box<dyn Fn(&RecordedRequest) -> bool + Send>;
type Make = dyn FnMut(&RecordedRequest) -> Made + Send;

/// The number of requests that an answer is for.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Limit {
    Times(usize),
    Always,
}

/// The result of an answer. `Clone` shares the function.
#[derive(Clone)]
pub(super) struct Content {
    make: Arc<Mutex<Make>>,
    status: Option<u16>,
    headers: Vec<(String, String)>,
    pub(super) delay: Duration,
}

/// A response whose status is not final, or a failure of the transport.
type Made = Result<(u16, Option<Given>, Bytes), BoxError>;

impl Answer {
    fn new(what: String, make: impl FnMut(&RecordedRequest) -> Made + Send + 'static) -> Self {
        Self {
            what,
            operation: None,
            condition: None,
            content: Content {
                make: Arc::new(Mutex::new(make)),
                status: None,
                headers: Vec::new(),
                delay: Duration::ZERO,
            },
            limit: Limit::Times(1),
            used: 0,
        }
    }

    /// The output of an operation: `send` returns this value. It only answers requests of the
    /// operation. The status is 200.
    pub fn output<O: Operation>(output: O::Output) -> Self
    where
        O::Output: Clone + Send,
    {
        Self::output_with::<O>(move |_| output.clone())
    }

    /// Like [`Answer::output`], but the output is created for each request, of which it may depend.
    /// Outputs with streams are given in this way, since they cannot be cloned. The function must
    /// not block.
    pub fn output_with<O: Operation>(
        mut output: impl FnMut(&RecordedRequest) -> O::Output + Send + 'static,
    ) -> Self
    where
        O::Output: Send,
    {
        let what = "an output".to_owned();
        Self::new(what, move |request| {
            let given = Given::output(output(request));
            Ok((200, Some(given), Bytes::new()))
        })
        .only::<O>()
    }

    /// An error of the model, such as `ConflictException`: `send` returns it as the variant of the
    /// service's error enum, with the facts of the call, and retries it as an error of the service.
    /// It only answers requests of the operation. The status is 400 unless [`Answer::status`] sets
    /// it, since an error structure does not contain its status.
    pub fn error<O: Operation>(
        error: impl Into<O::Error> + Encode + Clone + Send + 'static,
    ) -> Self {
        let code = error.clone().into().meta().code().map(str::to_owned);
        let what = code.clone().unwrap_or_else(|| "an error".to_owned());
        // The body has the message.
        let body = Bytes::from(to_vec(&error));
        Self::new(what, move |_| {
            let given = Given::error(error.clone(), code.clone());
            Ok((400, Some(given), body.clone()))
        })
        .only::<O>()
    }

    /// An error of the service by its code, such as `AccessDenied`, which the model may not define.
    pub fn service_error(status: u16, code: &str, message: &str) -> Self {
        let body = Bytes::from(json!({ "message": message }).to_string());
        let given = Given::code(code.to_owned());
        let what = format!("the error {code}");
        Self::new(what, move |_| {
            Ok((status, Some(given.clone()), body.clone()))
        })
    }

    /// A response with this status and JSON body.
    // By value, as in `json(200, json!({..}))`.
    #[allow(clippy::needless_pass_by_value)]
    pub fn json(status: u16, body: Value) -> Self {
        Self::bytes(status, body.to_string()).header(CONTENT_TYPE.as_str(), "application/json")
    }

    /// A response with this status and body. The body can be that of a member that is a stream.
    pub fn bytes(status: u16, body: impl Into<Bytes>) -> Self {
        let body = body.into();
        let what = format!("a response with status {status}");
        Self::new(what, move |_| Ok((status, None, body.clone())))
    }

    /// No response: the transport fails with this error, see [`TransportError`]. An error of another
    /// type is retried, since the request was possibly not sent.
    pub fn failure<E: Into<BoxError>>(mut error: impl FnMut() -> E + Send + 'static) -> Self {
        Self::new("a failure".to_owned(), move |_| Err(error().into()))
    }

    /// No response: the connection was refused.
    pub fn connection_refused() -> Self {
        Self::failure(|| TransportError::connect(io::Error::from(io::ErrorKind::ConnectionRefused)))
    }

    /// No response: the connection was reset after the request was sent.
    pub fn connection_reset() -> Self {
        Self::failure(|| io::Error::from(io::ErrorKind::ConnectionReset))
    }

    /// No response in time, without waiting. To test a time limit of the client, use
    /// [`Answer::delay`].
    pub fn timeout() -> Self {
        Self::failure(|| TransportError::timeout("read", Duration::from_secs(60)))
    }

    /// Sets the HTTP status.
    pub fn status(mut self, status: u16) -> Self {
        self.content.status = Some(status);
        self
    }

    /// Adds a header to the response.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.content
            .headers
            .push((name.to_owned(), value.to_owned()));
        self
    }

    /// The answer comes after this time, by the timers of tokio: no time passes in a test with
    /// `#[tokio::test(start_paused = true)]`.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.content.delay = delay;
        self
    }

    /// Only answers requests of this operation.
    pub fn only<O: Operation>(mut self) -> Self {
        self.operation = Some(O::NAME);
        self
    }

    /// Only answers requests that meet a condition. The function must not block or use the script.
    pub fn when(mut self, condition: impl Fn(&RecordedRequest) -> bool + Send + 'static) -> Self {
        self.condition = Some(Box::new(condition));
        self
    }

    /// Answers this number of requests.
    pub fn times(mut self, times: usize) -> Self {
        self.limit = Limit::Times(times);
        self
    }

    /// Answers any number of requests, or none. In a script in order, it answers until a request is
    /// for the next answer.
    pub fn always(mut self) -> Self {
        self.limit = Limit::Always;
        self
    }

    /// Whether this answers the request.
    pub(super) fn accepts(&self, request: &RecordedRequest) -> bool {
        self.is_for(request) && self.condition.as_ref().is_none_or(|meets| meets(request))
    }

    /// Whether this answers requests of the operation of the request.
    pub(super) fn is_for(&self, request: &RecordedRequest) -> bool {
        self.operation
            .is_none_or(|name| request.operation() == Some(name))
    }

    /// Whether it cannot answer another request.
    pub(super) fn is_used_up(&self) -> bool {
        matches!(self.limit, Limit::Times(times) if self.used >= times)
    }
}

/// Prints what the script expects: `an output for GetIngestion`.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        match self.operation {
            Some(operation) => write!(f, " for {operation}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Answer({self})")
    }
}

impl Content {
    /// The response to a request.
    ///
    /// # Errors
    /// The outer error: the answer is not a valid response. The inner one: the failure of the
    /// transport.
    pub(super) fn respond(
        &self,
        request: &RecordedRequest,
    ) -> Result<Result<http::Response<Body>, BoxError>, http::Error> {
        let mut make = self.make.lock().unwrap_or_else(PoisonError::into_inner);
        let (status, given, body) = match make(request) {
            Ok(made) => made,
            Err(failure) => return Ok(Err(failure)),
        };
        let mut response = http::Response::builder().status(self.status.unwrap_or(status));
        for (name, value) in &self.headers {
            response = response.header(name, value);
        }
        if let Some(given) = given {
            response = response.extension(given);
        }
        response.body(Body::from(body)).map(Ok)
    }
}
