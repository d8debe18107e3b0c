//! Formatting of timestamps (Smithy, *Serialization and protocol traits*, timestampFormat).

use crate::types::text::scalar::Text;
use crate::types::timestamp::civil::civil_from_days;
use crate::types::timestamp::instant::{NANOS_PER_SECOND, Timestamp};
use std::borrow::Cow;
use std::fmt::{self, Display, Formatter};
use std::ops::RangeInclusive;

pub(super) const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
pub(super) const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A timestamp that is displayed as `2019-12-16T23:48:18.5Z`, truncated to milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct DateTime(Timestamp);

/// A timestamp that is displayed as `Mon, 16 Dec 2019 23:48:18 GMT`, truncated to seconds.
#[derive(Clone, Copy, Debug)]
pub struct HttpDate(Timestamp);

/// A timestamp that is displayed as `1576540098` or `1576540098.5`, truncated to milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct EpochSeconds(Timestamp);

const NANOS_PER_MILLI: u32 = 1_000_000;
/// The first second of year 1, and the last one of year 9999.
const IN_FORMATS: RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

/// The formats of requests. They are truncated towards the past: to milliseconds, as in botocore,
/// and to seconds in an HTTP date, which has no fraction (RFC 9110, `IMF-fixdate`).
impl Timestamp {
    /// The format `2019-12-16T23:48:18Z`, the default in labels and query strings.
    pub fn date_time(&self) -> DateTime {
        DateTime(self.truncated(NANOS_PER_MILLI))
    }

    /// The format `Mon, 16 Dec 2019 23:48:18 GMT`, the default in headers.
    pub fn http_date(&self) -> HttpDate {
        HttpDate(self.truncated(NANOS_PER_SECOND))
    }

    /// The format `1576540098`, the default in JSON.
    pub fn epoch_seconds(&self) -> EpochSeconds {
        EpochSeconds(self.truncated(NANOS_PER_MILLI))
    }

    /// Whether the year is between 1 and 9999. `date-time` and `http-date` have four digits for the
    /// year, and botocore, whose times are limited to these years, applies the limit to seconds as
    /// well.
    pub(crate) fn is_in_formats(&self) -> bool {
        IN_FORMATS.contains(&self.seconds)
    }

    fn truncated(self, nanos: u32) -> Self {
        Self {
            nanos: self.nanos / nanos * nanos,
            ..self
        }
    }

    /// The days since 1970, and the time of the day.
    fn days_and_clock(self) -> (i64, Clock) {
        let second_of_day = self.seconds.rem_euclid(86_400);
        (
            self.seconds.div_euclid(86_400),
            Clock {
                second_of_day,
                nanos: self.nanos,
            },
        )
    }
}

/// A time of the day that is displayed as `23:48:18.5`.
struct Clock {
    second_of_day: i64,
    nanos: u32,
}

impl Display for Clock {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (hour, minute) = (self.second_of_day / 3600, self.second_of_day / 60 % 60);
        write!(f, "{hour:02}:{minute:02}:{:02}", self.second_of_day % 60)?;
        write_fraction(f, self.nanos)
    }
}

/// Writes a point and the significant digits of a fraction; nothing for zero.
fn write_fraction(f: &mut Formatter<'_>, nanos: u32) -> fmt::Result {
    if nanos == 0 {
        return Ok(());
    }
    let (mut digits, mut width) = (nanos, 9);
    while digits % 10 == 0 {
        digits /= 10;
        width -= 1;
    }
    write!(f, ".{digits:0width$}")
}

/// The date-time format with all digits.
impl Display for Timestamp {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(&DateTime(*self), f)
    }
}

impl Display for DateTime {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (days, clock) = self.0.days_and_clock();
        let (year, month, day) = civil_from_days(days);
        match year {
            0..=9999 => write!(f, "{year:04}")?,
            _ => write!(f, "{year:+05}")?,
        }
        write!(f, "-{month:02}-{day:02}T{clock}Z")
    }
}

impl Display for HttpDate {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (days, clock) = self.0.days_and_clock();
        let (year, month, day) = civil_from_days(days);
        let weekday = WEEKDAYS.get(days.rem_euclid(7) as usize).unwrap_or(&"");
        let month = MONTHS.get(month as usize - 1).unwrap_or(&"");
        write!(f, "{weekday}, {day:02} {month} {year:04} {clock} GMT")
    }
}

