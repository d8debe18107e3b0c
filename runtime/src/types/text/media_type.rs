//! Strings with `@mediaType` in headers.

use crate::types::text::error::TextError;
use crate::types::text::scalar::Text;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::borrow::Cow;

/// A string with `@mediaType` that is bound to a header. Its text form is base64 (Smithy, *HTTP
/// bindings*, httpHeader serialization rules).
#[derive(Clone, Copy, Debug)]
pub struct MediaTypeHeader<'a>(&'a str);

impl<'a> MediaTypeHeader<'a> {
    /// Wraps a string.
    pub fn of<T: AsRef<str> + ?Sized>(text: &'a T) -> Self {
        Self(text.as_ref())
    }
}

impl Text for MediaTypeHeader<'_> {
    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(STANDARD.encode(self.0))
    }
}

/// Parses a string with `@mediaType` from a header. The reverse of [`MediaTypeHeader`].
///
/// # Errors
/// The value is not base64, or the decoded bytes are not UTF-8.
pub fn parse_media_type_header(text: &str) -> Result<String, TextError> {
    let bytes = STANDARD
        .decode(text.trim())
        .map_err(|_| TextError::new("base64 text"))?;
    String::from_utf8(bytes)
        .map_err(|_| TextError::new("base64 text: the decoded bytes are not UTF-8"))
}
