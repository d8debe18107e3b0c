//! Values without a model.

use crate::Number;
use std::collections::BTreeMap;

/// Any JSON value: Smithy's `document` type. Numbers keep their digits.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Document {
    /// No value; what client error correction gives for a required document.
    #[default]
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Document>),
    /// An object.
    Object(BTreeMap<String, Document>),
}

impl Document {
    /// Whether this is [`Document::Null`].
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The boolean, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self {
            Some(*value)
        } else {
            None
        }
    }

    /// The number, if this is one.
    pub fn as_number(&self) -> Option<&Number> {
        if let Self::Number(value) = self {
            Some(value)
        } else {
            None
        }
    }

    /// The integer, if this is one and fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number().and_then(Number::as_i64)
    }

    /// The nearest double, if this is a number.
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number().and_then(Number::as_f64)
    }

    /// The string, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(value) = self {
            Some(value)
        } else {
            None
        }
    }

    /// The items, if this is an array.
    pub fn as_array(&self) -> Option<&[Document]> {
        if let Self::Array(items) = self {
            Some(items)
        } else {
            None
        }
    }

    /// The members, if this is an object.
    pub fn as_object(&self) -> Option<&BTreeMap<String, Document>> {
        if let Self::Object(members) = self {
            Some(members)
        } else {
            None
        }
    }

    /// The member of that name, if this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Document> {
        self.as_object()?.get(name)
    }

    /// Reads JSON.
    ///
    /// # Errors
    /// When the text is not JSON.
    pub fn from_json(json: &str) -> crate::json::Result<Self> {
        crate::json::from_slice(json.as_bytes())
    }
}

/// Prints compact JSON.
impl std::fmt::Display for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from_utf8_lossy(&crate::json::to_vec(self)))
    }
}

impl From<bool> for Document {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i32> for Document {
    fn from(value: i32) -> Self {
        Self::from(i64::from(value))
    }
}

impl From<i64> for Document {
    fn from(value: i64) -> Self {
        Self::Number(value.into())
    }
}

/// A number; `NaN` and the infinities, which JSON does not have, become strings as everywhere in
/// restJson1.
impl From<f64> for Document {
    fn from(value: f64) -> Self {
        let text = crate::Text::text(&value);
        if value.is_finite() {
            Self::Number(Number::from_json(&text))
        } else {
            Self::String(text.into_owned())
        }
    }
}

impl From<Number> for Document {
    fn from(value: Number) -> Self {
        Self::Number(value)
    }
}

impl From<&str> for Document {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<String> for Document {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

impl From<Vec<Document>> for Document {
    fn from(items: Vec<Document>) -> Self {
        Self::Array(items)
    }
}

impl<T: Into<Document>> From<Option<T>> for Document {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<K: Into<String>, V: Into<Document>> FromIterator<(K, V)> for Document {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        Self::Object(
            members
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

impl From<BTreeMap<String, Document>> for Document {
    fn from(members: BTreeMap<String, Document>) -> Self {
        Self::Object(members)
    }
}

/// A member of a union that the model does not name: kept as it came, and written as it came. The
/// default, without a name, is what client error correction gives for a required union.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct UnknownMember {
    /// The member's name in JSON.
    pub name: String,
    /// Its value; not part of `Debug`, since nobody knows whether it is sensitive.
    pub value: Document,
}

impl std::fmt::Debug for UnknownMember {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UnknownMember")
            .field("name", &self.name)
            .field("value", &crate::Redacted)
            .finish()
    }
}
