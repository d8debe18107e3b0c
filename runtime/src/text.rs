//! The text of scalars in labels, query strings and headers (Smithy, *HTTP bindings*).

use crate::{BigDecimal, BigInteger, Timestamp, header_list};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::borrow::Cow;
use std::fmt;

/// A scalar that has a text outside of JSON.
pub trait Text {
    /// Whether the text may hold a comma that must not end it as an item of a header list.
    const QUOTED: bool = false;

    /// The text, not encoded for any place.
    fn text(&self) -> Cow<'_, str>;

    /// Whether a service can read the text: false for a timestamp that is not from year 1 to 9999.
    #[doc(hidden)]
    fn is_in_range(&self) -> bool {
        true
    }
}

/// A scalar that is read from its text.
pub trait FromText: Sized {
    /// Reads the whole text.
    ///
    /// # Errors
    /// When the text is not one of the type.
    fn from_text(text: &str) -> Result<Self, TextError>;

    /// Takes a header's list of such texts apart.
    ///
    /// # Errors
    /// When a quote is not closed.
    #[doc(hidden)]
    fn items(list: &str) -> Result<Vec<Cow<'_, str>>, TextError> {
        header_list::items(list)
    }
}

/// Why a text does not fit. The text itself is not repeated, since it may be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextError(&'static str);

impl TextError {
    /// The error that a text is not what is named here, such as `date-time`.
    pub fn new(expected: &'static str) -> Self {
        Self(expected)
    }

    /// What the text should have been.
    pub fn expected(&self) -> &'static str {
        self.0
    }
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the text is no {}", self.0)
    }
}

impl std::error::Error for TextError {}

/// No text, one, or several: what a member bound to the query string or a header may have.
pub trait Texts {
    /// Whether the items of a header list need quotes.
    const QUOTED: bool;

    /// The texts; `None` if the member has no value, which is not the same as an empty list.
    fn texts(&self) -> Option<impl Iterator<Item = Cow<'_, str>>>;

    /// Whether a service can read all the texts, as in [`Text`].
    #[doc(hidden)]
    fn are_in_range(&self) -> bool;
}

impl<T: Text> Texts for T {
    // A text of its own may be anything; only lists have separators.
    const QUOTED: bool = false;

    fn texts(&self) -> Option<impl Iterator<Item = Cow<'_, str>>> {
        Some(std::iter::once(self.text()))
    }

    fn are_in_range(&self) -> bool {
        self.is_in_range()
    }
}

impl<T: Texts> Texts for Option<T> {
    const QUOTED: bool = T::QUOTED;

    fn texts(&self) -> Option<impl Iterator<Item = Cow<'_, str>>> {
        self.as_ref().and_then(T::texts)
    }

    fn are_in_range(&self) -> bool {
        self.as_ref().is_none_or(T::are_in_range)
    }
}

impl<T: Text> Texts for Vec<T> {
    const QUOTED: bool = T::QUOTED;

    fn texts(&self) -> Option<impl Iterator<Item = Cow<'_, str>>> {
        Some(self.iter().map(T::text))
    }

    fn are_in_range(&self) -> bool {
        self.iter().all(T::is_in_range)
    }
}

/// The text of a member that has one to fall back on when it is absent or empty.
pub fn or<'a, T: Texts>(value: &'a T, fallback: &'static str) -> Cow<'a, str> {
    let text = value.texts().and_then(|mut texts| texts.next());
    text.filter(|text| !text.is_empty())
        .unwrap_or(Cow::Borrowed(fallback))
}

/// Nulls of a sparse list have no text.
impl<T: Text> Texts for Vec<Option<T>> {
    const QUOTED: bool = T::QUOTED;

    fn texts(&self) -> Option<impl Iterator<Item = Cow<'_, str>>> {
        Some(self.iter().flatten().map(T::text))
    }

    fn are_in_range(&self) -> bool {
        self.iter().flatten().all(T::is_in_range)
    }
}

impl<T: Text> Texts for &Vec<T> {
    const QUOTED: bool = T::QUOTED;

    fn texts(&self) -> Option<impl Iterator<Item = Cow<'_, str>>> {
        Some(self.iter().map(T::text))
    }

    fn are_in_range(&self) -> bool {
        self.iter().all(T::is_in_range)
    }
}

impl<T: Text + ?Sized> Text for &T {
    const QUOTED: bool = T::QUOTED;

    fn text(&self) -> Cow<'_, str> {
        T::text(self)
    }

    fn is_in_range(&self) -> bool {
        T::is_in_range(self)
    }
}

