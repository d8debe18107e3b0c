//! Values of "Constraint traits".

use super::fields::optional;
use crate::syntax::node::Node;
use crate::traits::reader::TraitValue;

/// The bounds of a length: characters of a string, bytes of a blob, items of a list, entries of a
/// map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// The least length.
    pub min: Option<i64>,
    /// The greatest length.
    pub max: Option<i64>,
}

/// The bounds of a number, as they are written: they may have any precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range<'a> {
    /// The least value.
    pub min: Option<&'a str>,
    /// The greatest value.
    pub max: Option<&'a str>,
}

impl TraitValue for Length {
    type Read<'a> = Length;

    fn read(node: &Node) -> Option<Length> {
        Some(Length {
            min: optional(node, "min", Node::as_i64)?,
            max: optional(node, "max", Node::as_i64)?,
        })
    }
}

impl TraitValue for Range<'_> {
    type Read<'a> = Range<'a>;

    fn read(node: &Node) -> Option<Range<'_>> {
        Some(Range {
            min: optional(node, "min", number)?,
            max: optional(node, "max", number)?,
        })
    }
}

/// A number, or the string of one.
fn number(node: &Node) -> Option<&str> {
    let text = node.as_str().filter(|text| text.parse::<f64>().is_ok());
    node.as_number().or(text)
}
