//! Documents, as the value that they are.

use crate::serde::number;
use crate::serde::value::{Value, traits_of_value};
use crate::types::document::Document;
use crate::types::number::Number;
use serde_core::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_core::ser::{Error, Serializer};
use std::collections::BTreeMap;
use std::fmt;

impl Value for Document {
    const HAS_NULL: bool = true;

    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => to.serialize_unit(),
            Self::Bool(value) => to.serialize_bool(*value),
            Self::Number(number) => write_number(number, to),
            Self::String(text) => to.serialize_str(text),
            Self::Array(items) => items.write(to),
            Self::Object(members) => members.write(to),
        }
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Any)
    }
}

traits_of_value!(Document);

/// Writes a number as an integer if its text is one that fits, else as the nearest double.
fn write_number<S: Serializer>(number: &Number, to: S) -> Result<S::Ok, S::Error> {
    let text = number.as_str();
    match (text.parse(), text.parse(), number.as_f64()) {
        // A double has a negative zero.
        (Ok(integer), ..) if text != "-0" => to.serialize_i64(integer),
        (_, Ok(integer), _) => to.serialize_u64(integer),
        (_, _, Some(double)) => to.serialize_f64(double),
        _ => Err(S::Error::custom(
            "a number of a document is too large for a double",
        )),
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value that JSON has")
    }

    fn visit_unit<E>(self) -> Result<Document, E> {
        Ok(Document::Null)
    }

    fn visit_none<E>(self) -> Result<Document, E> {
        Ok(Document::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Document, D::Error> {
        Document::read(from)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Document, E> {
        Ok(Document::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Document, E> {
        Ok(Document::from(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Document, E> {
        Ok(Document::Number(Number::from_valid(&number.to_string())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Document, E> {
        Ok(Document::from(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Document, E> {
        Ok(Document::from(text))
    }

    fn visit_string<E>(self, text: String) -> Result<Document, E> {
        Ok(Document::from(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Document, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = from.next_element()? {
            items.push(item);
        }
        Ok(Document::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Document, A::Error> {
        let mut members = BTreeMap::new();
        while let Some(key) = from.next_key::<String>()? {
            if members.is_empty() && key == number::KEY {
                let text: String = from.next_value()?;
                let number = text.parse().map_err(<A::Error as de::Error>::custom)?;
                return Ok(Document::Number(number));
            }
            members.insert(key, from.next_value()?);
        }
        Ok(Document::Object(members))
    }
}
