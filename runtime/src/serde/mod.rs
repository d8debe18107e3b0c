//! `Serialize` and `Deserialize` of [serde](https://serde.rs) for the types of a service (feature
//! `serde`).
//!
//! The crate of a service has these implementations if it was generated with `serde = true`, behind
//! its feature `serde`. They are independent of the protocol: the names are those of members in the
//! model, wherever a member is bound in a request or response, and each type has one form.
//!
//! | Smithy | form |
//! |---|---|
//! | structure, error, input, output | a map of its members. A member that is `None` is left out |
//! | union | a map with the member that is set, which can be one that the model does not define |
//! | enum, integer enum | the value, which can be one that the model does not define |
//! | `smithy.api#Unit` as the member of a union | an empty map |
//! | list, map | a sequence, a map. `None` in a sparse one is null |
//! | float, double | a number, or one of the strings `NaN`, `Infinity` and `-Infinity` |
//! | `bigInteger`, `bigDecimal` | a string with the digits, so that none is lost |
//! | timestamp | a string in the format of RFC 3339 with up to nine digits of a second. Years are 0001 to 9999 |
//! | blob | a string in base64 |
//! | document | the value. Numbers are 64-bit integers or the nearest double |
//!
//! Formats that are not for humans, such as CBOR and MessagePack
//! ([`is_human_readable`](serde_core::Serializer::is_human_readable)), have three differences: a
//! blob is bytes, a float is always a number, and a structure has all of its members, so that
//! formats without names can read it; `None` is null there. A format that does not describe itself,
//! such as postcard, cannot read documents and unknown members of unions.
//!
//! While reading,
//!
//! - a missing or null optional member is `None`, and a missing member with a default has the default;
//! - a missing required member is an error that names the type and the member;
//! - unknown members are ignored;
//! - a member that occurs twice, and a union with several members, are errors;
//! - an empty map is read as a union without a member, which is also what it is written as. A client
//!   has such a value if a response lacks a required union;
//! - a big number can be an integer, too. A floating-point number is an error, since it may have
//!   lost digits.
//!
//! The depth of values is limited by the format: `serde_json` accepts 128 levels.
//!
//! The input or output of an operation with a stream as its body has no implementation, since the
//! stream would be lost.
//!
//! # Secrets
//!
//! Members with the trait `sensitive`, such as passwords and keys, are redacted by `Debug`, **but
//! serialized as they are**, because they could not be read back otherwise. Protect what you write.
//! An error of reading can contain a value whose type does not fit, as all errors of serde.

mod big_number;
mod blob;
mod document;
mod float;
mod number;
mod structure;
mod timestamp;
mod union;
mod unit;
mod value;

#[doc(hidden)]
pub use serde_core;
#[doc(hidden)]
pub use structure::{
    Members, Structure, read_boxed_structure, read_field, read_structure, write_structure,
};
#[doc(hidden)]
pub use union::{Union, read_union, read_unknown, write_union};
#[doc(hidden)]
pub use unit::Empty;
#[doc(hidden)]
pub use value::{Value, Written};
