//! Floating-point numbers. Those that JSON does not have are strings (Smithy, *Protocols*, "JSON
//! data types").

use crate::serde::number;
use crate::serde::value::Value;
use crate::types::text::scalar::Text;
use serde_core::de::{Deserializer, Error, MapAccess, Unexpected, Visitor};
use serde_core::ser::Serializer;
use std::fmt;
use std::marker::PhantomData;

/// `f32` and `f64`.
trait Float: Sized {
    const EXPECTED: &'static str;
    const NAN: Self;
    const INFINITY: Self;
    const NEG_INFINITY: Self;

    /// The nearest value; `None` if the number is too large.
    fn of(number: f64) -> Option<Self>;
}

macro_rules! float {
    ($ty:ident, $write:ident, $read:ident, $expected:literal) => {
        impl Float for $ty {
            const EXPECTED: &'static str = $expected;
            const NAN: Self = $ty::NAN;
            const INFINITY: Self = $ty::INFINITY;
            const NEG_INFINITY: Self = $ty::NEG_INFINITY;

            fn of(number: f64) -> Option<Self> {
                let value = number as $ty;
                (value.is_finite() || !number.is_finite()).then_some(value)
            }
        }

        impl Value for $ty {
            fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                if self.is_finite() || !to.is_human_readable() {
                    to.$write(*self)
                } else {
                    to.serialize_str(&self.text())
                }
            }

            fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                if from.is_human_readable() {
                    from.deserialize_any(NumberOrText(PhantomData))
                } else {
                    from.$read(NumberOrText(PhantomData))
                }
            }
        }
    };
}

float!(
    f32,
    serialize_f32,
    deserialize_f32,
    "a number of 32 bits, `NaN`, `Infinity` or `-Infinity`"
);
float!(
    f64,
    serialize_f64,
    deserialize_f64,
    "a number, `NaN`, `Infinity` or `-Infinity`"
);

struct NumberOrText<T>(PhantomData<T>);

impl<'de, T: Float> Visitor<'de> for NumberOrText<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        T::of(number).ok_or_else(|| E::invalid_value(Unexpected::Float(number), &self))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        self.visit_f64(number as f64)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        self.visit_f64(number as f64)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        match text {
            "NaN" => Ok(T::NAN),
            "Infinity" => Ok(T::INFINITY),
            "-Infinity" => Ok(T::NEG_INFINITY),
            _ => Err(E::invalid_value(Unexpected::Other("another string"), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, from: A) -> Result<T, A::Error> {
        let text = number::text(from, T::EXPECTED)?;
        match text.parse() {
            Ok(number) => self.visit_f64(number),
            Err(_) => Err(A::Error::invalid_value(
                Unexpected::Other("another number"),
                &self,
            )),
        }
    }
}
