//! Open enums in JSON documents.

/// Implements an open string enum of a service whose documents are JSON:
/// `string_enum!(AuthType { ApiKey = "apiKey", Oauth2 = "oauth2" });`
///
/// The enum has the variants in the list and
/// `Unknown(UnknownValue)`. The macro implements `as_str`, `VALUES`, a crate-visible `blank` for
/// client error correction, `From<&str>`, `From<String>`, `FromStr`, `AsRef<str>`,
/// `Display`, [`Text`](crate::Text), [`FromText`](crate::FromText), [`Encode`](crate::json::Encode)
/// and [`Decode`](crate::json::Decode).
#[macro_export]
macro_rules! string_enum {
    ($name:ident { $($variants:tt)* }) => {
        $crate::open_string_enum!($name { $($variants)* });

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

/// Implements an open integer enum of a service whose documents are JSON:
/// `int_enum!(Level { Low = 1, High = 2 });`
///
/// The enum has the variants in the list and
/// `Unknown(UnknownNumber)`. The macro implements `value`, `VALUES`, a crate-visible `blank` for
/// client error correction, `From<i32>`, `Display`,
/// [`Text`](crate::Text), [`FromText`](crate::FromText),
/// [`Encode`](crate::json::Encode) and [`Decode`](crate::json::Decode).
#[macro_export]
macro_rules! int_enum {
    ($name:ident { $($variants:tt)* }) => {
        $crate::open_int_enum!($name { $($variants)* });

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
