//! Unions, as maps with one member.

use crate::serde::value::Value;
use crate::types::document::{Document, UnknownMember};
use serde_core::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_core::ser::{SerializeMap, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// A union, as [`serde!`](crate::serde!) describes it.
pub trait Union: Sized {
    /// The name of the Rust type.
    const NAME: &'static str;

    /// The member, if the model does not define it.
    fn unknown(&self) -> Option<&UnknownMember>;

    /// A member that the model does not define.
    fn of_unknown(member: UnknownMember) -> Self;

    /// Writes the member, if the model defines it.
    ///
    /// # Errors
    /// The serializer fails.
    fn write_member<S: SerializeMap>(&self, to: &mut S) -> Result<(), S::Error>;

    /// Reads the member of this name.
    ///
    /// # Errors
    /// The value does not fit the type of the member.
    fn read_member<'de, D: Deserializer<'de>>(name: String, from: D) -> Result<Self, D::Error>;
}

/// Serializes a union.
///
/// # Errors
/// The serializer fails.
pub fn write_union<T: Union, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    let unknown = value.unknown();
    // The value of client error correction has no member.
    let is_blank = unknown.is_some_and(|member| *member == UnknownMember::default());
    let mut map = to.serialize_map(Some(usize::from(!is_blank)))?;
    match unknown {
        None => value.write_member(&mut map)?,
        Some(_) if is_blank => {}
        Some(member) => map.serialize_entry(&member.name, &member.value)?,
    }
    map.end()
}

/// Deserializes a union.
///
/// # Errors
/// The deserializer fails, or the value does not fit the type.
pub fn read_union<'de, T: Union, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_map(Reader(PhantomData))
}

/// Reads a member that the model does not define.
///
/// # Errors
/// The deserializer fails, or the format does not describe values.
pub fn read_unknown<'de, T: Union, D: Deserializer<'de>>(
    name: String,
    from: D,
) -> Result<T, D::Error> {
    let value = Document::read(from)?;
    Ok(T::of_unknown(UnknownMember { name, value }))
}

struct Reader<T>(PhantomData<T>);

impl<'de, T: Union> Visitor<'de> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the union `{}`, a map with one member", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<T, A::Error> {
        let Some(name) = from.next_key()? else {
            return Ok(T::of_unknown(UnknownMember::default()));
        };
        let value = from.next_value_seed(MemberReader {
            name,
            union: PhantomData,
        })?;
        match from.next_key::<IgnoredAny>()? {
            None => Ok(value),
            Some(_) => Err(A::Error::custom(format_args!(
                "the union `{}` has several members",
                T::NAME
            ))),
        }
    }
}

/// Reads the value of a member.
struct MemberReader<T> {
    name: String,
    union: PhantomData<T>,
}

impl<'de, T: Union> DeserializeSeed<'de> for MemberReader<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<T, D::Error> {
        T::read_member(self.name, from)
    }
}
