//! Why there is no request.

use std::fmt;

/// Why there is no request. Names the member, header or prefix at fault, never a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestError {
    kind: RequestErrorKind,
    name: &'static str,
}

/// What is wrong with an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestErrorKind {
    /// A member that is part of the path is empty.
    EmptyLabel,
    /// A member that is part of the path is `.` or `..`, or spans segments of which one is.
    DotSegment,
    /// A member that is part of the host is not 1 to 63 letters, digits and hyphens, or has a
    /// hyphen at an end.
    InvalidHostLabel,
    /// The operation has a host prefix, and the endpoint's host is an address, which takes none.
    NoHostPrefix,
    /// A header's name or value has a character that HTTP does not allow there; values are visible
    /// ASCII.
    InvalidHeader,
    /// A member sets a header that belongs to the protocol, such as `host` or `content-length`.
    ProtocolHeader,
    /// A timestamp is not from year 1 to 9999: no format has a text for it that services read.
    TimestampOutOfRange,
    /// The body is nested too deep: more than 128 arrays and objects, or large structures that take
    /// more than 1 MiB of the stack.
    TooDeep,
    /// A member names an algorithm for checksums that is not known.
    UnknownChecksum,
    /// The path and query are no URI; most likely they are too long.
    InvalidUri,
    /// The body is a stream, and the request was to have one in memory.
    Stream,
    /// A stream that can be read only once was read before.
    StreamRead,
    /// The body is a stream, and a checksum of it goes into a header: only a client reads it for
    /// that.
    StreamChecksum,
    /// The length of a stream is not known, and the service wants to know it (`@requiresLength`).
    UnknownLength,
    /// The system gave no random numbers for the idempotency token.
    NoRandomness,
}

impl RequestError {
    /// The error of this kind about the member, header or prefix of that name.
    pub fn new(kind: RequestErrorKind, name: &'static str) -> Self {
        Self { kind, name }
    }

    /// What is wrong.
    pub fn kind(&self) -> RequestErrorKind {
        self.kind
    }

    /// The member, header or prefix it is about.
    pub fn name(&self) -> &'static str {
        self.name
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
                    "`{name}` is part of the path, of which no segment may be `.` or `..`"
                )
            }
            RequestErrorKind::InvalidHostLabel => {
                write!(
                    f,
                    "`{name}` is part of the host and must be 1 to 63 letters, digits or hyphens"
                )
            }
            RequestErrorKind::NoHostPrefix => {
                write!(
                    f,
                    "the endpoint's host is an address and takes no {name}: switch host prefixes off"
                )
            }
            RequestErrorKind::InvalidHeader if name.is_empty() => f.write_str(
                "a header of a map without a prefix has a character that HTTP does not allow",
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
                    "the header `{name}` belongs to the protocol: no member may set it"
                )
            }
            RequestErrorKind::TimestampOutOfRange => {
                write!(f, "a timestamp of `{name}` is not from year 1 to 9999")
            }
            RequestErrorKind::TooDeep => write!(f, "`{name}` is nested too deep"),
            RequestErrorKind::UnknownChecksum => {
                write!(
                    f,
                    "`{name}` names an algorithm for checksums that is not known"
                )
            }
            RequestErrorKind::InvalidUri => {
                write!(
                    f,
                    "the {name} and query are no valid URI; they may have more than 65,534 bytes"
                )
            }
            RequestErrorKind::Stream => {
                write!(
                    f,
                    "`{name}` is a stream, and this request has to have its body in memory"
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
                    "`{name}` is a stream, and only a client reads it for the checksum that goes before it"
                )
            }
            RequestErrorKind::UnknownLength => {
                write!(
                    f,
                    "`{name}` is a stream of unknown length, and the service has to be told the length"
                )
            }
            RequestErrorKind::NoRandomness => write!(f, "no random numbers for the {name}"),
        }
    }
}

impl std::error::Error for RequestError {}
