//! Why a document does not decode, and where.

use std::fmt::{self, Write as _};

/// What reading JSON gives.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a document does not decode: what is wrong, the byte it is wrong at, and the path to it from
/// the root.
///
/// Prints in one line, such as `expected a number, found a string at $.tags[3].size (byte 812)`.
/// Values of the document and keys of its maps are never part of the text, since they may be
/// secrets.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    offset: usize,
    /// From the inside out, since it grows while the error travels up.
    path: Vec<Segment>,
    /// The names of [`ErrorKind::MissingMembers`].
    missing: Vec<&'static str>,
}

enum Segment {
    Member(Box<str>),
    Item(usize),
    Entry,
}

/// What is wrong with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Something else stands where a value or a sign of punctuation is expected.
    Expected {
        /// What should be there, with its article.
        expected: &'static str,
        /// What is there, with its article.
        found: &'static str,
    },
    /// The document ends too early.
    UnexpectedEnd,
    /// The document is not UTF-8.
    InvalidUtf8,
    /// A control character stands unescaped in a string.
    ControlCharacter,
    /// A string has an escape sequence that JSON does not know.
    InvalidEscape,
    /// A string of an input has half of a surrogate pair.
    LoneSurrogate,
    /// A number is not written as JSON wants it.
    InvalidNumber,
    /// A number does not fit; the text names what it should be.
    OutOfRange(&'static str),
    /// A string is not of the form that its member has; the text names the form.
    InvalidText(&'static str),
    /// Arrays and objects are nested more than 128 deep, or structures so large that they take more
    /// than 1 MiB of the stack.
    TooDeep,
    /// Something follows the document.
    TrailingText,
    /// A union has no member that is not null.
    EmptyUnion,
    /// A union has more than one member that is not null.
    CrowdedUnion,
    /// A structure of an input has a member that the model does not name; it is the last one of the
    /// path.
    UnknownMember,
    /// A structure of an input lacks required members; the error names them.
    MissingMembers,
}

impl Error {
    #[cold]
    pub(super) fn new(kind: ErrorKind, offset: usize) -> Self {
        Self(Box::new(Inner {
            kind,
            offset,
            path: Vec::new(),
            missing: Vec::new(),
        }))
    }

    /// The error that a structure, which starts there, lacks these members.
    #[cold]
    pub(super) fn missing(members: Vec<&'static str>, offset: usize) -> Self {
        let mut error = Self::new(ErrorKind::MissingMembers, offset);
        error.0.missing = members;
        error
    }

    #[cold]
    pub(super) fn in_member(self, name: &str) -> Self {
        self.within(Segment::Member(name.into()))
    }

    #[cold]
    pub(super) fn in_item(self, index: usize) -> Self {
        self.within(Segment::Item(index))
    }

    #[cold]
    pub(super) fn in_entry(self) -> Self {
        self.within(Segment::Entry)
    }

    fn within(mut self, segment: Segment) -> Self {
        self.0.path.push(segment);
        self
    }

    /// What is wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Where it is wrong: bytes from the start of the document.
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// Where it is wrong: `$` is the root, `.name` a member, `[3]` an item of a list, `[*]` an
    /// entry of a map, whose key is data and therefore left out.
    pub fn path(&self) -> String {
        let mut path = String::from("$");
        for segment in self.0.path.iter().rev() {
            // Writing to a String cannot fail.
            let _ = match segment {
                Segment::Member(name) => write_member(&mut path, name),
                Segment::Item(index) => write!(path, "[{index}]"),
                Segment::Entry => write!(path, "[*]"),
            };
        }
        path
    }
}

/// A name that is not plain is quoted and cut, so that the text stays one line of sensible length.
fn write_member(path: &mut String, name: &str) -> fmt::Result {
    const LONGEST: usize = 64;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !name.is_empty() && name.len() <= LONGEST && name.bytes().all(plain) {
        return write!(path, ".{name}");
    }
    let cut: String = name.chars().take(LONGEST).collect();
    write!(path, "[{cut:?}]")
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "json::Error({self})")
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.kind.fmt(f)?;
        for (index, name) in self.0.missing.iter().enumerate() {
            write!(f, "{} `{name}`", if index == 0 { "" } else { "," })?;
        }
        write!(f, " at {} (byte {})", self.path(), self.0.offset)
    }
}

impl std::error::Error for Error {}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Expected { expected, found } => {
                return write!(f, "expected {expected}, found {found}");
            }
            Self::OutOfRange(what) => return write!(f, "a number that does not fit {what}"),
            Self::InvalidText(what) => return write!(f, "a string that is no {what}"),
            Self::UnexpectedEnd => "the document ends too early",
            Self::InvalidUtf8 => "invalid UTF-8",
            Self::ControlCharacter => "a control character in a string",
            Self::InvalidEscape => "an invalid escape sequence",
            Self::LoneSurrogate => "half of a surrogate pair",
            Self::InvalidNumber => "an invalid number",
            Self::TooDeep => "nested too deep",
            Self::TrailingText => "something after the document",
            Self::EmptyUnion => "a union without a member",
            Self::CrowdedUnion => "a union with more than one member",
            Self::UnknownMember => "an unknown member",
            Self::MissingMembers => "a structure without the required",
        };
        f.write_str(text)
    }
}
