//! The error of building a request.

use std::fmt;

/// The error for a request that cannot be built. It contains the name of the member, header or
/// prefix, but not its value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RequestError {
    kind: RequestErrorKind,
    name: &'static str,
}

/// The kind of a [`RequestError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestErrorKind {
    /// A label of the path is empty.
    EmptyLabel,
    /// A label of the path is `.` or `..`, or a greedy label has such a segment.
    DotSegment,
    /// A label of the host does not consist of 1 to 63 letters, digits and hyphens, or it starts or
    /// ends with a hyphen.
    InvalidHostLabel,
    /// The operation has a host prefix, but the endpoint's host is an IP address.
    NoHostPrefix,
    /// The name or value of a header has a character that HTTP does not allow. Values can contain
    /// visible ASCII characters, spaces and tabs.
    InvalidHeader,
    /// A member sets a header that only the client can set, such as `host` or `content-length`.
    ProtocolHeader,
    /// A timestamp is outside the years 1 to 9999, which the timestamp formats are limited to.
    TimestampOutOfRange,
    /// The body is nested too deeply: more than 128 arrays and objects, or structures that take
    /// more than 1 MiB of the stack.
    TooDeep,
    /// A member selects an unknown checksum algorithm.
    UnknownChecksum,
    /// The path and query string are not a valid URI. Most likely they are too long.
    InvalidUri,
    /// The body is a stream, but the request needs a body in memory.
    Stream,
    /// A stream that can be read only once was read before.
    StreamRead,
    /// A header contains a checksum of the body, and the body is a stream. Only a client reads the
    /// stream to calculate the checksum.
    StreamChecksum,
    /// The length of a stream is unknown, but the service requires it (`@requiresLength`).
    UnknownLength,
    /// The system has no random numbers for the idempotency token.
    NoRandomness,
}

impl RequestError {
    /// Creates an error about the member, header or prefix with this name.
    pub fn new(kind: RequestErrorKind, name: &'static str) -> Self {
        Self { kind, name }
    }

    /// The kind of the error.
    pub fn kind(&self) -> RequestErrorKind {
        self.kind
    }

    /// The name of the member, header or prefix.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

/// The same line as `Display`, which a program prints whose `main` returns the error.
impl fmt::Debug for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name;
        match self.kind {
            RequestErrorKind::EmptyLabel => {
                write!(f, "`{name}` is part of the path and must not be empty")
            }
            RequestErrorKind::DotSegment => {
                write!(
                    f,
                    "`{name}` is part of the path and must not have a segment `.` or `..`"
                )
            }
            RequestErrorKind::InvalidHostLabel => {
                write!(
                    f,
                    "`{name}` is part of the host and must consist of 1 to 63 letters, digits and hyphens, without a hyphen at either end"
                )
            }
            RequestErrorKind::NoHostPrefix => {
                write!(
                    f,
                    "the endpoint's host is an IP address and cannot have a {name}: set `disable_host_prefix_injection`"
                )
            }
            RequestErrorKind::InvalidHeader if name.is_empty() => f.write_str(
                "a header of a map with an empty prefix has a character that HTTP does not allow",
            ),
            RequestErrorKind::InvalidHeader => {
                write!(
                    f,
                    "the header `{name}` has a character that HTTP does not allow"
                )
            }
            RequestErrorKind::ProtocolHeader => {
                write!(
                    f,
                    "the header `{name}` is set by the client: a member cannot set it"
                )
            }
            RequestErrorKind::TimestampOutOfRange => {
                write!(f, "a timestamp in `{name}` is outside the years 1 to 9999")
            }
            RequestErrorKind::TooDeep => write!(f, "`{name}` is nested too deeply"),
            RequestErrorKind::UnknownChecksum => {
                write!(f, "`{name}` is an unknown checksum algorithm")
            }
            RequestErrorKind::InvalidUri => {
                write!(
                    f,
                    "the {name} and query string are not a valid URI; they may be longer than 65,534 bytes"
                )
            }
            RequestErrorKind::Stream => {
                write!(
                    f,
                    "`{name}` is a stream, but this request needs a body in memory"
                )
            }
            RequestErrorKind::StreamRead => {
                write!(
                    f,
                    "`{name}` is a stream that can be read only once, and it was read before"
                )
            }
            RequestErrorKind::StreamChecksum => {
                write!(
                    f,
                    "`{name}` is a stream whose checksum only a client can calculate: send the request with a client"
                )
            }
            RequestErrorKind::UnknownLength => {
                write!(
                    f,
                    "`{name}` is a stream of unknown length, but the service requires its length"
                )
            }
            RequestErrorKind::NoRandomness => {
                write!(
                    f,
                    "the system has no random numbers for the {name}: set it, or give another source of tokens"
                )
            }
        }
    }
}

impl std::error::Error for RequestError {}
