//! Reading a response (Smithy, *HTTP bindings*).

#[cfg(feature = "stream")]
use crate::Body;
use crate::text::{FromText, TextError};
use crate::{Blob, json};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};
use std::borrow::Cow;
#[cfg(feature = "stream")]
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;

/// A response that an output is read from. Its body is here, unless it is a member that is a
/// stream.
#[derive(Clone, Copy)]
pub struct Response<'a> {
    parts: &'a http::Response<Bytes>,
    /// The body, if it is a stream, until the output takes it.
    #[cfg(feature = "stream")]
    stream: Option<&'a Cell<Body>>,
}

/// An output that is read from a response.
pub trait FromResponse: Sized {
    /// Whether a member is the body as a stream, so that nobody reads it before.
    const STREAMS: bool = false;

    /// Reads the members from where the model binds them.
    ///
    /// # Errors
    /// When the body or a header does not fit.
    fn from_response(response: &Response<'_>) -> Result<Self, ResponseError>;
}

impl<'a> Response<'a> {
    /// A view of a response.
    pub fn new(response: &'a http::Response<Bytes>) -> Self {
        Self {
            parts: response,
            #[cfg(feature = "stream")]
            stream: None,
        }
    }

    /// A view of a response whose body is still to come.
    #[cfg(feature = "client")]
    pub(crate) fn streaming(head: &'a http::Response<Bytes>, stream: &'a Cell<Body>) -> Self {
        Self {
            parts: head,
            stream: Some(stream),
        }
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

    /// Reads a JSON body. An empty body is an empty object: services leave it out when there is
    /// nothing to say (protocol test `RestJsonGreetingWithErrorsNoPayload`).
    ///
    /// # Errors
    /// When the body is not JSON or does not fit.
    pub fn json<T: json::Decode>(&self) -> Result<T, ResponseError> {
        let body = if self.body().is_empty() {
            b"{}"
        } else {
            &self.body()[..]
        };
        Ok(json::from_slice(body)?)
    }

    /// Reads a JSON body member by member, as [`json::Reader::structure`] does. An empty body has
    /// no members.
    ///
    /// # Errors
    /// When the body is not a JSON object, or `member` fails.
    pub fn structure(
        &self,
        member: impl FnMut(&mut json::Reader<'_>, &str) -> json::Result<()>,
    ) -> Result<(), ResponseError> {
        if !self.body().is_empty() {
            let mut json = json::Reader::new(self.body());
            json.structure(member)?;
            json.finish()?;
        }
        Ok(())
    }

    /// Reads a header into its slot, a `T` or an `Option<T>`, where `T` may be a list. Without such
    /// a header the slot stays as it is. Several headers of one name are one list.
    ///
    /// # Errors
    /// When the value does not fit; names the header.
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

    /// Like [`Response::header`], with a way of reading other than the type's own, such as
    /// [`parse_media_type_header`](crate::text::parse_media_type_header).
    ///
    /// # Errors
    /// When the value does not fit; names the header.
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

    /// Reads all headers whose name starts with the prefix (`httpPrefixHeaders`), by the rest of
    /// their names in lower case. Without such a header the slot stays as it is.
    ///
    /// # Errors
    /// When a key or value does not fit; names the prefix.
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

    /// Reads the status (`httpResponseCode`).
    pub fn status<T: FromHeader>(&self, slot: &mut T) {
        // Three digits are an integer, and a value of every integer enum.
        if let Ok(status) = T::from_header(self.status_code().as_str()) {
            *slot = status;
        }
    }

    /// Reads the body as JSON (`httpPayload`). An empty body and a null leave the slot as it is.
    ///
    /// # Errors
    /// When the body is not JSON or does not fit.
    pub fn json_payload<T: json::Decode>(&self, slot: &mut T) -> Result<(), ResponseError> {
        if !self.body().is_empty() {
            let mut reader = json::Reader::new(self.body());
            reader.member(slot)?;
            reader.finish()?;
        }
        Ok(())
    }

    /// Reads the body as a string or enum (`httpPayload`). An empty body leaves the slot as it is.
    ///
    /// # Errors
    /// When the body is no UTF-8.
    pub fn text_payload<T: FromHeader>(&self, slot: &mut T) -> Result<(), ResponseError> {
        if !self.body().is_empty() {
            let text = std::str::from_utf8(self.body())
                .map_err(|_| ResponseError::body(TextError::new("UTF-8")))?;
            *slot = T::from_header(text).map_err(ResponseError::body)?;
        }
        Ok(())
    }

    /// Reads the body as it is (`httpPayload`), without a copy. An empty body leaves the slot as it
    /// is.
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

/// Tells the status and the length of the body: both headers and body may hold secrets.
impl fmt::Debug for Response<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status_code())
            .field("body", &self.body().len())
            .finish()
    }
}

/// All values of a header, separated by commas.
fn joined<'a>(headers: &'a HeaderMap, name: &str) -> Option<Cow<'a, str>> {
    let mut values = headers.get_all(name).into_iter().map(header_text);
    let first = values.next()?;
    Some(values.fold(first, |before, value| {
        Cow::Owned(format!("{before}, {value}"))
    }))
}

/// A header's value as text: UTF-8, or else ISO 8859-1, which HTTP had before (RFC 9110 section
/// 5.5).
pub(crate) fn header_text(value: &HeaderValue) -> Cow<'_, str> {
    let bytes = value.as_bytes();
    str::from_utf8(bytes).map_or_else(
        |_| bytes.iter().copied().map(char::from).collect(),
        Cow::Borrowed,
    )
}

/// A type that a header's value is read as: a scalar, a list of them, or an `Option` of either.
pub trait FromHeader: Sized {
    /// Reads the whole value.
    ///
    /// # Errors
    /// When the value does not fit.
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

/// A map that `httpPrefixHeaders` binds: of texts, or an `Option` of one.
pub trait FromPrefixHeaders: Sized {
    /// Makes the map of names without the prefix and values.
    ///
    /// # Errors
    /// When a name or value does not fit.
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

/// Why an output cannot be read from a response. Never tells a value.
#[derive(Debug)]
pub struct ResponseError(Cause);

#[derive(Debug)]
enum Cause {
    Json(json::Error),
    Header(&'static str, TextError),
    Body(TextError),
}

impl ResponseError {
    fn header(name: &'static str, error: TextError) -> Self {
        Self(Cause::Header(name, error))
    }

    fn body(error: TextError) -> Self {
        Self(Cause::Body(error))
    }
}

impl From<json::Error> for ResponseError {
    fn from(error: json::Error) -> Self {
        Self(Cause::Json(error))
    }
}

impl fmt::Display for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Cause::Json(error) => error.fmt(f),
            Cause::Header(name, error) => write!(f, "the header `{name}`: {error}"),
            Cause::Body(error) => write!(f, "the body: {error}"),
        }
    }
}

/// Without a source: the text tells it all.
impl std::error::Error for ResponseError {}
