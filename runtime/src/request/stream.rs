//! Bodies that are streams.

#[cfg(feature = "client")]
use super::Checksum;
use super::{RequestError, RequestErrorKind, RequestWriter};
use crate::Body;
use http::header::{CONTENT_LENGTH, HeaderValue};

/// A request, and the checksums that have yet to be made of the stream that is its body.
#[cfg(feature = "client")]
pub(crate) type Unsummed = (http::Request<Body>, Sums);

/// What sums of a body are still to be made.
#[cfg(feature = "client")]
pub(crate) type Sums = Vec<Box<dyn Checksum>>;

impl RequestWriter<'_> {
    /// Sets a stream as the body (`httpPayload` of a blob with `streaming`), of the shape's media
    /// type or else `application/octet-stream`. Without bytes it is no body.
    ///
    /// # Errors
    /// [`RequestErrorKind::StreamRead`] when it can be read only once, and was.
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
    /// As there, and [`RequestErrorKind::UnknownLength`] when the stream does not know its length.
    pub fn sized_stream_payload(
        &mut self,
        media_type: &'static str,
        member: &'static str,
        body: &Body,
    ) -> Result<&mut Self, RequestError> {
        // As it is sent, from its start, however far this one was read.
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

    /// The request, with a body that may be a stream, and the checksums that have yet to be made of
    /// it.
    #[cfg(feature = "client")]
    pub(crate) fn finish_unsummed(mut self) -> Result<Unsummed, RequestError> {
        self.unsummed = None;
        let checksums = std::mem::take(&mut self.checksums);
        Ok((self.finish_streaming()?, checksums))
    }

    /// The request, with a body that may be a stream.
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
