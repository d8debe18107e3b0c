//! Members that are bound to the query string of a request.

use crate::types::text::error::TextError;
use crate::types::text::scalar::FromText;
use crate::types::timestamp::instant::Timestamp;
use percent_encoding::percent_decode_str;
use std::collections::BTreeMap;

/// The decoded pairs of a query string. A plus sign is a space, as in HTML forms.
///
/// # Errors
/// A name or value is not UTF-8.
pub(super) fn pairs(query: &str) -> Result<Vec<(String, String)>, TextError> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((
                decode(&name.replace('+', " "))?,
                decode(&value.replace('+', " "))?,
            ))
        })
        .collect()
}

/// Decodes percent-encoded text.
///
/// # Errors
/// The decoded text is not UTF-8.
pub(super) fn decode(text: &str) -> Result<String, TextError> {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded
        .map(|text| text.into_owned())
        .map_err(|_| TextError::new("percent-encoded UTF-8 text"))
}

/// Parses a timestamp in the format date-time as Smithy defines it: in UTC, with `T` and `Z`.
///
/// # Errors
/// The text has another format, or the date or time does not exist.
pub fn date_time(text: &str) -> Result<Timestamp, TextError> {
    Timestamp::parse_strict_date_time(text)
}

/// A member that is read from the query parameters with its name: a scalar, a list of scalars, or an
/// `Option` of either.
pub trait FromValues: Sized {
    /// Parses the values of the parameters, at least one.
    ///
    /// # Errors
    /// A value does not match the type, or there are several values for a scalar.
    fn from_values(values: &[&str]) -> Result<Self, TextError>;
}

/// The only value of a parameter.
///
/// # Errors
/// There are several.
pub(super) fn single<'a>(values: &[&'a str]) -> Result<&'a str, TextError> {
    match values {
        [value] => Ok(value),
        _ => Err(TextError::new("single value")),
    }
}

impl<T: FromText> FromValues for T {
    fn from_values(values: &[&str]) -> Result<Self, TextError> {
        T::from_text(single(values)?)
    }
}

impl<T: FromText> FromValues for Vec<T> {
    fn from_values(values: &[&str]) -> Result<Self, TextError> {
        values.iter().map(|value| T::from_text(value)).collect()
    }
}

/// A sparse list.
impl<T: FromText> FromValues for Vec<Option<T>> {
    fn from_values(values: &[&str]) -> Result<Self, TextError> {
        let items = values.iter().map(|value| T::from_text(value));
        items.map(|item| item.map(Some)).collect()
    }
}

impl<T: FromValues> FromValues for Option<T> {
    fn from_values(values: &[&str]) -> Result<Self, TextError> {
        T::from_values(values).map(Some)
    }
}

/// A map that is bound by `httpQueryParams`, or an `Option` of such a map.
pub trait FromQueryMap: Sized {
    /// Creates the map from the decoded pairs of the query string.
    ///
    /// # Errors
    /// A name or value does not match its type.
    fn from_pairs(pairs: &[(String, String)]) -> Result<Self, TextError>;
}

impl<K: FromText + Ord, V: QueryMapValue> FromQueryMap for BTreeMap<K, V> {
    fn from_pairs(pairs: &[(String, String)]) -> Result<Self, TextError> {
        let mut values: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, value) in pairs {
            values.entry(name).or_default().push(value);
        }
        values
            .into_iter()
            .map(|(name, values)| Ok((K::from_text(name)?, V::from_all(&values)?)))
            .collect()
    }
}

impl<T: FromQueryMap> FromQueryMap for Option<T> {
    fn from_pairs(pairs: &[(String, String)]) -> Result<Self, TextError> {
        T::from_pairs(pairs).map(Some)
    }
}

/// A value of a map that is bound by `httpQueryParams`: a scalar or a list of scalars.
pub trait QueryMapValue: Sized {
    /// Parses the values of the parameters with the same name. A scalar has the first one.
    ///
    /// # Errors
    /// A value does not match the type.
    fn from_all(values: &[&str]) -> Result<Self, TextError>;
}

impl<T: FromText> QueryMapValue for T {
    fn from_all(values: &[&str]) -> Result<Self, TextError> {
        T::from_text(values.first().copied().unwrap_or_default())
    }
}

impl<T: FromText> QueryMapValue for Vec<T> {
    fn from_all(values: &[&str]) -> Result<Self, TextError> {
        Self::from_values(values)
    }
}
