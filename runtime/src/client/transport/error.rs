//! Errors of transports.

use crate::error::box_error::BoxError;
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// An error of a transport that tells whether a retry may succeed.
///
/// The default transport returns it. Other transports may return it as well: the client searches an
/// error and its sources for it. The client treats all other errors as transient.
pub struct TransportError {
    pub(crate) fault: Fault,
    pub(super) source: BoxError,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The connection failed.
    Connect,
    /// The connection failed, and a retry will fail as well.
    Setup,
    Timeout,
    /// The response is larger than the client accepts.
    Size,
}

impl TransportError {
    /// The connection failed and the request was not sent. A retry may succeed.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self {
            fault: Fault::Connect,
            source: source.into(),
        }
    }

    /// The connection failed and a retry will fail as well, for example because the certificate is
    /// not trusted.
    pub fn setup(source: impl Into<BoxError>) -> Self {
        Self {
            fault: Fault::Setup,
            source: source.into(),
        }
    }

    /// A step, such as `connect`, took longer than its limit.
    pub fn timeout(step: &str, limit: Duration) -> Self {
        Self {
            fault: Fault::Timeout,
            source: format!("{step} timeout after {limit:?}").into(),
        }
    }

    /// A transfer was slower than the minimum throughput.
    pub(in crate::client) fn stalled(bytes: u64) -> Self {
        let source = format!("the transfer stalled: {bytes} bytes are less than 1 byte per second");
        Self {
            fault: Fault::Timeout,
            source: source.into(),
        }
    }

    /// The body of a response is larger than the client accepts.
    pub(in crate::client) fn too_large(limit: u64) -> Self {
        let source = format!("it is larger than the client's `max_response_size` of {limit} bytes");
        Self {
            fault: Fault::Size,
            source: source.into(),
        }
    }

    /// Searches an error and its sources for a transport error.
    pub(crate) fn find<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a Self> {
        let mut next = Some(error);
        std::iter::from_fn(|| {
            let error = next?;
            next = error.source();
            Some(error)
        })
        .find_map(|error| error.downcast_ref())
    }
}

/// The line of `Display`; with `{:#?}` also the class and the causes.
impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return fmt::Display::fmt(self, f);
        }
        f.debug_struct("TransportError")
            .field("fault", &self.fault)
            .field("source", &self.source)
            .finish()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.source()
    }
}
