//! The unit type.

/// Smithy's unit type (`smithy.api#Unit`): the type of a union member without a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unit;
