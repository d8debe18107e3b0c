//! Errors of the reader.

use std::fmt::{self, Write as _};

/// The result of reading JSON.
pub type Result<T> = std::result::Result<T, Error>;

/// The error for a document that cannot be deserialized: its kind, and its position as a byte
/// offset and as a path from the root.
///
/// `Display` prints one line, such as `expected a number, found a string at $.tags[3].size (byte
/// 812)`. It does not contain values of the document and keys of its maps, which may be secrets.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    offset: usize,
    /// From the inside out, since segments are added while the error is returned.
    path: Vec<Segment>,
    /// The members of [`ErrorKind::MissingMembers`].
    missing: Vec<&'static str>,
}

enum Segment {
    Member(Box<str>),
    Item(usize),
    Entry,
}

/// The kind of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A value or punctuation is missing at this position.
    Expected {
        /// The expected token, with its article.
        expected: &'static str,
        /// The actual token, with its article.
        found: &'static str,
    },
    /// The document is not complete.
    UnexpectedEnd,
    /// The document is not UTF-8.
    InvalidUtf8,
    /// A string contains an unescaped control character.
    ControlCharacter,
    /// A string contains an invalid escape sequence.
    InvalidEscape,
    /// A string of an input contains an unpaired surrogate.
    LoneSurrogate,
    /// A number is not valid JSON.
    InvalidNumber,
    /// A number does not fit the type with this name.
    OutOfRange(&'static str),
    /// A string does not have the form with this name.
    InvalidText(&'static str),
    /// There are more than 128 nested arrays and objects, or they take more than 1 MiB of the
    /// stack.
    TooDeep,
    /// There is text after the document.
    TrailingText,
    /// All members of a union are null or missing.
    EmptyUnion,
    /// Several members of a union are set.
    CrowdedUnion,
    /// A structure of an input has a member that the model does not define: the last one of the
    /// path.
    UnknownMember,
    /// Required members of a structure in an input are missing.
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

    /// The error for a structure at an offset without these members.
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

    /// The kind of the error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The byte offset in the document.
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// The path in the document. `$` is the root, `.name` a member,
    /// `[3]` an item of a list, and `[*]` an entry of a map, whose key is omitted since it is data.
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

/// Writes the name of a member. A name with special characters is quoted, and a long name is
/// truncated.
fn write_member(path: &mut String, name: &str) -> fmt::Result {
    const MAX_LENGTH: usize = 64;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !name.is_empty() && name.len() <= MAX_LENGTH && name.bytes().all(plain) {
        return write!(path, ".{name}");
    }
    let cut: String = name.chars().take(MAX_LENGTH).collect();
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
            Self::OutOfRange(what) => return write!(f, "the number does not fit {what}"),
            Self::InvalidText(what) => return write!(f, "the string is not a valid {what}"),
            Self::UnexpectedEnd => "the document is not complete",
            Self::InvalidUtf8 => "invalid UTF-8",
            Self::ControlCharacter => "unescaped control character in a string",
            Self::InvalidEscape => "invalid escape sequence",
            Self::LoneSurrogate => "unpaired surrogate",
            Self::InvalidNumber => "invalid number",
            Self::TooDeep => "nested too deeply",
            Self::TrailingText => "text after the document",
            Self::EmptyUnion => "a union without a member",
            Self::CrowdedUnion => "a union with more than one member",
            Self::UnknownMember => "unknown member",
            Self::MissingMembers => "missing required members",
        };
        f.write_str(text)
    }
}
