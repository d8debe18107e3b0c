//! Parsing of timestamps (Smithy, *Serialization and protocol traits*, timestampFormat).

use crate::types::text::error::TextError;
use crate::types::text::header_list;
use crate::types::text::scalar::FromText;
use crate::types::timestamp::civil::{days_from_civil, days_in_month};
use crate::types::timestamp::format::{MONTHS, WEEKDAYS};
use crate::types::timestamp::instant::{NANOS_PER_SECOND, Timestamp};
use std::borrow::Cow;
use std::str::FromStr;

const DATE_TIME: &str = "date-time";
const HTTP_DATE: &str = "http-date";
const EPOCH_SECONDS: &str = "number of seconds";

impl Timestamp {
    /// Parses a timestamp in any of the three formats.
    ///
    /// # Errors
    /// The text has none of the formats, or the date or time does not exist.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let parsed = match text.bytes().next() {
            Some(byte) if byte.is_ascii_alphabetic() => http_date(text),
            _ => date_time(text).or_else(|| epoch_seconds(text)),
        };
        parsed.ok_or(TextError::new("timestamp"))
    }

    /// Parses an RFC 3339 timestamp, such as
    /// `2019-12-16T23:48:18.5Z` or `2019-12-16T23:48:18+01:00`, with years 0001 to 9999. Digits
    /// after the ninth of a fraction are ignored. A leap second counts as the next second. Without
    /// an offset the time is UTC. The colon or minutes of an offset can be missing, and a space can
    /// replace `T`, as in ISO 8601.
    ///
    /// # Errors
    /// The text has another format, or the date or time does not exist.
    pub fn parse_date_time(text: &str) -> Result<Self, TextError> {
        date_time(text).ok_or(TextError::new(DATE_TIME))
    }

    /// Like [`Timestamp::parse_date_time`], but only in the form that Smithy defines: in UTC, with `T`
    /// and `Z` (Smithy, *Serialization and protocol traits*, timestampFormat).
    pub(crate) fn parse_strict_date_time(text: &str) -> Result<Self, TextError> {
        let strict = text.as_bytes().get(10) == Some(&b'T') && text.ends_with('Z');
        let time = if strict { date_time(text) } else { None };
        time.ok_or(TextError::new(DATE_TIME))
    }

    /// Parses the IMF-fixdate format of RFC 9110 with an optional fraction, such as
    /// `Sun, 02 Jan 2000 20:34:56.000 GMT`, with years 0001 to 9999. The day of the week is not
    /// checked. Without a zone the time is UTC. The zone can also be `UTC` or an offset, as in RFC
    /// 5322.
    ///
    /// # Errors
    /// The text has another format, or the date or time does not exist.
    pub fn parse_http_date(text: &str) -> Result<Self, TextError> {
        http_date(text).ok_or(TextError::new(HTTP_DATE))
    }

    /// Parses a JSON number of seconds since 1970, such as `1576540098`, `-0.25` or `1.5e9`. The
    /// result is exact, except that digits beyond nanoseconds are ignored.
    ///
    /// # Errors
    /// The text is not a number, or the seconds do not fit 64 bits.
    pub fn parse_epoch_seconds(text: &str) -> Result<Self, TextError> {
        epoch_seconds(text).ok_or(TextError::new(EPOCH_SECONDS))
    }
}

/// Parses the format date-time of RFC 3339, with any offset, such as `2023-11-14T22:13:20.5+01:00`.
impl FromStr for Timestamp {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, TextError> {
        Self::parse_date_time(text)
    }
}

impl FromText for Timestamp {
    fn from_text(text: &str) -> Result<Self, TextError> {
        Self::parse(text)
    }

    /// An HTTP date contains a comma after the day of the week.
    fn items(list: &str) -> Result<Vec<Cow<'_, str>>, TextError> {
        let mut joined: Vec<Cow<'_, str>> = Vec::new();
        for item in header_list::items(list)? {
            match joined.last_mut() {
                Some(day) if day.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                    *day = Cow::Owned(format!("{day}, {item}"));
                }
                _ => joined.push(item),
            }
        }
        Ok(joined)
    }
}

/// Parses a text from its start. Each method returns `None` if the text does not continue as
/// expected.
struct Scanner<'a>(&'a [u8]);

