//! The text form of a scalar in labels, query strings and headers (Smithy, *HTTP bindings*).

use crate::types::integer;
use crate::types::text::error::TextError;
use crate::types::text::header_list;
use std::borrow::Cow;

/// A scalar with a text form for labels, query strings and headers.
pub trait Text {
    /// Whether an item of this type in a header list may need quotes, since its text can contain a
    /// comma.
    const QUOTED: bool = false;

    /// The text, before any encoding.
    fn text(&self) -> Cow<'_, str>;

    /// Whether services can read the text. False for timestamps outside the years 1 to 9999.
    #[doc(hidden)]
    fn is_in_range(&self) -> bool {
        true
    }
}

/// A scalar that can be parsed from its text form.
pub trait FromText: Sized {
    /// Parses the whole text.
    ///
    /// # Errors
    /// The text is not a value of this type.
    fn from_text(text: &str) -> Result<Self, TextError>;

    /// Splits the value of a header into the items of a list.
    ///
    /// # Errors
    /// A quoted item is not closed.
    #[doc(hidden)]
    fn items(list: &str) -> Result<Vec<Cow<'_, str>>, TextError> {
        header_list::items(list)
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
            _ => Err(TextError::new("boolean")),
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
                integer::parse(text).map_err(|_| TextError::new($what))
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
        /// The shortest decimal text that parses to the same number, or `NaN`, `Infinity` and
        /// `-Infinity`.
        impl Text for $float {
            fn text(&self) -> Cow<'_, str> {
                if self.is_nan() {
                    Cow::Borrowed("NaN")
                } else if self.is_infinite() {
                    Cow::Borrowed(if *self > 0.0 { "Infinity" } else { "-Infinity" })
                } else {
                    // `Debug` differs from `Display` only by an exponent for very large and very
                    // small numbers.
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
                    _ => Err(TextError::new("number")),
                }
            }
        }
    )*};
}

floats!(f32 f64);
