//! The type of a union member that is only a tag.

use crate::json::{Decode, Encode, Reader, Result, Writer};

/// Smithy's unit type (`smithy.api#Unit`): an object without members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unit;

impl Encode for Unit {
    fn encode(&self, json: &mut Writer) {
        json.object(|_| {});
    }
}

/// Any object will do, unless it is input: members may come with time.
impl Decode for Unit {
    fn decode(json: &mut Reader<'_>) -> Result<Self> {
        json.structure(|json, _| json.other())?;
        Ok(Self)
    }
}