impl Display for EpochSeconds {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Timestamp { seconds, nanos } = self.0;
        if seconds >= 0 || nanos == 0 {
            write!(f, "{seconds}")?;
            return write_fraction(f, nanos);
        }
        // Half a second before 1970 is stored as -1 s and 500,000,000 ns, so the digits have to be
        // inverted.
        write!(f, "-{}", (seconds + 1).unsigned_abs())?;
        write_fraction(f, NANOS_PER_SECOND - nanos)
    }
}

/// The date-time format: the default in labels and query strings, but not in headers.
impl Text for Timestamp {
    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(self.date_time().to_string())
    }

    fn is_in_range(&self) -> bool {
        self.is_in_formats()
    }
}

macro_rules! texts {
    ($($format:ty)*) => {$(
        impl Text for $format {
            fn text(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }

            fn is_in_range(&self) -> bool {
                self.0.is_in_formats()
            }
        }
    )*};
}

// HTTP dates are not quoted in a header list, although they contain a comma: parsers join the two
// parts.
texts!(DateTime HttpDate EpochSeconds);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_those_of_the_protocol_tests() {
        let timestamp = Timestamp::from_epoch_seconds(1_576_540_098);
        assert_eq!(timestamp.to_string(), "2019-12-16T23:48:18Z");
        assert_eq!(
            timestamp.http_date().to_string(),
            "Mon, 16 Dec 2019 23:48:18 GMT"
        );
        assert_eq!(timestamp.epoch_seconds().to_string(), "1576540098");
        assert_eq!(
            Timestamp::from_epoch_seconds(1_398_796_238)
                .http_date()
                .to_string(),
            "Tue, 29 Apr 2014 18:30:38 GMT"
        );
    }

    #[test]
    fn a_fraction_has_significant_digits_only() {
        let timestamp = |nanos| Timestamp::new(946_845_296, nanos);
        assert_eq!(
            timestamp(123_000_000).date_time().to_string(),
            "2000-01-02T20:34:56.123Z"
        );
        assert_eq!(
            timestamp(999_999_999).http_date().to_string(),
            "Sun, 02 Jan 2000 20:34:56 GMT"
        );
        assert_eq!(
            timestamp(123_999_999).date_time().to_string(),
            "2000-01-02T20:34:56.123Z"
        );
        assert_eq!(
            timestamp(123_999_999).to_string(),
            "2000-01-02T20:34:56.123999999Z"
        );
        assert_eq!(timestamp(999_999).epoch_seconds().to_string(), "946845296");
        assert_eq!(
            timestamp(500_000_000).epoch_seconds().to_string(),
            "946845296.5"
        );
    }

    #[test]
    fn timestamps_before_1970_are_formatted() {
        let timestamp = Timestamp::new(-1, 750_000_000);
        assert_eq!(timestamp.epoch_seconds().to_string(), "-0.25");
        assert_eq!(timestamp.date_time().to_string(), "1969-12-31T23:59:59.75Z");
        assert_eq!(
            timestamp.http_date().to_string(),
            "Wed, 31 Dec 1969 23:59:59 GMT"
        );
        assert_eq!(
            Timestamp::new(-2, 750_000_000).epoch_seconds().to_string(),
            "-1.25"
        );
        assert_eq!(Timestamp::new(-2, 0).epoch_seconds().to_string(), "-2");
        // Truncated towards the past, as in botocore.
        assert_eq!(
            Timestamp::new(-1, 999_500_000).epoch_seconds().to_string(),
            "-0.001"
        );
    }

    #[test]
    fn years_1_to_9999_are_in_range() {
        let [first, last] = ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"]
            .map(|text| Timestamp::parse(text).unwrap());
        assert!(first.is_in_formats() && last.is_in_formats());
        assert!(!Timestamp::new(first.seconds() - 1, 999_999_999).is_in_formats());
        assert!(!Timestamp::from_epoch_seconds(last.seconds() + 1).is_in_formats());
    }

    #[test]
    fn extreme_timestamps_are_formatted() {
        for seconds in [i64::MIN, i64::MAX] {
            for nanos in [0, 999_999_999] {
                let timestamp = Timestamp::new(seconds, nanos);
                assert!(!timestamp.to_string().is_empty() && !timestamp.is_in_formats());
                assert!(!timestamp.date_time().to_string().is_empty());
                assert!(!timestamp.http_date().to_string().is_empty());
                assert!(!timestamp.epoch_seconds().to_string().is_empty());
            }
        }
    }
}
