//! Structures, as maps of their members.

use crate::serde::value::{Value, Written};
use serde_core::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde_core::ser::{SerializeStruct, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// A structure, as [`serde!`](crate::serde!) describes it.
pub trait Structure: Sized {
    /// The name of the Rust type.
    const NAME: &'static str;
    /// The names of all members in the model.
    const MEMBERS: &'static [&'static str];
    /// The names of required members.
    const REQUIRED: &'static [&'static str];

    /// A value without members. A member with a default has the default.
    fn start() -> Self;

    /// The number of members that are not absent.
    fn count(&self) -> usize;

    /// Writes each member.
    ///
    /// # Errors
    /// The serializer fails.
    fn write_members<S: SerializeStruct>(&self, members: &mut Members<S>) -> Result<(), S::Error>;

    /// Reads the member of this name into its field.
    ///
    /// # Errors
    /// The value does not fit the type of the member.
    fn read_member<'de, D: Deserializer<'de>>(
        &mut self,
        name: &str,
        from: D,
    ) -> Result<(), D::Error>;
}

/// The members of a structure that is serialized.
#[derive(Debug)]
pub struct Members<S> {
    to: S,
    /// Whether members without a value are left out.
    skips: bool,
}

impl<S: SerializeStruct> Members<S> {
    /// Writes a member.
    ///
    /// # Errors
    /// The serializer fails.
    pub fn member<T: Value>(&mut self, name: &'static str, value: &T) -> Result<(), S::Error> {
        if self.skips && value.is_absent() {
            self.to.skip_field(name)
        } else {
            self.to.serialize_field(name, &Written(value))
        }
    }
}

/// Serializes a structure.
///
/// # Errors
/// The serializer fails.
pub fn write_structure<T: Structure, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    let skips = to.is_human_readable();
    let count = if skips {
        value.count()
    } else {
        T::MEMBERS.len()
    };
    let mut members = Members {
        to: to.serialize_struct(T::NAME, count)?,
        skips,
    };
    value.write_members(&mut members)?;
    members.to.end()
}

/// Deserializes a structure.
///
/// # Errors
/// The deserializer fails, or the members do not fit the type.
pub fn read_structure<'de, T: Structure, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let mut value = T::start();
    read_into(&mut value, from)?;
    Ok(value)
}

/// Deserializes a structure into a box.
///
/// # Errors
/// As [`read_structure`].
pub fn read_boxed_structure<'de, T: Structure, D: Deserializer<'de>>(
    from: D,
) -> Result<Box<T>, D::Error> {
    let mut value = Box::new(T::start());
    read_into(&mut *value, from)?;
    Ok(value)
}

fn read_into<'de, T: Structure, D: Deserializer<'de>>(
    value: &mut T,
    from: D,
) -> Result<(), D::Error> {
    let has_names = from.is_human_readable();
    let reader = Reader { value, has_names };
    from.deserialize_struct(T::NAME, T::MEMBERS, reader)
}

/// Deserializes a member into its field. A function of its own, so that the values of all members
/// of a structure do not have a place each on the stack.
///
/// # Errors
/// The value does not fit the type of the member.
pub fn read_field<'de, T: Value, D: Deserializer<'de>>(
    field: &mut T,
    from: D,
) -> Result<(), D::Error> {
    *field = T::read_member(from)?;
    Ok(())
}

/// Reads members into a structure.
struct Reader<'v, T> {
    value: &'v mut T,
    /// Whether the format has the names of members.
    has_names: bool,
}

impl<'de, T: Structure> Visitor<'de> for Reader<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the structure `{}`", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<(), A::Error> {
        let mut found = vec![false; T::MEMBERS.len()];
        while let Some(index) = from.next_key_seed(Name::<T>(PhantomData))? {
            let slot =
                index.and_then(|index| Some((*T::MEMBERS.get(index)?, found.get_mut(index)?)));
            match slot {
                None => drop(from.next_value::<IgnoredAny>()?),
                Some((name, true)) => return Err(twice::<T, _>(name)),
                Some((name, found)) => {
                    *found = true;
                    let value = &mut *self.value;
                    from.next_value_seed(MemberReader { value, name })?;
                }
            }
        }
        complete::<T, _>(&found)
    }

    /// The members in their order, in formats without names.
    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<(), A::Error> {
        if self.has_names {
            return Err(A::Error::invalid_type(Unexpected::Seq, &self));
        }
        let mut found = vec![false; T::MEMBERS.len()];
        for (name, found) in T::MEMBERS.iter().zip(&mut found) {
            let value = &mut *self.value;
            *found = from
                .next_element_seed(MemberReader { value, name })?
                .is_some();
        }
        complete::<T, _>(&found)
    }
}

fn twice<T: Structure, E: Error>(name: &str) -> E {
    E::custom(format_args!(
        "the member `{name}` of `{}` occurs twice",
        T::NAME
    ))
}

/// Checks that all required members were found.
fn complete<T: Structure, E: Error>(found: &[bool]) -> Result<(), E> {
    let mut missing = T::MEMBERS
        .iter()
        .zip(found)
        .filter(|(name, found)| !**found && T::REQUIRED.contains(name));
    match missing.next() {
        None => Ok(()),
        Some((name, _)) => Err(E::custom(format_args!(
            "the required member `{name}` of `{}` is missing",
            T::NAME
        ))),
    }
}

/// Reads the name of a member: its index, or `None` for an unknown member.
struct Name<T>(PhantomData<T>);

impl<'de, T: Structure> DeserializeSeed<'de> for Name<T> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl<T: Structure> Visitor<'_> for Name<T> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the name of a member of `{}`", T::NAME)
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(T::MEMBERS.iter().position(|name| *name == text))
    }

    fn visit_bytes<E>(self, text: &[u8]) -> Result<Self::Value, E> {
        Ok(T::MEMBERS.iter().position(|name| name.as_bytes() == text))
    }
}

/// Reads the value of a member into a structure.
struct MemberReader<'v, T> {
    value: &'v mut T,
    name: &'static str,
}

impl<'de, T: Structure> DeserializeSeed<'de> for MemberReader<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        self.value.read_member(self.name, from)
    }
}
