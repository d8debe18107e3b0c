//! Timestamps, as strings.

use crate::serde::value::{Value, traits_of_value};
use crate::types::timestamp::instant::Timestamp;
use serde_core::de::{self, Deserializer, Visitor};
use serde_core::ser::{Error, Serializer};
use std::fmt;

impl Value for Timestamp {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.is_in_formats() {
            to.collect_str(self)
        } else {
            Err(S::Error::custom(
                "the year of the timestamp is not between 1 and 9999, as RFC 3339 requires",
            ))
        }
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(DateTime)
    }
}

traits_of_value!(Timestamp);

struct DateTime;

impl Visitor<'_> for DateTime {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a timestamp such as `2019-12-16T23:48:18.5Z`")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Timestamp, E> {
        Timestamp::parse_date_time(text).map_err(E::custom)
    }
}
