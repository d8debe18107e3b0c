//! Bodies that are streams.

use super::writer::RequestWriter;
use crate::http_binding::body::body_type::Body;
#[cfg(feature = "client")]
use crate::http_binding::request::checksum::sum::Checksum;
use crate::http_binding::request::error::RequestError;
use crate::http_binding::request::error::RequestErrorKind;
use http::header::{CONTENT_LENGTH, HeaderValue};

/// A request, and the checksums that have to be added to it.
#[cfg(feature = "client")]
pub(crate) type WithoutChecksums = (http::Request<Body>, PendingChecksums);

/// Checksums of a body that are not calculated yet.
#[cfg(feature = "client")]
pub(crate) type PendingChecksums = Vec<Box<dyn Checksum>>;

impl RequestWriter<'_> {
    /// Sets a stream as the body (`httpPayload` of a blob with `streaming`). The media type is that
    /// of the shape, or `application/octet-stream`. Empty bytes are not a body.
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
        match body.as_bytes() {
            Some(bytes) if bytes.is_empty() => return Ok(self),
            Some(bytes) => return Ok(self.body(media_type, bytes.clone())),
            None => {}
        }
        self.content_type = Some(media_type);
        self.stream = Some((member, body));
        Ok(self)
    }

    /// Like [`RequestWriter::stream_payload`], with `Content-Length` (`requiresLength`).
    ///
    /// # Errors
    /// The same, and [`RequestErrorKind::UnknownLength`] if the length of the stream is unknown.
    pub fn sized_stream_payload(
        &mut self,
        media_type: &'static str,
        member: &'static str,
        body: &Body,
    ) -> Result<&mut Self, RequestError> {
        // The clone starts at the beginning, even if the original was partly read.
        let body = body
            .try_clone()
            .ok_or(RequestError::new(RequestErrorKind::StreamRead, member))?;
        let length = body
            .length()
            .ok_or(RequestError::new(RequestErrorKind::UnknownLength, member))?;
        self.headers
            .insert(CONTENT_LENGTH, HeaderValue::from(length));
        self.stream_payload(media_type, member, &body)
    }

    /// Builds the request with a body that may be a stream. Returns the checksums that have to be
    /// added.
    #[cfg(feature = "client")]
    pub(crate) fn finish_without_checksums(mut self) -> Result<WithoutChecksums, RequestError> {
        self.unsummed = None;
        let checksums = std::mem::take(&mut self.checksums);
        Ok((self.finish_streaming()?, checksums))
    }

    /// Builds the request with a body that may be a stream.
    pub(crate) fn finish_streaming(mut self) -> Result<http::Request<Body>, RequestError> {
        if let Some(member) = self.unsummed {
            return Err(RequestError::new(RequestErrorKind::StreamChecksum, member));
        }
        match self.stream.take() {
            Some((_, body)) => Ok(self.assemble()?.map(|_| body)),
            None => Ok(self.finish()?.map(Body::from)),
        }
    }
}
