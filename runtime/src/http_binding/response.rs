//! Reading responses (Smithy, *HTTP bindings*).

use crate::error::box_error::BoxError;
#[cfg(feature = "stream")]
use crate::http_binding::body::body_type::Body;
#[cfg(feature = "test-util")]
use crate::http_binding::scripted::Given;
use crate::types::blob::Blob;
use crate::types::text::error::TextError;
use crate::types::text::scalar::FromText;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};
use std::borrow::Cow;
#[cfg(feature = "stream")]
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;

/// A response that an output is read from. Its body is in memory, unless a member of the output is
/// the body as a stream.
#[derive(Clone, Copy)]
pub struct Response<'a> {
    parts: &'a http::Response<Bytes>,
    /// The body if it is a stream. The output takes it.
    #[cfg(feature = "stream")]
    stream: Option<&'a Cell<Body>>,
}

/// An output that is read from a response.
pub trait FromResponse: Sized + 'static {
    /// Whether a member of the output is the body as a stream.
    const STREAMS: bool = false;

    /// Reads the members from the headers, status and body that the model binds them to.
    ///
    /// # Errors
    /// The body or a header does not match the type of its member.
    fn from_response(response: &Response<'_>) -> Result<Self, ResponseError>;
}

impl<'a> Response<'a> {
    /// Wraps a response.
    pub fn new(response: &'a http::Response<Bytes>) -> Self {
        Self {
            parts: response,
            #[cfg(feature = "stream")]
            stream: None,
        }
    }

    /// Wraps the head of a response whose body is a stream.
    #[cfg(any(feature = "client", feature = "server"))]
    pub(crate) fn streaming(head: &'a http::Response<Bytes>, stream: &'a Cell<Body>) -> Self {
        Self {
            parts: head,
            stream: Some(stream),
        }
    }

    /// Reads an output or the members of an error.
    pub(crate) fn read<T: FromResponse>(&self) -> Result<T, ResponseError> {
        #[cfg(feature = "test-util")]
        if let Some(value) = self.given().and_then(Given::take) {
            return Ok(value);
        }
        T::from_response(self)
    }

    /// What a test gives instead of bytes.
    #[cfg(feature = "test-util")]
    pub(crate) fn given(&self) -> Option<&'a Given> {
        self.parts.extensions().get()
    }

    /// The status.
    pub fn status_code(&self) -> StatusCode {
        self.parts.status()
    }

    /// All headers.
    pub fn headers(&self) -> &'a HeaderMap {
        self.parts.headers()
    }

    /// The body.
    pub fn body(&self) -> &'a Bytes {
        self.parts.body()
    }

    /// Parses a header into a slot, which is a scalar, a list of scalars, or an `Option` of either.
    /// The slot is unchanged if the header is missing. Several headers with the same name are one
    /// list.
    ///
    /// # Errors
    /// The value does not match the type.
    pub fn header<T: FromHeader>(
        &self,
        name: &'static str,
        slot: &mut T,
    ) -> Result<(), ResponseError> {
        if let Some(value) = joined(self.headers(), name) {
            *slot = T::from_header(&value).map_err(|error| ResponseError::header(name, error))?;
        }
        Ok(())
    }

    /// Like [`Response::header`], with a given parser, such as
    /// [`parse_media_type_header`](crate::text::parse_media_type_header).
    ///
    /// # Errors
    /// The parser fails.
    pub fn header_as<T, S: From<T>>(
        &self,
        name: &'static str,
        slot: &mut S,
        parse: impl FnOnce(&str) -> Result<T, TextError>,
    ) -> Result<(), ResponseError> {
        if let Some(value) = joined(self.headers(), name) {
            *slot = parse(&value)
                .map_err(|error| ResponseError::header(name, error))?
                .into();
        }
        Ok(())
    }

    /// Parses all headers whose names start with a prefix into a map (`httpPrefixHeaders`). The
    /// keys are the rest of the names in lower case. The slot is unchanged if there is no such
    /// header.
    ///
    /// # Errors
    /// A key or value does not match the type.
    pub fn prefix_headers<S: FromPrefixHeaders>(
        &self,
        prefix: &'static str,
        slot: &mut S,
    ) -> Result<(), ResponseError> {
        let lower = prefix.to_ascii_lowercase();
        let mut entries = Vec::new();
        for name in self.headers().keys() {
            let Some(key) = name.as_str().strip_prefix(&lower) else {
                continue;
            };
            entries.extend(joined(self.headers(), name.as_str()).map(|value| (key, value)));
        }
        if !entries.is_empty() {
            *slot =
                S::from_entries(&entries).map_err(|error| ResponseError::header(prefix, error))?;
        }
        Ok(())
    }

    /// Stores the status in a slot (`httpResponseCode`).
    pub fn status<T: FromHeader>(&self, slot: &mut T) {
        // A status has three digits, so it is a valid integer and a valid value of an integer enum.
        if let Ok(status) = T::from_header(self.status_code().as_str()) {
            *slot = status;
        }
    }

    /// Parses the body as a string or enum (`httpPayload`). The slot is unchanged if the body is
    /// empty.
    ///
    /// # Errors
    /// The body is not UTF-8.
    pub fn text_payload<T: FromHeader>(&self, slot: &mut T) -> Result<(), ResponseError> {
        if !self.body().is_empty() {
            let text = std::str::from_utf8(self.body())
                .map_err(|_| ResponseError::body(TextError::new("UTF-8 text")))?;
            *slot = T::from_header(text).map_err(ResponseError::body)?;
        }
        Ok(())
    }

    /// Stores the body in a slot (`httpPayload`) without a copy. The slot is unchanged if the body
    /// is empty.
    pub fn blob_payload<S: From<Blob>>(&self, slot: &mut S) {
        if !self.body().is_empty() {
            *slot = Blob::from(self.body().clone()).into();
        }
    }

    /// Takes the body as a stream (`httpPayload` of a blob with `streaming`).
    #[cfg(feature = "stream")]
    pub fn stream_payload(&self, slot: &mut Body) {
        *slot = self
            .stream
            .map_or_else(|| Body::from(self.body().clone()), Cell::take);
    }
}

