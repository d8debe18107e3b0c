//! Enums that stay open: a value that a model does not name is kept, and sent back as it came.

use std::fmt;

/// The text of an enum value that the model does not name. Only reading such a text makes one, so
/// that a named value never hides in it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownValue(String);

impl UnknownValue {
    /// For [`string_enum!`](crate::string_enum) alone, which sees to it that the text is not a
    /// named value.
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

/// The number of an integer enum's value that the model does not name. Only reading such a number
/// makes one, so that a named value never hides in it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownNumber(i32);

impl UnknownNumber {
    /// For [`int_enum!`](crate::int_enum) alone, which sees to it that the number is not a named
    /// value.
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

/// Implements an open string enum: `string_enum!(AuthType { ApiKey = "apiKey", Oauth2 = "oauth2"
/// });`
///
/// The enum has the variants named here and `Unknown(UnknownValue)`. It gets `as_str`, `VALUES`, a
/// crate-visible `blank` (what client error correction gives), `From<&str>`, `From<String>`,
/// `FromStr`, `AsRef<str>`, `Display`,
/// [`Text`](crate::Text), [`FromText`](crate::FromText), and [`json`](crate::json) in both directions.
#[macro_export]
macro_rules! string_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $name {
            /// The values that the model names.
            pub const VALUES: &'static [&'static str] = &[$($value),*];

            /// The value as the service writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }

            /// The value that client error correction gives: unknown, and empty.
            #[allow(dead_code, reason = "only a required member of this type needs it")]
            pub(crate) const fn blank() -> Self {
                Self::Unknown($crate::UnknownValue::__new(::std::string::String::new()))
            }

            fn __named(value: &str) -> ::std::option::Option<Self> {
                match value {
                    $($value => ::std::option::Option::Some(Self::$variant),)*
                    _ => ::std::option::Option::None,
                }
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                Self::__named(value)
                    .unwrap_or_else(|| Self::Unknown($crate::UnknownValue::__new(value.to_owned())))
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                Self::__named(&value).unwrap_or_else(|| Self::Unknown($crate::UnknownValue::__new(value)))
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(value: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok(Self::from(value))
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

        impl $crate::json::Encode for $name {
            fn encode(&self, json: &mut $crate::json::Writer) {
                json.string(self.as_str());
            }
        }

        impl $crate::json::Decode for $name {
            fn decode(json: &mut $crate::json::Reader<'_>) -> $crate::json::Result<Self> {
                json.string().map(|value| Self::from(&*value))
            }
        }
    };
}

/// Implements an open integer enum: `int_enum!(Level { Low = 1, High = 2 });`
///
/// The enum has the variants named here and `Unknown(UnknownNumber)`. It gets `value`, `VALUES`, a
/// crate-visible `blank` (what client error correction gives), `From<i32>`, `Display`,
/// [`Text`](crate::Text), [`FromText`](crate::FromText), and
/// [`json`](crate::json) in both directions.
#[macro_export]
macro_rules! int_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $name {
            /// The values that the model names.
            pub const VALUES: &'static [i32] = &[$($value),*];

            /// The value as the service writes it.
            pub const fn value(&self) -> i32 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.value(),
                }
            }

            /// The value that client error correction gives: zero.
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

        impl $crate::json::Encode for $name {
            fn encode(&self, json: &mut $crate::json::Writer) {
                $crate::json::Encode::encode(&self.value(), json);
            }
        }

        impl $crate::json::Decode for $name {
            fn decode(json: &mut $crate::json::Reader<'_>) -> $crate::json::Result<Self> {
                <i32 as $crate::json::Decode>::decode(json).map(Self::from)
            }
        }
    };
}
