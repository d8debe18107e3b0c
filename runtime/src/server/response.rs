//! Writing responses.

use crate::http_binding::body::body_type::Body;
use crate::http_binding::request::error::{RequestError, RequestErrorKind};
use crate::http_binding::request::headers::{header_text, header_value};
use crate::http_binding::request::maps::PrefixHeaders;
use crate::json::encode::Encode;
use crate::json::writer::Writer;
use crate::operation::operation_trait::Written;
use crate::types::blob::Blob;
use crate::types::text::scalar::Text;
use crate::types::text::texts::Texts;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};

const JSON: &str = "application/json";

/// The header with the code of an error (Smithy, *AWS restJson1 protocol*, Operation error
/// serialization).
pub(super) const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

/// Builds the response of an operation.
#[derive(Debug, Default)]
pub struct ResponseWriter {
    status: StatusCode,
    headers: HeaderMap,
    content_type: Option<&'static str>,
    body: Body,
    /// The first error of a method that does not return a `Result`.
    fault: Option<RequestError>,
}

/// An output or an error of the model, which is written as a response.
pub trait IntoResponse {
    /// The HTTP status, unless a member has it.
    const STATUS: u16;
    /// The code of an error; `None` for an output.
    const ERROR: Option<&'static str> = None;
    /// The media type of the body, if there is one.
    const MEDIA_TYPE: Option<&'static str> = None;

    /// Writes the members to the parts of the response that the model binds them to.
    ///
    /// # Errors
    /// The value of a member is not valid in the part of the response.
    fn write(&self, res: &mut ResponseWriter) -> Written;
}

impl ResponseWriter {
    /// Writes the response with an output or an error.
    pub(super) fn response<T: IntoResponse>(
        value: &T,
    ) -> Result<http::Response<Body>, RequestError> {
        let mut writer = Self::default();
        if let Ok(status) = StatusCode::from_u16(T::STATUS) {
            writer.status = status;
        }
        if let Some(code) = T::ERROR {
            writer
                .headers
                .insert(ERROR_TYPE, HeaderValue::from_static(code));
        }
        value.write(&mut writer)?;
        writer.finish()
    }

    pub(super) fn finish(mut self) -> Result<http::Response<Body>, RequestError> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        if let Some(media_type) = self.content_type {
            let value = HeaderValue::from_static(media_type);
            self.headers.entry(CONTENT_TYPE).or_insert(value);
        }
        let mut response = http::Response::new(self.body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        Ok(response)
    }

    /// Sets the status (`httpResponseCode`). `None` and numbers that are not a status leave it
    /// unchanged.
    pub fn status(&mut self, code: &impl Texts) -> &mut Self {
        let code = code.texts().and_then(|mut texts| texts.next());
        if let Some(Ok(status)) = code.map(|code| code.parse()) {
            self.status = status;
        }
        self
    }

    /// Sets a header, unless the value is `None`. A list becomes one value, with quoted items where
    /// necessary.
    ///
    /// # Errors
    /// [`RequestErrorKind::InvalidHeader`] for a value that HTTP does not allow.
    pub fn header(
        &mut self,
        name: &'static str,
        value: &impl Texts,
    ) -> Result<&mut Self, RequestError> {
        if !value.are_in_range() {
            let kind = RequestErrorKind::TimestampOutOfRange;
            self.fail(RequestError::new(kind, name));
        }
        if let Some(value) = header_text(value) {
            self.headers
                .insert(header_name(name, name)?, header_value(name, value)?);
        }
        Ok(self)
    }

    /// Sets a header for each entry of a map (`httpPrefixHeaders`).
    ///
    /// # Errors
    /// [`RequestErrorKind::InvalidHeader`] for a key or value that HTTP does not allow.
    pub fn prefix_headers(
        &mut self,
        prefix: &'static str,
        map: &impl PrefixHeaders,
    ) -> Result<&mut Self, RequestError> {
        for (key, value) in map.entries() {
            let name = header_name(prefix, &format!("{prefix}{}", key.text()))?;
            let value = header_value(prefix, value.text())?;
            self.headers.entry(name).or_insert(value);
        }
        Ok(self)
    }

