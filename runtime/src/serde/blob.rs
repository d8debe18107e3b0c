//! Blobs: base64 in formats for humans, else bytes.

use crate::serde::value::{Value, traits_of_value};
use crate::types::blob::Blob;
use crate::types::text::error::TextError;
use base64::Engine as _;
use base64::display::Base64Display;
use base64::engine::general_purpose::STANDARD;
use serde_core::de::{Deserializer, Error, Visitor};
use serde_core::ser::Serializer;
use std::fmt;

impl Value for Blob {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() {
            to.collect_str(&Base64Display::new(self, &STANDARD))
        } else {
            to.serialize_bytes(self)
        }
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        if from.is_human_readable() {
            from.deserialize_str(BytesOrBase64)
        } else {
            from.deserialize_byte_buf(BytesOrBase64)
        }
    }
}

traits_of_value!(Blob);

/// serde buffers values of flattened structures and untagged enums, and calls them readable by
/// humans in all formats, so bytes are accepted in any case.
struct BytesOrBase64;

impl Visitor<'_> for BytesOrBase64 {
    type Value = Blob;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string in base64, or bytes in a binary format")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Blob, E> {
        let bytes = STANDARD.decode(text);
        bytes
            .map(Blob::from)
            .map_err(|_| E::custom(TextError::new("base64 text")))
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Blob, E> {
        Ok(Blob::from(bytes))
    }

    fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Blob, E> {
        Ok(Blob::from(bytes))
    }
}
