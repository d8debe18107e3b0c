//! Values of "Serialization and protocol traits".

use super::fields::strings;
use crate::syntax::node::Node;
use crate::traits::reader::TraitValue;

/// How a timestamp is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// RFC 3339, in UTC: `2026-11-26T05:07:00Z`.
    DateTime,
    /// Seconds since 1970, with an optional fraction.
    EpochSeconds,
    /// RFC 9110's IMF-fixdate: `Thu, 26 Nov 2026 05:07:00 GMT`.
    HttpDate,
}

impl TraitValue for TimestampFormat {
    type Read<'a> = TimestampFormat;

    fn read(node: &Node) -> Option<TimestampFormat> {
        match node.as_str()? {
            "date-time" => Some(TimestampFormat::DateTime),
            "epoch-seconds" => Some(TimestampFormat::EpochSeconds),
            "http-date" => Some(TimestampFormat::HttpDate),
            _ => None,
        }
    }
}

/// The definition of a protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtocolDefinition<'a> {
    /// The ids of the traits that implementations must support.
    pub traits: Vec<&'a str>,
}

impl TraitValue for ProtocolDefinition<'_> {
    type Read<'a> = ProtocolDefinition<'a>;

    fn read(node: &Node) -> Option<ProtocolDefinition<'_>> {
        let traits = strings(node, "traits")?;
        Some(ProtocolDefinition { traits })
    }
}