    /// Sets a JSON body.
    pub fn json(&mut self, write: impl FnOnce(&mut Writer)) -> &mut Self {
        let mut json = Writer::new();
        write(&mut json);
        if let Some(fault) = json.fault() {
            self.fail(fault.into());
        }
        self.body(JSON, json.into_vec().into())
    }

    /// Sets a JSON object as the body; `members` writes its members.
    pub fn object(&mut self, members: impl FnOnce(&mut Writer)) -> &mut Self {
        self.json(|json| json.object(members))
    }

    /// Sets a union or document as the body (`httpPayload`), unless it is `None`.
    pub fn json_payload<T: Encode>(&mut self, value: &T) -> &mut Self {
        if value.is_absent() {
            self
        } else {
            self.json(|json| value.encode(json))
        }
    }

    /// Sets a structure as the body (`httpPayload`), unless it is `None`.
    pub fn structure_payload<T: Encode>(&mut self, value: &T) -> &mut Self {
        self.json_payload(value)
    }

    /// Sets a string or enum as the body (`httpPayload`), unless it is `None`.
    pub fn text_payload(&mut self, media_type: &'static str, value: &impl Texts) -> &mut Self {
        match value.texts().and_then(|mut texts| texts.next()) {
            Some(text) => self.body(media_type, text.into_owned().into()),
            None => self,
        }
    }

    /// Sets a blob as the body (`httpPayload`), unless it is `None`.
    pub fn blob_payload<'b>(
        &mut self,
        media_type: &'static str,
        value: impl Into<Option<&'b Blob>>,
    ) -> &mut Self {
        match value.into() {
            Some(blob) => self.body(media_type, blob.clone().into_bytes().into()),
            None => self,
        }
    }

    /// Sets a stream as the body (`httpPayload` of a blob with `streaming`).
    ///
    /// # Errors
    /// [`RequestErrorKind::StreamRead`] if the stream can be read only once and was read before.
    pub fn stream_payload(
        &mut self,
        media_type: &'static str,
        member: &'static str,
        body: &Body,
    ) -> Result<&mut Self, RequestError> {
        let Some(body) = body.try_clone() else {
            return Err(RequestError::new(RequestErrorKind::StreamRead, member));
        };
        Ok(self.body(media_type, body))
    }

    /// Like [`ResponseWriter::stream_payload`], with `Content-Length` (`requiresLength`).
    ///
    /// # Errors
    /// The same, and [`RequestErrorKind::UnknownLength`] if the length of the stream is unknown.
    pub fn sized_stream_payload(
        &mut self,
        media_type: &'static str,
        member: &'static str,
        body: &Body,
    ) -> Result<&mut Self, RequestError> {
        self.stream_payload(media_type, member, body)?;
        let length = self.body.length();
        let length = length.ok_or(RequestError::new(RequestErrorKind::UnknownLength, member))?;
        self.headers
            .insert(CONTENT_LENGTH, HeaderValue::from(length));
        Ok(self)
    }

    /// Replaces the media type of the body. Has no effect without a body.
    pub fn content_type(&mut self, media_type: &'static str) -> &mut Self {
        if let Some(content_type) = &mut self.content_type {
            *content_type = media_type;
        }
        self
    }

    fn body(&mut self, media_type: &'static str, body: Body) -> &mut Self {
        self.content_type = Some(media_type);
        self.body = body;
        self
    }

    /// Records an error. Only the first one is kept.
    fn fail(&mut self, error: RequestError) {
        self.fault.get_or_insert(error);
    }
}

fn header_name(bound: &'static str, name: &str) -> Result<HeaderName, RequestError> {
    HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| RequestError::new(RequestErrorKind::InvalidHeader, bound))
}
