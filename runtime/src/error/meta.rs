//! What every error tells.

use super::Retry;
use crate::printable::Printable;
use http::StatusCode;
use std::error::Error;
use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

/// The call that an error is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call {
    pub(crate) operation: &'static str,
    /// 0 if it was not sent.
    pub(crate) attempts: u32,
    /// From the first attempt until the last one's end; zero if nobody measured.
    pub(crate) elapsed: Duration,
}

impl Call {
    /// A call that was not sent, or not by a client.
    pub(crate) fn new(operation: &'static str, attempts: u32) -> Self {
        Self {
            operation,
            attempts,
            elapsed: Duration::ZERO,
        }
    }
}

/// Operation, code, message, status, request id, number and duration of attempts, and whether to
/// retry.
///
/// Prints the whole story in one line:
/// `DeleteAppBundle failed: AccessDeniedException (403, request id 0aa-1): User is not allowed`.
#[derive(Debug)]
pub struct ErrorMeta {
    pub(super) call: Call,
    pub(super) status: Option<StatusCode>,
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
    /// The text of a body that is not the protocol's.
    pub(super) excerpt: Option<String>,
    pub(super) request_id: Option<String>,
    pub(super) retry: Option<Retry>,
    /// What the answer looks like, if it has no code.
    pub(super) answer: Option<String>,
    /// What went wrong on this side.
    pub(super) failure: Option<FailureKind>,
    pub(super) source: Option<Box<dyn Error + Send + Sync>>,
    /// Why a client did not try again, where that is not plain from the rest.
    pub(super) gave_up: OnceLock<String>,
}

/// At which step a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailureKind {
    /// The client lacks a setting, or has one that is wrong; nothing was sent.
    Config,
    /// The service's endpoint rules give no endpoint for this call; nothing was sent.
    Endpoint,
    /// There are no credentials to sign with; nothing was sent.
    Credentials,
    /// The request could not be built; nothing was sent.
    Request,
    /// There was no connection to the service; nothing was sent.
    Connect,
    /// The service did not connect or answer in time. It is not known whether it acted on the
    /// request.
    Timeout,
    /// The request could not be sent, or no answer came. It is not known whether the service acted
    /// on it.
    Send,
    /// The service answered with success, but the answer could not be read.
    Response,
    /// A body could not be read to its end; if it is the service's, its head told of success.
    Body,
    /// The service answered with a page that leads nowhere; the pages before it were fine.
    Pagination,
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Config => "the client's configuration is not usable",
            Self::Endpoint => "there is no endpoint for it",
            Self::Credentials => "cannot get credentials",
            Self::Request => "cannot build the request",
            Self::Connect => "cannot connect",
            Self::Timeout => "no answer in time",
            Self::Send => "cannot send the request",
            Self::Response => "cannot read the response",
            Self::Body => "cannot read the body",
            Self::Pagination => "cannot get the next page",
        })
    }
}

impl ErrorMeta {
    pub(super) fn new(call: Call) -> Self {
        Self {
            call,
            status: None,
            code: None,
            message: None,
            excerpt: None,
            request_id: None,
            retry: None,
            answer: None,
            failure: None,
            source: None,
            gave_up: OnceLock::new(),
        }
    }

    /// The operation that failed.
    pub fn operation(&self) -> &'static str {
        self.call.operation
    }

    /// How many times the request was sent.
    pub fn attempts(&self) -> u32 {
        self.call.attempts
    }

    /// How long the call took, all attempts and the pauses between them; zero if no client made it.
    pub fn elapsed(&self) -> Duration {
        self.call.elapsed
    }

    /// The error's code, such as `ThrottlingException`; the status, such as `404`, if the service
    /// gave none; `None` if there was no answer, or one that is no error.
    pub fn code(&self) -> Option<&str> {
        let status = self.status.as_ref().filter(|_| self.failure.is_none());
        self.code.as_deref().or(status.map(StatusCode::as_str))
    }

    /// What the service said, as it came, or else [`ErrorMeta::body_excerpt`].
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref().or(self.body_excerpt())
    }

    /// The start of the text of an answer that is not the service's own, such as the HTML page of a
    /// proxy: at most 256 characters, without tags, in one line. `None` for a JSON object, which
    /// may have a message.
    pub fn body_excerpt(&self) -> Option<&str> {
        self.excerpt.as_deref()
    }

    /// The HTTP status; `None` if there was no answer.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// The id by which AWS Support finds the request.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Whether the same call may succeed later.
    pub fn is_retryable(&self) -> bool {
        self.retry.is_some()
    }

    /// Whether the service asks to be called less often.
    pub fn is_throttling(&self) -> bool {
        self.retry == Some(Retry::Throttling)
    }

    /// What to do about it; `None` if the same call will fail again.
    pub fn retry(&self) -> Option<Retry> {
        self.retry
    }

    /// Notes why there was no other attempt.
    #[cfg(feature = "client")]
    pub(crate) fn give_up(&self, reason: String) {
        // Nobody notes twice.
        let _ = self.gave_up.set(reason);
    }

    /// What caused this, if there is anything beneath it.
    pub fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn Error + 'static))
    }

    /// `(403, request id 0aa-1, 3 attempts in 1.2 s)`, of what is known; the status only if nobody
    /// told it yet.
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
        write!(f, "{} failed: ", self.operation())?;
        match (&self.failure, &self.code, &self.answer) {
            (Some(failure), _, _) => write!(f, "{failure}")?,
            (None, Some(code), _) => write!(f, "{}", Printable(code))?,
            (None, None, Some(answer)) => {
                write!(f, "{}", Printable(answer))?;
                self.write_facts(f, None)?;
                return self.write_end(f);
            }
            (None, None, None) => f.write_str("error")?,
        }
        self.write_facts(f, self.status)?;
        self.write_end(f)
    }
}

impl ErrorMeta {
    /// The message, and what is beneath it.
    fn write_end(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(message) = self.message() {
            write!(f, ": {}", Printable(message))?;
        }
        if let Some(source) = self.source() {
            f.write_str(if self.failure.is_some() {
                ": "
            } else {
                "; its body cannot be read: "
            })?;
            write_chain(f, source)?;
        }
        self.gave_up
            .get()
            .map_or(Ok(()), |reason| write!(f, "; not tried again: {reason}"))
    }
}

/// An error and its sources, without those that only repeat what was said.
fn write_chain(f: &mut fmt::Formatter<'_>, error: &(dyn Error + 'static)) -> fmt::Result {
    let mut said = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        let text = error.to_string();
        if !said.contains(&text) {
            said.push_str(": ");
            said.push_str(&text);
        }
        next = error.source();
    }
    write!(f, "{}", Printable(&said))
}
