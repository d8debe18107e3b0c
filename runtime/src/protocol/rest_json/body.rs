//! Streams in JSON documents, for operations that are called by name.

use crate::http_binding::body::body_type::Body;
use crate::json::decode::Decode;
use crate::json::encode::Encode;
use crate::json::error::Result;
use crate::json::reader::Reader;
use crate::json::writer::Writer;
use crate::types::blob::Blob;

/// A string with base64, as a [`Blob`].
impl Decode for Body {
    fn decode(json: &mut Reader<'_>) -> Result<Self> {
        Blob::decode(json).map(|blob| blob.into_bytes().into())
    }
}

/// A string with base64, as a [`Blob`], if the body is in memory. A stream is left out.
impl Encode for Body {
    fn encode(&self, json: &mut Writer) {
        match self.as_bytes() {
            Some(bytes) => Blob::from(bytes.clone()).encode(json),
            None => json.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.as_bytes().is_none()
    }
}
