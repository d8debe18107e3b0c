//! Open enums: a value that the model does not define is kept, and serialized as it was received.

use std::fmt;

/// An enum value that the model does not define. It can only be created by converting a text to the
/// enum, so it never holds a defined value.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownValue(String);

impl UnknownValue {
    /// Only for [`open_string_enum!`](crate::open_string_enum), which checks that the text is not a
    /// defined value.
    #[doc(hidden)]
    pub const fn __new(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// The error for a text that is not a value of a string enum. It names the enum and lists the values
/// of the model, the first 20 of many. It does not contain the text, which may be a secret.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ParseEnumError {
    name: &'static str,
    values: &'static [&'static str],
}

impl ParseEnumError {
    /// Only for [`open_string_enum!`](crate::open_string_enum).
    #[doc(hidden)]
    pub const fn __new(name: &'static str, values: &'static [&'static str]) -> Self {
        Self { name, values }
    }

    /// The values that the model defines.
    pub fn values(&self) -> &'static [&'static str] {
        self.values
    }
}

impl fmt::Display for ParseEnumError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the text is not a value of `{}`", self.name)?;
        let mut before = ", whose values are ";
        for value in self.values.iter().take(MOST_LISTED) {
            write!(f, "{before}`{}`", value.escape_debug())?;
            before = ", ";
        }
        match self.values.len().saturating_sub(MOST_LISTED) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

/// The same line as `Display`, which a program prints whose `main` returns the error.
impl fmt::Debug for ParseEnumError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for ParseEnumError {}

/// The number of values that an error lists.
const MOST_LISTED: usize = 20;

/// A value of an integer enum that the model does not define. It can only be created by converting
/// a number to the enum, so it never holds a defined value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownNumber(i32);

impl UnknownNumber {
    /// Only for [`open_int_enum!`](crate::open_int_enum), which checks that the number is not a
    /// defined value.
    #[doc(hidden)]
    pub const fn __new(value: i32) -> Self {
        Self(value)
    }

    /// The number.
    pub const fn value(&self) -> i32 {
        self.0
    }
}

impl fmt::Debug for UnknownNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Implements an open string enum, without serialization. The macro of a document format, such as
/// [`string_enum!`](crate::string_enum) for JSON, adds that.
///
/// The enum has the variants in the list and
/// `Unknown(UnknownValue)`. The macro implements `as_str`, `VALUES`, a crate-visible `blank` for
/// client error correction, `From<&str>` and `From<String>`, which keep unknown values, `FromStr`, which
/// does not, `AsRef<str>`, `PartialEq<str>`, `Display`, [`Text`](crate::Text) and
/// [`FromText`](crate::FromText).
#[doc(hidden)]
#[macro_export]
macro_rules! open_string_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $name {
            /// The values that the model defines.
            pub const VALUES: &'static [Self] = &[$(Self::$variant),*];

            /// The value in requests and responses.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }

            /// The value that client error correction uses: an unknown value with an empty text.
            #[allow(dead_code, reason = "only a required member of this type needs it")]
            pub(crate) const fn blank() -> Self {
                Self::Unknown($crate::UnknownValue::__new(::std::string::String::new()))
            }

            fn __defined(value: &str) -> ::std::option::Option<Self> {
                match value {
                    $($value => ::std::option::Option::Some(Self::$variant),)*
                    _ => ::std::option::Option::None,
                }
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                Self::__defined(value)
                    .unwrap_or_else(|| Self::Unknown($crate::UnknownValue::__new(value.to_owned())))
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                Self::__defined(&value).unwrap_or_else(|| Self::Unknown($crate::UnknownValue::__new(value)))
            }
        }

        /// Parses a value of the model. `From<&str>` also keeps other values.
        impl ::std::str::FromStr for $name {
            type Err = $crate::ParseEnumError;

            fn from_str(value: &str) -> ::std::result::Result<Self, $crate::ParseEnumError> {
                Self::__defined(value)
                    .ok_or($crate::ParseEnumError::__new(stringify!($name), &[$($value),*]))
            }
        }

        impl ::std::cmp::PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl ::std::cmp::PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::text::Text for $name {
            const QUOTED: bool = true;

            fn text(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Borrowed(self.as_str())
            }
        }

        impl $crate::text::FromText for $name {
            fn from_text(text: &str) -> ::std::result::Result<Self, $crate::text::TextError> {
                ::std::result::Result::Ok(Self::from(text))
            }
        }
    };
}

/// Implements an open integer enum, without serialization. The macro of a document format, such as
/// [`int_enum!`](crate::int_enum) for JSON, adds that.
///
/// The enum has the variants in the list and
/// `Unknown(UnknownNumber)`. The macro implements `value`, `VALUES`, a crate-visible `blank` for
/// client error correction, `From<i32>`, `Display`,
/// [`Text`](crate::Text) and [`FromText`](crate::FromText).
#[doc(hidden)]
#[macro_export]
macro_rules! open_int_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $name {
            /// The values that the model defines.
            pub const VALUES: &'static [Self] = &[$(Self::$variant),*];

            /// The value in requests and responses.
            pub const fn value(&self) -> i32 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.value(),
                }
            }

            /// The value that client error correction uses: zero.
            #[allow(dead_code, reason = "only a required member of this type needs it")]
            pub(crate) fn blank() -> Self {
                Self::from(0)
            }
        }

        impl ::std::convert::From<i32> for $name {
            fn from(value: i32) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown($crate::UnknownNumber::__new(value)),
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.value(), f)
            }
        }

        impl $crate::text::Text for $name {
            fn text(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Owned(self.value().to_string())
            }
        }

        impl $crate::text::FromText for $name {
            fn from_text(text: &str) -> ::std::result::Result<Self, $crate::text::TextError> {
                <i32 as $crate::text::FromText>::from_text(text).map(Self::from)
            }
        }
    };
}
