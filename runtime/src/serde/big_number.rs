//! Numbers of any size, as strings. serde has no type for them.

use crate::serde::number;
use crate::serde::value::{Value, traits_of_value};
use crate::types::number::{BigDecimal, BigInteger};
use serde_core::de::{Deserializer, Error, MapAccess, Visitor};
use serde_core::ser::Serializer;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

macro_rules! big_number {
    ($ty:ty) => {
        impl Value for $ty {
            fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }

            fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                if from.is_human_readable() {
                    from.deserialize_any(Digits(PhantomData))
                } else {
                    from.deserialize_str(Digits(PhantomData))
                }
            }
        }

        traits_of_value!($ty);
    };
}

big_number!(BigInteger);
big_number!(BigDecimal);

const EXPECTED: &str = "a string with the digits of the number, or an integer";

struct Digits<T>(PhantomData<T>);

impl<T: FromStr<Err: fmt::Display>> Digits<T> {
    fn parse<E: Error>(text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

impl<'de, T: FromStr<Err: fmt::Display>> Visitor<'de> for Digits<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Self::parse(text)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        Self::parse(&number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        Self::parse(&number.to_string())
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<T, E> {
        Self::parse(&number.to_string())
    }

    fn visit_u128<E: Error>(self, number: u128) -> Result<T, E> {
        Self::parse(&number.to_string())
    }

    fn visit_map<A: MapAccess<'de>>(self, from: A) -> Result<T, A::Error> {
        Self::parse(&number::text(from, EXPECTED)?)
    }
}