impl Text for str {
    const QUOTED: bool = true;

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Text for String {
    const QUOTED: bool = true;

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Text for Cow<'_, str> {
    const QUOTED: bool = true;

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl FromText for String {
    fn from_text(text: &str) -> Result<Self, TextError> {
        Ok(text.to_owned())
    }
}

impl Text for bool {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(if *self { "true" } else { "false" })
    }
}

impl FromText for bool {
    fn from_text(text: &str) -> Result<Self, TextError> {
        match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(TextError("boolean")),
        }
    }
}

macro_rules! integers {
    ($($integer:ty, $what:literal;)*) => {$(
        impl Text for $integer {
            fn text(&self) -> Cow<'_, str> {
                Cow::Owned(itoa::Buffer::new().format(*self).to_owned())
            }
        }

        impl FromText for $integer {
            fn from_text(text: &str) -> Result<Self, TextError> {
                crate::number::integer(text).map_err(|_| TextError($what))
            }
        }
    )*};
}

integers! {
    i8, "8-bit integer";
    i16, "16-bit integer";
    i32, "32-bit integer";
    i64, "64-bit integer";
}

macro_rules! floats {
    ($($float:ty)*) => {$(
        /// The shortest decimal text that reads back as the same number; `NaN`, `Infinity` and
        /// `-Infinity`.
        impl Text for $float {
            fn text(&self) -> Cow<'_, str> {
                if self.is_nan() {
                    Cow::Borrowed("NaN")
                } else if self.is_infinite() {
                    Cow::Borrowed(if *self > 0.0 { "Infinity" } else { "-Infinity" })
                } else {
                    // `Debug` is `Display` with an exponent where the digits would be many.
                    Cow::Owned(format!("{self:?}"))
                }
            }
        }

        impl FromText for $float {
            fn from_text(text: &str) -> Result<Self, TextError> {
                let special = matches!(text, "NaN" | "Infinity" | "-Infinity");
                let number = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'));
                match text.parse::<$float>() {
                    Ok(value) if special || number && value.is_finite() => Ok(value),
                    _ => Err(TextError("number")),
                }
            }
        }
    )*};
}

floats!(f32 f64);

macro_rules! big_numbers {
    ($($number:ty)*) => {$(
        impl Text for $number {
            fn text(&self) -> Cow<'_, str> {
                Cow::Borrowed(self.as_str())
            }
        }

        impl FromText for $number {
            fn from_text(text: &str) -> Result<Self, TextError> {
                text.parse()
            }
        }
    )*};
}

big_numbers!(BigInteger BigDecimal);

/// The date-time format, which labels and query strings have unless the model says otherwise.
/// Headers do not.
impl Text for Timestamp {
    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(self.date_time().to_string())
    }

    fn is_in_range(&self) -> bool {
        self.is_in_formats()
    }
}

impl FromText for Timestamp {
    fn from_text(text: &str) -> Result<Self, TextError> {
        Self::parse(text)
    }

    /// An HTTP date has a comma of its own, after the day of the week.
    fn items(list: &str) -> Result<Vec<Cow<'_, str>>, TextError> {
        let mut joined: Vec<Cow<'_, str>> = Vec::new();
        for item in header_list::items(list)? {
            match joined.last_mut() {
                Some(day) if day.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                    *day = Cow::Owned(format!("{day}, {item}"));
                }
                _ => joined.push(item),
            }
        }
        Ok(joined)
    }
}

/// A string with `@mediaType` that is bound to a header, where it goes as base64 (Smithy, *HTTP
/// bindings*, httpHeader serialization rules).
#[derive(Clone, Copy, Debug)]
pub struct MediaTypeHeader<'a>(&'a str);

impl<'a> MediaTypeHeader<'a> {
    /// The header form of this string.
    pub fn of<T: AsRef<str> + ?Sized>(text: &'a T) -> Self {
        Self(text.as_ref())
    }
}

impl Text for MediaTypeHeader<'_> {
    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(STANDARD.encode(self.0))
    }
}

/// Reads a string with `@mediaType` from a header: the reverse of [`MediaTypeHeader`].
///
/// # Errors
/// When the value is no base64, or what it encodes is no UTF-8.
pub fn parse_media_type_header(text: &str) -> Result<String, TextError> {
    let bytes = STANDARD
        .decode(text.trim())
        .map_err(|_| TextError("base64"))?;
    String::from_utf8(bytes).map_err(|_| TextError("base64 of UTF-8"))
}
