//! Conversions to the time types of the crates `chrono`, `time` and `jiff`, each behind the feature
//! of its name. Those to a `Timestamp` are lossless.

use std::fmt;

/// The error for a [`Timestamp`](crate::Timestamp) that does not fit the time type of another crate.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TimestampRangeError(&'static str);

impl fmt::Display for TimestampRangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the timestamp does not fit `{}`", self.0)
    }
}

/// The same line as `Display`, which a program prints whose `main` returns the error.
impl fmt::Debug for TimestampRangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for TimestampRangeError {}

#[cfg(any(feature = "time", feature = "jiff"))]
mod nanoseconds {
    use crate::types::timestamp::instant::{NANOS_PER_SECOND, Timestamp};

    const PER_SECOND: i128 = NANOS_PER_SECOND as i128;

    impl Timestamp {
        pub(super) fn total_nanos(self) -> i128 {
            i128::from(self.seconds()) * PER_SECOND + i128::from(self.nanos())
        }

        /// Saturates if the seconds do not fit 64 bits, which neither `time` nor `jiff` reach.
        pub(super) fn from_total_nanos(nanos: i128) -> Self {
            let seconds = i64::try_from(nanos.div_euclid(PER_SECOND)).unwrap_or(i64::MAX);
            let rest = u32::try_from(nanos.rem_euclid(PER_SECOND)).unwrap_or_default();
            Self::new(seconds, rest)
        }
    }
}

#[cfg(feature = "chrono")]
mod of_chrono {
    use super::TimestampRangeError;
    use crate::types::timestamp::instant::Timestamp;
    use chrono::{DateTime, TimeZone, Utc};

    impl TryFrom<Timestamp> for DateTime<Utc> {
        type Error = TimestampRangeError;

        fn try_from(timestamp: Timestamp) -> Result<Self, TimestampRangeError> {
            Self::from_timestamp(timestamp.seconds(), timestamp.nanos())
                .ok_or(TimestampRangeError("chrono::DateTime<Utc>"))
        }
    }

    /// A leap second counts as the next second.
    impl<Z: TimeZone> From<DateTime<Z>> for Timestamp {
        fn from(time: DateTime<Z>) -> Self {
            Self::new(time.timestamp(), time.timestamp_subsec_nanos())
        }
    }
}

#[cfg(feature = "time")]
mod of_time {
    use super::TimestampRangeError;
    use crate::types::timestamp::instant::Timestamp;
    use time::OffsetDateTime;

    /// The time in UTC.
    impl TryFrom<Timestamp> for OffsetDateTime {
        type Error = TimestampRangeError;

        fn try_from(timestamp: Timestamp) -> Result<Self, TimestampRangeError> {
            Self::from_unix_timestamp_nanos(timestamp.total_nanos())
                .map_err(|_| TimestampRangeError("time::OffsetDateTime"))
        }
    }

    impl From<OffsetDateTime> for Timestamp {
        fn from(time: OffsetDateTime) -> Self {
            Self::from_total_nanos(time.unix_timestamp_nanos())
        }
    }
}

#[cfg(feature = "jiff")]
mod of_jiff {
    use super::TimestampRangeError;
    use crate::types::timestamp::instant::Timestamp;

    impl TryFrom<Timestamp> for jiff::Timestamp {
        type Error = TimestampRangeError;

        fn try_from(timestamp: Timestamp) -> Result<Self, TimestampRangeError> {
            Self::from_nanosecond(timestamp.total_nanos())
                .map_err(|_| TimestampRangeError("jiff::Timestamp"))
        }
    }

    impl From<jiff::Timestamp> for Timestamp {
        fn from(time: jiff::Timestamp) -> Self {
            Self::from_total_nanos(time.as_nanosecond())
        }
    }
}

#[cfg(all(test, feature = "chrono", feature = "time", feature = "jiff"))]
mod tests {
    use crate::types::timestamp::instant::Timestamp;
    use chrono::{DateTime, NaiveDate, Utc};
    use time::OffsetDateTime;

    /// Times with their RFC 3339 text, around the borders where signs and carries matter.
    const TIMES: [(&str, i64, u32); 7] = [
        ("1970-01-01T00:00:00Z", 0, 0),
        ("1969-12-31T23:59:59.999999999Z", -1, 999_999_999),
        ("1969-12-31T23:59:58.000000001Z", -2, 1),
        ("2023-11-14T22:13:20.5Z", 1_700_000_000, 500_000_000),
        ("0001-01-01T00:00:00Z", -62_135_596_800, 0),
        (
            "9999-12-30T22:00:00.999999999Z",
            253_402_207_200,
            999_999_999,
        ),
        ("1677-09-21T00:12:43Z", -9_223_372_037, 0),
    ];

    #[test]
    fn times_are_the_same_in_all_crates() {
        for (text, seconds, nanos) in TIMES {
            let timestamp = Timestamp::new(seconds, nanos);
            let chrono: DateTime<Utc> = timestamp.try_into().unwrap();
            assert_eq!(chrono, text.parse::<DateTime<Utc>>().unwrap(), "{text}");
            assert_eq!(Timestamp::from(chrono), timestamp, "{text}");
            let time: OffsetDateTime = timestamp.try_into().unwrap();
            assert_eq!(
                (time.unix_timestamp(), time.nanosecond()),
                (chrono.timestamp(), nanos)
            );
            assert_eq!(Timestamp::from(time), timestamp, "{text}");
            let jiff: jiff::Timestamp = timestamp.try_into().unwrap();
            assert_eq!(jiff, text.parse::<jiff::Timestamp>().unwrap(), "{text}");
            assert_eq!(Timestamp::from(jiff), timestamp, "{text}");
            assert_eq!(text.parse::<Timestamp>(), Ok(timestamp));
        }
    }

    #[test]
    fn the_whole_range_of_each_crate_fits() {
        for time in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            assert_eq!(Timestamp::from(time).try_into(), Ok(time));
        }
        for time in [jiff::Timestamp::MIN, jiff::Timestamp::MAX] {
            assert_eq!(Timestamp::from(time).try_into(), Ok(time));
        }
        for date in [time::Date::MIN, time::Date::MAX] {
            let time = date.midnight().assume_utc();
            assert_eq!(Timestamp::from(time).try_into(), Ok(time));
        }
    }

    #[test]
    fn times_out_of_range_are_errors() {
        for timestamp in [
            Timestamp::new(i64::MAX, 999_999_999),
            Timestamp::new(i64::MIN, 0),
        ] {
            let chrono = DateTime::<Utc>::try_from(timestamp).unwrap_err();
            assert_eq!(
                chrono.to_string(),
                "the timestamp does not fit `chrono::DateTime<Utc>`"
            );
            OffsetDateTime::try_from(timestamp).unwrap_err();
            jiff::Timestamp::try_from(timestamp).unwrap_err();
        }
    }

    #[test]
    fn a_leap_second_counts_as_the_next_second() {
        let day = NaiveDate::from_ymd_opt(2016, 12, 31).unwrap();
        let leap = day.and_hms_nano_opt(23, 59, 59, 1_500_000_000).unwrap();
        assert_eq!(
            Timestamp::from(leap.and_utc()),
            Timestamp::new(1_483_228_800, 500_000_000)
        );
    }
}