impl Scanner<'_> {
    fn take(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn literal(&mut self, literal: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(literal.as_bytes())?;
        Some(())
    }

    /// A number with a fixed number of digits.
    fn digits(&mut self, count: u32) -> Option<u32> {
        (0..count).try_fold(0, |number, _| {
            Some(number * 10 + char::from(self.take()?).to_digit(10)?)
        })
    }

    /// The index of one of these words.
    fn word(&mut self, words: &[&str]) -> Option<usize> {
        let index = words
            .iter()
            .position(|word| self.0.starts_with(word.as_bytes()))?;
        self.literal(words.get(index)?)?;
        Some(index)
    }

    /// A time such as `20:34:56` with an optional fraction, as seconds of the day and nanoseconds.
    fn clock(&mut self) -> Option<(i64, u32)> {
        let hour = self.digits(2)?;
        self.literal(":")?;
        let minute = self.digits(2)?;
        self.literal(":")?;
        let second = self.digits(2)?;
        let nanos = if self.literal(".").is_some() {
            self.fraction()?
        } else {
            0
        };
        (hour < 24 && minute < 60 && second <= 60)
            .then_some((i64::from(hour * 3600 + minute * 60 + second), nanos))
    }

    /// One or more digits after a point, as nanoseconds.
    fn fraction(&mut self) -> Option<u32> {
        let length = self
            .0
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let (digits, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        let used = digits.iter().chain(std::iter::repeat(&b'0')).take(9);
        (length > 0).then(|| used.fold(0, |nanos, digit| nanos * 10 + u32::from(digit - b'0')))
    }

    /// The end of the text: nothing, `Z`, or an offset such as `+01:00`. Returns seconds.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.take() {
            None => return Some(0),
            Some(b'Z' | b'z') => return self.0.is_empty().then_some(0),
            Some(b'+') => 1,
            Some(b'-') => -1,
            Some(_) => return None,
        };
        let hours = self.digits(2)?;
        let minutes = match self.literal(":") {
            None if self.0.is_empty() => 0,
            _ => self.digits(2)?,
        };
        (hours < 24 && minutes < 60 && self.0.is_empty())
            .then_some(sign * i64::from(hours * 3600 + minutes * 60))
    }
}

