//! Builders of structures and operations, checked at compile time.
//!
//! The type of a builder has a state: a tuple with one element for each required member. The
//! element is [`Set`] after the setter was called. Before that it is an empty enum with the name of
//! the member, which does not implement [`IsSet`], so that the compiler's message names the missing
//! member. A tuple whose elements are all set implements [`Complete`]. See
//! [`builder!`](crate::builder).

mod optional;
mod state;

pub use optional::{
    IntoOptional, IntoOptionalList, IntoOptionalMap, IntoOptionalValue, Maybe, Plain, ValueOf,
};
pub use state::{Complete, IsSet, MemberState, More, Set, fmt_builder};
