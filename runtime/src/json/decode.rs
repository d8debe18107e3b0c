//! Deserialization of the types of models.

use crate::json::error::{Error, ErrorKind, Result};
use crate::json::reader::{Reader, Source};
use crate::types::blob::Blob;
use crate::types::document::Document;
use crate::types::number::{BigDecimal, BigInteger, Number};
use crate::types::text::error::TextError;
use crate::types::text::scalar::FromText;
use crate::types::timestamp::instant::Timestamp;
use crate::types::unit::Unit;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeMap;

/// A type that can be deserialized from JSON.
pub trait Decode: Sized {
    /// Whether [`Decode::decode_box`] has to be used. True for recursive structures of any size,
    /// which would otherwise be on the stack several times at each level.
    const BOXED: bool = false;

    /// Deserializes a value.
    ///
    /// # Errors
    /// The value does not match the type.
    fn decode(json: &mut Reader<'_>) -> Result<Self>;

    /// Deserializes a value into a box.
    ///
    /// # Errors
    /// The value does not match the type.
    fn decode_box(json: &mut Reader<'_>) -> Result<Box<Self>> {
        Self::decode(json).map(Box::new)
    }

    /// Deserializes a value, which is not null, into a slot.
    ///
    /// # Errors
    /// The value does not match the type.
    // A structure that contains others by value is on the stack at each level, once for each
    // variable that holds it. `?` would add variables.
    #[inline]
    fn decode_into(json: &mut Reader<'_>, slot: &mut Self) -> Result<()> {
        match Self::decode(json) {
            Ok(value) => *slot = value,
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

/// The item of a sparse list or map.
impl<T: Decode> Decode for Option<T> {
    #[inline]
    fn decode(json: &mut Reader<'_>) -> Result<Self> {
        json.nullable(T::decode)
    }

    #[inline]
    fn decode_into(json: &mut Reader<'_>, slot: &mut Self) -> Result<()> {
        match T::decode(json) {
            Ok(value) => *slot = Some(value),
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(json: &mut Reader<'_>) -> Result<Self> {
        T::decode_box(json)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(json: &mut Reader<'_>) -> Result<Self> {
        if T::BOXED {
            json.list_of_boxed()
        } else {
            json.list(T::decode)
        }
    }
}

impl<K: FromText + Ord, V: Decode> Decode for BTreeMap<K, V> {
    fn decode(json: &mut Reader<'_>) -> Result<Self> {
        if V::BOXED {
            json.map_of_boxed()
        } else {
            json.map(V::decode)
        }
    }
}

impl Decode for bool {
    fn decode(json: &mut Reader<'_>) -> Result<Self> {
        json.boolean()
    }
}

/// A string. In a response, a number is accepted as its text, as in botocore, since imitations of
/// services send some strings as numbers, such as the dates of Pinpoint.
impl Decode for String {
    #[inline]
    fn decode(json: &mut Reader<'_>) -> Result<Self> {
        match json.plain_string() {
            Some(text) => Ok(text.to_owned()),
            None => json.string_or_number(),
        }
    }
}

macro_rules! integers {
    ($($integer:ty, $what:literal;)*) => {$(
        impl Decode for $integer {
            fn decode(json: &mut Reader<'_>) -> Result<Self> {
                json.integer($what)
            }
        }
    )*};
}

integers! {
    i8, "an 8-bit integer";
    i16, "a 16-bit integer";
    i32, "a 32-bit integer";
    i64, "a 64-bit integer";
}

macro_rules! floats {
    ($($float:ty, $what:literal;)*) => {$(
        impl Decode for $float {
            fn decode(json: &mut Reader<'_>) -> Result<Self> {
                let text = json.float_text()?;
                match text.parse::<$float>() {
                    // A number that is too large is an error, not infinity.
                    Ok(value) if !value.is_infinite() || text.ends_with('y') => Ok(value),
                    _ => Err(Error::new(ErrorKind::OutOfRange($what), json.at - text.len())),
                }
            }
        }
    )*};
}

floats! {
    f32, "a float";
    f64, "a double";
}

impl Decode for Number {
    fn decode(json: &mut Reader<'_>) -> Result<Self> {
        json.number_text().map(Number::from_valid)
    }
}

impl Decode for BigDecimal {
    fn decode(json: &mut Reader<'_>) -> Result<Self> {
        Number::decode(json).map(Self::from)
    }
}

impl Decode for BigInteger {
    fn decode(json: &mut Reader<'_>) -> Result<Self> {
        let number = Number::decode(json)?;
        let length = number.as_str().len();
        Self::try_from(number)
            .map_err(|_| Error::new(ErrorKind::OutOfRange("an integer"), json.at - length))
    }
}

/// Base64 in a string (Smithy, *AWS restJson1 protocol*, JSON shape serialization).
impl Decode for Blob {
    fn decode(json: &mut Reader<'_>) -> Result<Self> {
        json.parsed("base64", |text| STANDARD.decode(text).map(Self::from))
    }
}

/// Seconds since 1970 as a number, the default format of restJson1.
impl Decode for Timestamp {
    fn decode(json: &mut Reader<'_>) -> Result<Self> {
        json.epoch_seconds()
    }
}

impl Decode for Document {
    fn decode(json: &mut Reader<'_>) -> Result<Self> {
        match json.peek() {
            Some(b'"') => String::decode(json).map(Self::String),
            Some(b'{') => BTreeMap::decode(json).map(Self::Object),
            Some(b'[') => Vec::decode(json).map(Self::Array),
            Some(b't' | b'f') => json.boolean().map(Self::Bool),
            Some(b'-' | b'0'..=b'9') => Number::decode(json).map(Self::Number),
            Some(b'n') => json.null().map(|_| Self::Null),
            _ => Err(json.expected("a value")),
        }
    }
}

/// Any object is accepted, except in an input: later versions of a model may add members.
impl Decode for Unit {
    fn decode(json: &mut Reader<'_>) -> Result<Self> {
        json.structure(|json, _| json.other())?;
        Ok(Self)
    }
}

/// The name of the default format of timestamps.
const SECONDS: &str = "number of seconds";

/// Timestamps are accepted in all of Smithy's formats, as in botocore, since services deviate from
/// their models. The format of the model takes precedence. A request must have the format of the
/// model.
impl Reader<'_> {
    /// Reads a timestamp with the default format of seconds since 1970, which can have a fraction.
    ///
    /// # Errors
    /// The value has none of the formats or is out of range.
    pub fn epoch_seconds(&mut self) -> Result<Timestamp> {
        self.timestamp(SECONDS, Timestamp::parse_epoch_seconds)
    }

    /// Reads a timestamp with the format of [`Timestamp::parse_date_time`].
    ///
    /// # Errors
    /// The value has none of the formats or is out of range.
    pub fn date_time(&mut self) -> Result<Timestamp> {
        let parse = match self.source {
            Source::Request => Timestamp::parse_strict_date_time,
            Source::Response | Source::Input => Timestamp::parse_date_time,
        };
        self.timestamp("date-time", parse)
    }

    /// Reads a timestamp with the format of [`Timestamp::parse_http_date`].
    ///
    /// # Errors
    /// The value has none of the formats or is out of range.
    pub fn http_date(&mut self) -> Result<Timestamp> {
        self.timestamp("http-date", Timestamp::parse_http_date)
    }

    fn timestamp(
        &mut self,
        format: &'static str,
        parse: fn(&str) -> std::result::Result<Timestamp, TextError>,
    ) -> Result<Timestamp> {
        if self.source == Source::Request {
            return if format == SECONDS {
                self.seconds()
            } else {
                self.parsed(format, parse)
            };
        }
        if self.is_string() {
            return self.parsed(format, |text| {
                parse(text).or_else(|_| Timestamp::parse(text))
            });
        }
        self.seconds()
    }

    fn seconds(&mut self) -> Result<Timestamp> {
        let number = self.number_text()?;
        Timestamp::parse_epoch_seconds(number)
            .map_err(|_| Error::new(ErrorKind::OutOfRange("a timestamp"), self.at - number.len()))
    }

    /// Reads a string and parses it.
    fn parsed<T, E>(
        &mut self,
        what: &'static str,
        parse: impl FnOnce(&str) -> std::result::Result<T, E>,
    ) -> Result<T> {
        self.peek();
        let start = self.at;
        let text = self.string()?;
        parse(&text).map_err(|_| Error::new(ErrorKind::InvalidText(what), start))
    }
}
