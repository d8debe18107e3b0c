//! Facts that all errors have.

use crate::error::printable::Printable;
use crate::error::retry::Retry;
use bytes::Bytes;
use http::StatusCode;
use std::error::Error;
use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

/// The call that failed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call {
    pub(crate) operation: &'static str,
    /// The number of times that the request was sent.
    pub(crate) attempts: u32,
    /// The time from the start of the first attempt to the end of the last one; zero if it was not
    /// measured.
    pub(crate) elapsed: Duration,
}

impl Call {
    /// A call whose duration was not measured.
    pub(crate) fn new(operation: &'static str, attempts: u32) -> Self {
        Self {
            operation,
            attempts,
            elapsed: Duration::ZERO,
        }
    }
}

/// The facts of an error: operation, code, message, status, request id, number and duration of
/// attempts, and whether a retry may succeed.
///
/// `Display` and `{:?}` print all of them in one line:
/// `DeleteAppBundle failed: AccessDeniedException (403, request id 0aa-1): User is not allowed`.
/// `{:#?}` prints each known fact on a line of its own.
pub struct ErrorMeta {
    pub(crate) call: Call,
    pub(crate) status: Option<StatusCode>,
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    /// The excerpt of a body that does not come from the service.
    pub(crate) excerpt: Option<String>,
    /// The body of a response that could not be read as an output or an error of the model.
    pub(crate) body: Option<Bytes>,
    pub(crate) request_id: Option<String>,
    pub(crate) retry: Option<Retry>,
    /// The summary of a response without a code.
    pub(crate) summary: Option<String>,
    /// The step that failed, if the error does not come from the service.
    pub(crate) failure: Option<FailureKind>,
    pub(crate) source: Option<Box<dyn Error + Send + Sync>>,
    /// Why the client did not retry, unless that is obvious from the other fields.
    pub(crate) gave_up: OnceLock<String>,
}

/// The step at which a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailureKind {
    /// A setting of the client is missing or invalid. The request was not sent.
    Config,
    /// The endpoint rules of the service have no endpoint for this call. The request was not sent.
    Endpoint,
    /// There are no credentials. The request was not sent.
    Credentials,
    /// The request could not be built. It was not sent.
    Request,
    /// The connection to the service failed. The request was not sent.
    Connect,
    /// The service did not accept the connection or did not respond in time. It may have processed
    /// the request.
    Timeout,
    /// The request could not be sent, or there was no response. The service may have processed the
    /// request.
    Send,
    /// The service returned a successful response that could not be read.
    Response,
    /// A body could not be read to its end. If it is the body of a response, the response was
    /// successful.
    Body,
    /// The service returned the token of an earlier page. The pages before it are valid.
    Pagination,
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Config => "the client's configuration is invalid",
            Self::Endpoint => "cannot resolve the endpoint",
            Self::Credentials => "cannot get credentials",
            Self::Request => "cannot build the request",
            Self::Connect => "cannot connect",
            Self::Timeout => "timed out",
            Self::Send => "cannot send the request",
            Self::Response => "cannot read the response",
            Self::Body => "cannot read the body",
            Self::Pagination => "cannot get the next page",
        })
    }
}

impl ErrorMeta {
    pub(crate) fn new(call: Call) -> Self {
        Self {
            call,
            status: None,
            code: None,
            message: None,
            excerpt: None,
            body: None,
            request_id: None,
            retry: None,
            summary: None,
            failure: None,
            source: None,
            gave_up: OnceLock::new(),
        }
    }

    /// The facts of an error response with this status and code, for errors that tests construct.
    /// Whether a retry may succeed is derived from them, as for a response.
    pub fn of_response(
        operation: &'static str,
        status: StatusCode,
        code: impl Into<String>,
    ) -> Self {
        let code = code.into();
        Self {
            status: Some(status),
            retry: Retry::classify(&code, status.as_u16()),
            code: Some(code),
            ..Self::new(Call::new(operation, 1))
        }
    }

    /// The facts of an error that was created from its structure.
    pub(crate) fn of_code(code: &str) -> Self {
        Self {
            code: Some(code.to_owned()),
            ..Self::new(Call::new("", 0))
        }
    }

    /// Sets the message of the service.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// Sets the request id.
    #[must_use]
    pub fn with_request_id(mut self, request_id: impl Into<String>) -> Self {
        self.request_id = Some(request_id.into());
        self
    }