/// Prints the status and the length of the body. Headers and body may contain secrets.
impl fmt::Debug for Response<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status_code())
            .field("body", &self.body().len())
            .finish()
    }
}

/// All values of a header, joined by commas.
fn joined<'a>(headers: &'a HeaderMap, name: &str) -> Option<Cow<'a, str>> {
    let mut values = headers.get_all(name).into_iter().map(header_text);
    let first = values.next()?;
    Some(values.fold(first, |before, value| {
        Cow::Owned(format!("{before}, {value}"))
    }))
}

/// The value of a header as text. A value that is not UTF-8 is decoded as ISO 8859-1, the
/// historical encoding of headers (RFC 9110 section 5.5).
pub(crate) fn header_text(value: &HeaderValue) -> Cow<'_, str> {
    let bytes = value.as_bytes();
    str::from_utf8(bytes).map_or_else(
        |_| bytes.iter().copied().map(char::from).collect(),
        Cow::Borrowed,
    )
}

/// A type that is parsed from the value of a header: a scalar, a list of scalars, or an `Option` of
/// either.
pub trait FromHeader: Sized {
    /// Parses the whole value.
    ///
    /// # Errors
    /// The value does not match the type.
    fn from_header(value: &str) -> Result<Self, TextError>;
}

impl<T: FromText> FromHeader for T {
    fn from_header(value: &str) -> Result<Self, TextError> {
        T::from_text(value)
    }
}

impl<T: FromText> FromHeader for Vec<T> {
    fn from_header(value: &str) -> Result<Self, TextError> {
        T::items(value)?
            .iter()
            .map(|item| T::from_text(item))
            .collect()
    }
}

impl<T: FromText> FromHeader for Vec<Option<T>> {
    fn from_header(value: &str) -> Result<Self, TextError> {
        T::items(value)?
            .iter()
            .map(|item| T::from_text(item).map(Some))
            .collect()
    }
}

impl<T: FromHeader> FromHeader for Option<T> {
    fn from_header(value: &str) -> Result<Self, TextError> {
        T::from_header(value).map(Some)
    }
}

/// A map that is bound by `httpPrefixHeaders`, or an `Option` of one.
pub trait FromPrefixHeaders: Sized {
    /// Creates the map from names without the prefix and values.
    ///
    /// # Errors
    /// A name or value does not match its type.
    fn from_entries(entries: &[(&str, Cow<'_, str>)]) -> Result<Self, TextError>;
}

impl<K: FromText + Ord, V: FromText> FromPrefixHeaders for BTreeMap<K, V> {
    fn from_entries(entries: &[(&str, Cow<'_, str>)]) -> Result<Self, TextError> {
        entries
            .iter()
            .map(|(key, value)| Ok((K::from_text(key)?, V::from_text(value)?)))
            .collect()
    }
}

impl<T: FromPrefixHeaders> FromPrefixHeaders for Option<T> {
    fn from_entries(entries: &[(&str, Cow<'_, str>)]) -> Result<Self, TextError> {
        T::from_entries(entries).map(Some)
    }
}

/// The error for a response that an output cannot be read from. It does not contain values, which
/// may be secrets.
pub struct ResponseError(Cause);

enum Cause {
    Document(BoxError),
    Header(&'static str, TextError),
    Body(TextError),
}

impl ResponseError {
    /// An error of a document's reader, which names the place in the document.
    pub(crate) fn document(error: impl Into<BoxError>) -> Self {
        Self(Cause::Document(error.into()))
    }

    fn header(name: &'static str, error: TextError) -> Self {
        Self(Cause::Header(name, error))
    }

    fn body(error: TextError) -> Self {
        Self(Cause::Body(error))
    }
}

/// The same line as `Display`, which a program prints whose `main` returns the error.
impl fmt::Debug for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Cause::Document(error) => error.fmt(f),
            Cause::Header(name, error) => write!(f, "the header `{name}`: {error}"),
            Cause::Body(error) => write!(f, "the body: {error}"),
        }
    }
}

/// There is no source, since the text contains the cause.
impl std::error::Error for ResponseError {}
