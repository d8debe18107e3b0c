//! Values of members, in collections or not.

use serde_core::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_core::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// A value of a member, an item of a list, or a key or value of a map.
///
/// The types of serde's data model have this trait because serde's own implementations do not fit
/// floating-point numbers, also those in collections. All other types are written as by `Serialize`.
pub trait Value: Sized {
    /// Whether null is a value of the type.
    const HAS_NULL: bool = false;

    /// Serializes the value.
    ///
    /// # Errors
    /// The serializer fails, or the value has no form.
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error>;

    /// Deserializes a value.
    ///
    /// # Errors
    /// The deserializer fails, or the value does not fit the type.
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error>;

    /// Deserializes a value into a box. A large value that can contain itself is not on the stack.
    ///
    /// # Errors
    /// As [`Value::read`].
    fn read_boxed<'de, D: Deserializer<'de>>(from: D) -> Result<Box<Self>, D::Error> {
        Self::read(from).map(Box::new)
    }

    /// Deserializes a member of a structure, which is not absent.
    ///
    /// # Errors
    /// As [`Value::read`].
    fn read_member<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::read(from)
    }

    /// Whether a member with this value is left out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A value that is serialized by [`Value::write`].
#[derive(Clone, Copy, Debug)]
pub struct Written<'v, T>(pub &'v T);

impl<T: Value> Serialize for Written<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.write(to)
    }
}

/// Deserializes a value by [`Value::read`].
struct Read<T>(PhantomData<T>);

impl<'de, T: Value> DeserializeSeed<'de> for Read<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<T, D::Error> {
        T::read(from)
    }
}

/// Types whose form is that of serde's own implementations.
macro_rules! plain {
    ($($ty:ty)*) => {$(
        impl Value for $ty {
            fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                self.serialize(to)
            }

            fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                Self::deserialize(from)
            }
        }
    )*};
}

plain!(bool i8 i16 i32 i64 String);

impl<T: Value> Value for Box<T> {
    const HAS_NULL: bool = T::HAS_NULL;

    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        T::write(self, to)
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::read_boxed(from)
    }
}

/// An optional member, or an element of a sparse collection.
impl<T: Value> Value for Option<T> {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            None => to.serialize_none(),
            Some(value) => to.serialize_some(&Written(value)),
        }
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_option(Optional(PhantomData))
    }

    /// In formats for humans, a member without a value is left out, so null is a value.
    fn read_member<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        if T::HAS_NULL && from.is_human_readable() {
            T::read(from).map(Some)
        } else {
            Self::read(from)
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

struct Optional<T>(PhantomData<T>);

impl<'de, T: Value> Visitor<'de> for Optional<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        T::read(from).map(Some)
    }
}

impl<T: Value> Value for Vec<T> {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut items = to.serialize_seq(Some(self.len()))?;
        for item in self {
            items.serialize_element(&Written(item))?;
        }
        items.end()
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_seq(List(PhantomData))
    }
}

struct List<T>(PhantomData<T>);

impl<'de, T: Value> Visitor<'de> for List<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Vec<T>, A::Error> {
        // The input states its length, which can be wrong. The vector grows with what is read.
        let mut items = Vec::new();
        while let Some(item) = from.next_element_seed(Read(PhantomData))? {
            items.push(item);
        }
        Ok(items)
    }
}

impl<K: Value + Ord, V: Value> Value for BTreeMap<K, V> {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut entries = to.serialize_map(Some(self.len()))?;
        for (key, value) in self {
            entries.serialize_entry(&Written(key), &Written(value))?;
        }
        entries.end()
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Map(PhantomData))
    }
}

struct Map<K, V>(PhantomData<(K, V)>);

impl<'de, K: Value + Ord, V: Value> Visitor<'de> for Map<K, V> {
    type Value = BTreeMap<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<BTreeMap<K, V>, A::Error> {
        let mut entries = BTreeMap::new();
        while let Some(key) = from.next_key_seed(Read(PhantomData))? {
            entries.insert(key, from.next_value_seed(Read(PhantomData))?);
        }
        Ok(entries)
    }
}

/// Implements serde's traits and [`Value`] for a type of the runtime that implements `Value` in
/// terms of a visitor, or the reverse.
macro_rules! traits_of_value {
    ($($ty:ty)*) => {$(
        impl serde_core::Serialize for $ty {
            fn serialize<S: serde_core::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                $crate::serde::value::Value::write(self, to)
            }
        }

        impl<'de> serde_core::Deserialize<'de> for $ty {
            fn deserialize<D: serde_core::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::serde::value::Value::read(from)
            }
        }
    )*};
}

pub(super) use traits_of_value;