    /// The operation that failed; empty if the error was created from its structure.
    pub fn operation(&self) -> &'static str {
        self.call.operation
    }

    /// The number of times that the request was sent.
    pub fn attempts(&self) -> u32 {
        self.call.attempts
    }

    /// The duration of the call, with all attempts and the pauses between them; zero if the request
    /// was not sent by a client.
    pub fn elapsed(&self) -> Duration {
        self.call.elapsed
    }

    /// The error code, such as `ThrottlingException`; the status, such as `404`, if the response
    /// has no code; `None` if there was no error response.
    pub fn code(&self) -> Option<&str> {
        let status = self.status.as_ref().filter(|_| self.failure.is_none());
        self.code.as_deref().or(status.map(StatusCode::as_str))
    }

    /// The unchanged message of the service, or [`ErrorMeta::body_excerpt`] if there is none.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref().or(self.body_excerpt())
    }

    /// The start of a response that does not come from the service, such as the error page of a
    /// proxy: at most 256 characters in one line, without HTML tags. `None` for a JSON object.
    pub fn body_excerpt(&self) -> Option<&str> {
        self.excerpt.as_deref()
    }

    /// The body of a response that is not an output or an error of the model, such as the page of a
    /// proxy; at most 1 MiB of an error response. `Display` and `Debug` do not print it, since it
    /// may contain secrets.
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.body.as_ref()
    }

    /// The HTTP status; `None` if there was no response.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// The request id, by which AWS Support can find the request.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Whether the same call may succeed later.
    pub fn is_retryable(&self) -> bool {
        self.retry.is_some()
    }

    /// Whether the service throttled the request.
    pub fn is_throttling(&self) -> bool {
        self.retry == Some(Retry::Throttling)
    }

    /// Why a retry may succeed; `None` if the same call will fail again.
    pub fn retry(&self) -> Option<Retry> {
        self.retry
    }

    /// Records why the client did not retry.
    #[cfg(feature = "client")]
    pub(crate) fn give_up(&self, reason: String) {
        // A call is given up only once.
        let _ = self.gave_up.set(reason);
    }

    /// The cause of the error, if there is one.
    pub fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn Error + 'static))
    }

    /// Writes the known facts, such as `(403, request id 0aa-1, 3 attempts in 1.2 s)`. `status` is
    /// `None` if it was written before.
    fn write_facts(&self, f: &mut fmt::Formatter<'_>, status: Option<StatusCode>) -> fmt::Result {
        let mut facts = Vec::new();
        facts.extend(status.map(|status| status.as_str().to_owned()));
        facts.extend(self.request_id().map(|id| format!("request id {id}")));
        if self.attempts() > 1 {
            facts.push(format!(
                "{} attempts in {:.1} s",
                self.attempts(),
                self.elapsed().as_secs_f64()
            ));
        }
        if facts.is_empty() {
            Ok(())
        } else {
            write!(f, " ({})", Printable(&facts.join(", ")))
        }
    }
}

impl fmt::Display for ErrorMeta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.operation().is_empty() {
            write!(f, "{} failed: ", self.operation())?;
        }
        match (&self.failure, &self.code, &self.summary) {
            (Some(failure), _, _) => write!(f, "{failure}")?,
            (None, Some(code), _) => write!(f, "{}", Printable(code))?,
            (None, None, Some(summary)) => {
                write!(f, "{}", Printable(summary))?;
                self.write_facts(f, None)?;
                return self.write_end(f);
            }
            (None, None, None) => f.write_str("error")?,
        }
        self.write_facts(f, self.status)?;
        self.write_end(f)
    }
}

impl fmt::Debug for ErrorMeta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return fmt::Display::fmt(self, f);
        }
        let mut facts = f.debug_struct("ErrorMeta");
        facts.field("operation", &self.call.operation);
        facts.field("attempts", &self.call.attempts);
        facts.field("elapsed", &self.call.elapsed);
        add(&mut facts, "status", &self.status);
        add(&mut facts, "code", &self.code);
        add(&mut facts, "message", &self.message);
        add(&mut facts, "body_excerpt", &self.excerpt);
        add(&mut facts, "request_id", &self.request_id);
        add(&mut facts, "retry", &self.retry);
        add(&mut facts, "kind", &self.failure);
        add(&mut facts, "source", &self.source);
        facts.finish()
    }
}

/// Adds a fact that is known.
fn add<T: fmt::Debug>(facts: &mut fmt::DebugStruct<'_, '_>, name: &str, value: &Option<T>) {
    if let Some(value) = value {
        facts.field(name, value);
    }
}

impl ErrorMeta {
    /// Writes the message, the causes, and why the client did not retry.
    fn write_end(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(message) = self.message() {
            write!(f, ": {}", Printable(message))?;
        }
        if let Some(source) = self.source() {
            f.write_str(if self.failure.is_some() {
                ": "
            } else {
                "; cannot read its body: "
            })?;
            write_chain(f, source)?;
        }
        self.gave_up
            .get()
            .map_or(Ok(()), |reason| write!(f, "; not retried: {reason}"))
    }
}

/// Writes an error and its sources, except those that repeat the text before them.
fn write_chain(f: &mut fmt::Formatter<'_>, error: &(dyn Error + 'static)) -> fmt::Result {
    let mut chain = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        let text = error.to_string();
        if !chain.contains(&text) {
            chain.push_str(": ");
            chain.push_str(&text);
        }
        next = error.source();
    }
    write!(f, "{}", Printable(&chain))
}
