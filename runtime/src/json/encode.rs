//! Serialization of the types of models.

use crate::json::writer::Writer;
use crate::types::blob::Blob;
use crate::types::document::Document;
use crate::types::number::{BigDecimal, BigInteger, Number};
use crate::types::text::scalar::Text;
use crate::types::timestamp::instant::Timestamp;
use crate::types::unit::Unit;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A type that can be serialized as JSON.
pub trait Encode {
    /// Writes the value.
    fn encode(&self, json: &mut Writer);

    /// Whether a member with this value is omitted. Only true for `None`.
    fn is_absent(&self) -> bool {
        false
    }
}

/// `None` is omitted as a member, and null as an item of a sparse list or map.
impl<T: Encode> Encode for Option<T> {
    fn encode(&self, json: &mut Writer) {
        match self {
            Some(value) => value.encode(json),
            None => json.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self, json: &mut Writer) {
        T::encode(self, json);
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, json: &mut Writer) {
        T::encode(self, json);
    }

    fn is_absent(&self) -> bool {
        T::is_absent(self)
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, json: &mut Writer) {
        json.list(self, |json, item| item.encode(json));
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, json: &mut Writer) {
        json.list(self, |json, item| item.encode(json));
    }
}

impl<K: Text, V: Encode> Encode for BTreeMap<K, V> {
    fn encode(&self, json: &mut Writer) {
        json.map(self, |json, value| value.encode(json));
    }
}

impl Encode for bool {
    fn encode(&self, json: &mut Writer) {
        json.raw(if *self { "true" } else { "false" });
    }
}

impl Encode for str {
    fn encode(&self, json: &mut Writer) {
        json.string(self);
    }
}

impl Encode for String {
    fn encode(&self, json: &mut Writer) {
        json.string(self);
    }
}

impl Encode for Cow<'_, str> {
    fn encode(&self, json: &mut Writer) {
        json.string(self);
    }
}

macro_rules! integers {
    ($($integer:ty)*) => {$(
        impl Encode for $integer {
            fn encode(&self, json: &mut Writer) {
                json.raw(itoa::Buffer::new().format(*self));
            }
        }
    )*};
}

integers!(i8 i16 i32 i64);

macro_rules! floats {
    ($($float:ty)*) => {$(
        /// A number, or a string if it is not finite (Smithy, *AWS restJson1 protocol*, Non-numeric
        /// float and double serialization).
        impl Encode for $float {
            fn encode(&self, json: &mut Writer) {
                if self.is_finite() { json.raw(&self.text()) } else { json.string(&self.text()) }
            }
        }
    )*};
}

floats!(f32 f64);

impl Encode for Number {
    fn encode(&self, json: &mut Writer) {
        json.raw(self.as_str());
    }
}

impl Encode for BigInteger {
    fn encode(&self, json: &mut Writer) {
        json.raw(self.as_str());
    }
}

impl Encode for BigDecimal {
    fn encode(&self, json: &mut Writer) {
        json.raw(self.as_str());
    }
}

/// Base64 in a string (Smithy, *AWS restJson1 protocol*, JSON shape serialization).
impl Encode for Blob {
    fn encode(&self, json: &mut Writer) {
        json.base64(self);
    }
}

/// Seconds since 1970 as a number, the default format of restJson1.
impl Encode for Timestamp {
    fn encode(&self, json: &mut Writer) {
        json.epoch_seconds(self);
    }
}

impl Encode for Document {
    fn encode(&self, json: &mut Writer) {
        match self {
            Self::Null => json.null(),
            Self::Bool(value) => value.encode(json),
            Self::Number(value) => value.encode(json),
            Self::String(value) => value.encode(json),
            Self::Array(value) => value.encode(json),
            Self::Object(value) => value.encode(json),
        }
    }
}

impl Encode for Unit {
    fn encode(&self, json: &mut Writer) {
        json.object(|_| {});
    }
}