fn seconds_of(year: u32, month: u32, day: u32) -> Option<i64> {
    let year = i64::from(year);
    let exists =
        year > 0 && (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
    exists.then(|| days_from_civil(year, month, day) * 86_400)
}

fn date_time(text: &str) -> Option<Timestamp> {
    let mut text = Scanner(text.as_bytes());
    let year = text.digits(4)?;
    text.literal("-")?;
    let month = text.digits(2)?;
    text.literal("-")?;
    let day = text.digits(2)?;
    if !matches!(text.take()?, b'T' | b't' | b' ') {
        return None;
    }
    let (clock, nanos) = text.clock()?;
    Some(Timestamp {
        seconds: seconds_of(year, month, day)? + clock - text.offset()?,
        nanos,
    })
}

fn http_date(text: &str) -> Option<Timestamp> {
    let mut text = Scanner(text.as_bytes());
    text.word(&WEEKDAYS)?;
    text.literal(", ")?;
    let day = text.digits(2)?;
    text.literal(" ")?;
    let month = text.word(&MONTHS)? as u32 + 1;
    text.literal(" ")?;
    let year = text.digits(4)?;
    text.literal(" ")?;
    let (clock, nanos) = text.clock()?;
    let offset = match text.literal(" ") {
        Some(()) if matches!(text.0, b"GMT" | b"UTC") => 0,
        // There has to be a zone after the space.
        Some(()) if text.0.is_empty() => return None,
        _ => text.offset()?,
    };
    Some(Timestamp {
        seconds: seconds_of(year, month, day)? + clock - offset,
        nanos,
    })
}

fn epoch_seconds(text: &str) -> Option<Timestamp> {
    if let Some((mantissa, exponent)) = text.split_once(['e', 'E']) {
        return epoch_seconds(&without_exponent(mantissa, exponent.parse().ok()?)?);
    }
    let (negative, digits) = text
        .strip_prefix('-')
        .map_or((false, text), |digits| (true, digits));
    let (whole, fraction) = digits
        .split_once('.')
        .map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut rest = Scanner(fraction.unwrap_or("0").as_bytes());
    let nanos = rest.fraction()?;
    let whole: i64 = whole.parse().ok()?;
    if !rest.0.is_empty() {
        return None;
    }
    match (negative, nanos) {
        (false, _) => Some(Timestamp {
            seconds: whole,
            nanos,
        }),
        (true, 0) => Some(Timestamp {
            seconds: -whole,
            nanos: 0,
        }),
        (true, _) => Some(Timestamp {
            seconds: -whole - 1,
            nanos: NANOS_PER_SECOND - nanos,
        }),
    }
}

/// Moves the point of a number with an exponent, such as `1.5E9`, which Java writes. No digit is
/// lost.
fn without_exponent(mantissa: &str, exponent: i32) -> Option<String> {
    // Larger exponents exceed 64-bit seconds and nanoseconds.
    if !(-40..=40).contains(&exponent) {
        return None;
    }
    let (sign, digits) = mantissa
        .strip_prefix('-')
        .map_or(("", mantissa), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let digits = format!("{}{whole}{fraction}{}", "0".repeat(40), "0".repeat(40));
    let point = 40 + i32::try_from(whole.len()).ok()? + exponent;
    let (whole, fraction) = digits.split_at_checked(usize::try_from(point).ok()?)?;
    // There has to be a digit before the point.
    Some(format!("{sign}0{whole}.{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_times_are_parsed() {
        for (text, seconds, nanos) in [
            ("2014-04-29T18:30:38Z", 1_398_796_238, 0),
            ("2019-12-16T22:48:18-01:00", 1_576_540_098, 0),
            ("2019-12-17T00:48:18+01:00", 1_576_540_098, 0),
            ("2000-01-02T20:34:56.123Z", 946_845_296, 123_000_000),
            ("2000-01-02t20:34:56.1234567899z", 946_845_296, 123_456_789),
            ("0001-01-01T00:00:00Z", -62_135_596_800, 0),
            (
                "9999-12-31T23:59:59.999999999Z",
                253_402_300_799,
                999_999_999,
            ),
            ("1990-12-31T23:59:60Z", 662_688_000, 0),
            ("2019-12-16T23:48:18", 1_576_540_098, 0),
            ("2019-12-16 23:48:18.5", 1_576_540_098, 500_000_000),
            ("2019-12-17T00:48:18+0100", 1_576_540_098, 0),
            ("2019-12-16T22:48:18-01", 1_576_540_098, 0),
        ] {
            assert_eq!(
                Timestamp::parse_date_time(text),
                Ok(Timestamp::new(seconds, nanos)),
                "{text}"
            );
        }
    }

    #[test]
    fn invalid_date_times_are_errors() {
        for text in [
            "",
            "2000",
            "2000-01-02",
            "2000-01-02T20:34Z",
            "2000-13-02T20:34:56Z",
            "2000-00-02T20:34:56Z",
            "2000-01-00T20:34:56Z",
            "2000-01-32T20:34:56Z",
            "2001-02-29T20:34:56Z",
            "1900-02-29T20:34:56Z",
            "2000-01-02T24:34:56Z",
            "2000-01-02T20:60:56Z",
            "2000-01-02T20:34:61Z",
            "2000-01-02T20:34:56.Z",
            "2000-01-02T20:34:56Z ",
            "2000-01-02T20:34:56+1:00",
            "2000-01-02T20:34:56+24:00",
            "2000-01-02T20:34:56+",
            "2000-01-02T20:34:56+01:",
            "2000-01-02T20:34:56+010",
            "2000-01-02T20:34:56Zulu",
            "2000-01-02T20:34:56 Z",
            "2000-01-02T20:34:56+01:60",
            "0000-01-02T20:34:56Z",
            "+000-01-02T20:34:56Z",
            "２000-01-02T20:34:56Z",
            "1515531081.1234",
        ] {
            assert_eq!(
                Timestamp::parse_date_time(text),
                Err(TextError::new("date-time")),
                "{text}"
            );
        }
    }

    #[test]
    fn http_dates_are_parsed() {
        for (text, seconds, nanos) in [
            ("Tue, 29 Apr 2014 18:30:38 GMT", 1_398_796_238, 0),
            ("Sun, 02 Jan 2000 20:34:56.000 GMT", 946_845_296, 0),
            ("Sun, 02 Jan 2000 20:34:56.5 GMT", 946_845_296, 500_000_000),
            ("Sun, 02 Jan 2000 20:34:56 UTC", 946_845_296, 0),
            ("Sun, 02 Jan 2000 20:34:56", 946_845_296, 0),
            ("Sun, 02 Jan 2000 21:34:56 +0100", 946_845_296, 0),
        ] {
            assert_eq!(
                Timestamp::parse_http_date(text),
                Ok(Timestamp::new(seconds, nanos)),
                "{text}"
            );
        }
        for text in [
            "",
            "29 Apr 2014 18:30:38 GMT",
            "Tue, 29 Apr 2014 18:30:38 CET",
            "Tue, 31 Apr 2014 18:30:38 GMT",
            "Tue, 29 Apr 14 18:30:38 GMT",
            "Xue, 29 Apr 2014 18:30:38 GMT",
            "Tue, 29 apr 2014 18:30:38 GMT",
            "Tue, 29 Apr 2014 18:30:38 GMT ",
            "Tue,29 Apr 2014 18:30:38 GMT",
        ] {
            assert_eq!(
                Timestamp::parse_http_date(text),
                Err(TextError::new("http-date")),
                "{text}"
            );
        }
    }

    #[test]
    fn epoch_seconds_are_parsed_exactly() {
        for (text, seconds, nanos) in [
            ("0", 0, 0),
            ("1515531081.1234", 1_515_531_081, 123_400_000),
            ("1398796238.999999999", 1_398_796_238, 999_999_999),
            ("-0.25", -1, 750_000_000),
            ("-1.25", -2, 750_000_000),
            ("-2", -2, 0),
            ("1.5e9", 1_500_000_000, 0),
            // The format of Java's `Double.toString`.
            ("1.363729002358E9", 1_363_729_002, 358_000_000),
            ("-1.515531081123E9", -1_515_531_082, 877_000_000),
            ("25e-2", 0, 250_000_000),
            ("15E-1", 1, 500_000_000),
            ("9223372036854775807", i64::MAX, 0),
        ] {
            assert_eq!(
                Timestamp::parse_epoch_seconds(text),
                Ok(Timestamp::new(seconds, nanos)),
                "{text}"
            );
        }
        for text in [
            "",
            "-",
            "1.",
            ".5",
            "1.5s",
            "9223372036854775808",
            "1e19",
            "NaN",
            "+1",
            "1.-5",
            "1e",
            "0x1",
        ] {
            assert!(Timestamp::parse_epoch_seconds(text).is_err(), "{text}");
        }
    }

    #[test]
    fn formatted_timestamps_are_parsed_again() {
        let mut seconds = -62_135_596_800;
        while seconds <= 253_402_300_799 {
            for nanos in [0, 1_000_000, 120_000_000, 999_000_000] {
                let timestamp = Timestamp::new(seconds, nanos);
                let second = Timestamp::from_epoch_seconds(seconds);
                assert_eq!(
                    Timestamp::parse_date_time(&timestamp.date_time().to_string()),
                    Ok(timestamp)
                );
                assert_eq!(
                    Timestamp::parse_http_date(&timestamp.http_date().to_string()),
                    Ok(second)
                );
                assert_eq!(
                    Timestamp::parse_epoch_seconds(&timestamp.epoch_seconds().to_string()),
                    Ok(timestamp)
                );
            }
            seconds += 86_400 * 373 + 3_661;
        }
    }

    #[test]
    fn all_formats_are_parsed() {
        for text in [
            "Mon, 16 Dec 2019 23:48:18 GMT",
            "2019-12-16T23:48:18Z",
            "1576540098",
            "157654009800e-2",
        ] {
            assert_eq!(
                Timestamp::parse(text),
                Ok(Timestamp::from_epoch_seconds(1_576_540_098)),
                "{text}"
            );
        }
        assert_eq!(Timestamp::parse("1.5e-5"), Ok(Timestamp::new(0, 15_000)));
        for text in ["", "now", "-", "12-16-2019", "2019-12-16", "NaN"] {
            assert_eq!(
                Timestamp::parse(text),
                Err(TextError::new("timestamp")),
                "{text}"
            );
        }
    }
}
