//! Reading the three formats (Smithy, *Serialization and protocol traits*, timestampFormat).

use crate::types::text::error::TextError;
use crate::types::text::header_list;
use crate::types::text::scalar::FromText;
use crate::types::timestamp::civil::{days_from_civil, days_in_month};
use crate::types::timestamp::format::{MONTHS, WEEKDAYS};
use crate::types::timestamp::instant::{NANOS_PER_SECOND, Timestamp};
use std::borrow::Cow;

const DATE_TIME: &str = "date-time";
const HTTP_DATE: &str = "http-date";
const EPOCH_SECONDS: &str = "number of seconds";

impl Timestamp {
    /// Reads a timestamp in any of the three formats, as the functions below read them.
    ///
    /// # Errors
    /// When the text has none of the formats, or names a date or time that does not exist.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let parsed = match text.bytes().next() {
            Some(byte) if byte.is_ascii_alphabetic() => http_date(text),
            _ => date_time(text).or_else(|| epoch_seconds(text)),
        };
        parsed.ok_or(TextError::new("timestamp"))
    }

    /// Reads RFC 3339 text, such as `2019-12-16T23:48:18.5Z` or `2019-12-16T23:48:18+01:00`, years
    /// 0001 to 9999. Digits after the ninth of a fraction are dropped. A leap second counts as the
    /// second after it. Without an offset the time is UTC; an offset may lack its colon or minutes,
    /// and a space may stand for `T`, as in ISO 8601.
    ///
    /// # Errors
    /// When the text is of another form, or names a date or time that does not exist.
    pub fn parse_date_time(text: &str) -> Result<Self, TextError> {
        date_time(text).ok_or(TextError::new(DATE_TIME))
    }

    /// Reads the fixed form of RFC 9110 with an optional fraction, such as `Sun, 02 Jan 2000
    /// 20:34:56.000 GMT`, years 0001 to 9999. Whether the day of the week is right is not checked.
    /// Without a zone the time is UTC; the zone may be `UTC` or an offset as well, as in RFC 5322.
    ///
    /// # Errors
    /// When the text is of another form, or names a date or time that does not exist.
    pub fn parse_http_date(text: &str) -> Result<Self, TextError> {
        http_date(text).ok_or(TextError::new(HTTP_DATE))
    }

    /// Reads seconds since 1970 written as a JSON number, such as `1576540098`, `-0.25` or `1.5e9`.
    /// Exact; digits beyond nanoseconds are dropped. An exponent moves the point.
    ///
    /// # Errors
    /// When the text is no number, or beyond 64-bit seconds.
    pub fn parse_epoch_seconds(text: &str) -> Result<Self, TextError> {
        epoch_seconds(text).ok_or(TextError::new(EPOCH_SECONDS))
    }
}

impl FromText for Timestamp {
    fn from_text(text: &str) -> Result<Self, TextError> {
        Self::parse(text)
    }

    /// An HTTP date has a comma of its own, after the day of the week.
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

/// Takes a text apart from its front. Every method gives `None` when the text does not go on as it
/// asks.
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

    /// A number of exactly so many digits.
    fn digits(&mut self, count: u32) -> Option<u32> {
        (0..count).try_fold(0, |number, _| {
            Some(number * 10 + char::from(self.take()?).to_digit(10)?)
        })
    }

    /// One of these words, as its index.
    fn word(&mut self, words: &[&str]) -> Option<usize> {
        let index = words
            .iter()
            .position(|word| self.0.starts_with(word.as_bytes()))?;
        self.literal(words.get(index)?)?;
        Some(index)
    }

    /// `20:34:56`, with a fraction or not: seconds of the day and nanoseconds.
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

    /// The digits after a point, one at least, as nanoseconds.
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

    /// What ends the text: `Z`, an offset such as `+01:00` in seconds, or nothing.
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
        // A space has to be followed by something.
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

/// Java writes `1.5E9`: the point moves among the digits, so that none gets lost.
fn without_exponent(mantissa: &str, exponent: i32) -> Option<String> {
    // More places than 64-bit seconds and nanoseconds have mean nothing.
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
    // Leading zeros read as nothing, but there has to be a digit.
    Some(format!("{sign}0{whole}.{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_times_of_the_protocol_tests() {
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
    fn what_is_no_date_time() {
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
    fn http_dates() {
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
    fn epoch_seconds_are_exact() {
        for (text, seconds, nanos) in [
            ("0", 0, 0),
            ("1515531081.1234", 1_515_531_081, 123_400_000),
            ("1398796238.999999999", 1_398_796_238, 999_999_999),
            ("-0.25", -1, 750_000_000),
            ("-1.25", -2, 750_000_000),
            ("-2", -2, 0),
            ("1.5e9", 1_500_000_000, 0),
            // What Java's `Double.toString` makes of fractional seconds.
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
    fn what_is_written_reads_back() {
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
    fn any_format() {
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
