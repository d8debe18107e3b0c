//! Timestamps in models: of defaults, examples and protocol tests.

use smithy_model::{Node, Value};
use std::fmt;

/// A point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Timestamp {
    /// Seconds since 1970.
    pub(crate) seconds: i64,
    /// Nanoseconds after them.
    pub(crate) nanos: u32,
}

impl Timestamp {
    /// Reads seconds since 1970, an RFC 3339 date and time, or an HTTP date, each with or without a
    /// fraction.
    ///
    /// Smithy's table of trait node values has the first two (Smithy specification, "The Smithy
    /// model", "Trait node values"); `timestampFormat` asks for the third.
    pub(crate) fn of(node: &Node) -> Option<Self> {
        match &node.value {
            Value::Number(number) => from_number(number),
            Value::String(text) => from_date_time(text).or_else(|| from_http_date(text)),
            _ => None,
        }
    }

    pub(crate) fn is_zero(self) -> bool {
        self == Self {
            seconds: 0,
            nanos: 0,
        }
    }
}

/// Seconds since 1970, with as many decimals as it takes.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nanos = i128::from(self.seconds) * 1_000_000_000 + i128::from(self.nanos);
        let sign = if nanos < 0 { "-" } else { "" };
        let (whole, fraction) = (nanos.abs() / 1_000_000_000, nanos.abs() % 1_000_000_000);
        match fraction {
            0 => write!(f, "{sign}{whole}"),
            fraction => write!(
                f,
                "{sign}{whole}.{}",
                format!("{fraction:09}").trim_end_matches('0')
            ),
        }
    }
}

/// A number that has at most nine decimals.
fn from_number(number: &str) -> Option<Timestamp> {
    let (number, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (negative, number) = number
        .strip_prefix('-')
        .map_or((false, number), |rest| (true, rest));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    let decimals = i32::try_from(fraction.len())
        .ok()?
        .checked_sub(exponent.parse().ok()?)?;
    let places = 9_i32.checked_sub(decimals)?;
    let power = 10_i128.checked_pow(places.unsigned_abs())?;
    let nanos = match places {
        0.. => digits.checked_mul(power)?,
        _ if digits % power == 0 => digits / power,
        _ => return None,
    };
    let nanos = if negative { -nanos } else { nanos };
    let seconds = nanos.div_euclid(1_000_000_000).try_into().ok()?;
    Some(Timestamp {
        seconds,
        nanos: nanos.rem_euclid(1_000_000_000).try_into().ok()?,
    })
}

/// Such as `2020-01-01T00:00:00.5Z`, also with an offset.
fn from_date_time(text: &str) -> Option<Timestamp> {
    let (date, time) = text.split_once(['T', 't'])?;
    let mut date = date.splitn(3, '-');
    let day = day(
        number(date.next()?, 4)?,
        number(date.next()?, 2)?,
        number(date.next()?, 2)?,
    )?;
    let end = time.find(['Z', 'z', '+', '-'])?;
    let (time, zone) = time.split_at_checked(end)?;
    let offset = match zone.strip_prefix(['+', '-']) {
        None => (zone.len() == 1).then_some(0)?,
        Some(hours) => {
            let (hours, minutes) = hours.split_once(':')?;
            let minutes = number(hours, 2)? * 60 + number(minutes, 2)?;
            if zone.starts_with('-') {
                -minutes
            } else {
                minutes
            }
        }
    };
    let (seconds, nanos) = time_of_day(time)?;
    Some(Timestamp {
        seconds: day * 86_400 + seconds - offset * 60,
        nanos,
    })
}

/// Such as `Tue, 29 Apr 2014 18:30:38 GMT`.
fn from_http_date(text: &str) -> Option<Timestamp> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (_, text) = text.split_once(", ")?;
    let [date, month, year, time, "GMT"] = text.split(' ').collect::<Vec<_>>()[..] else {
        return None;
    };
    let month = (1..).zip(MONTHS).find(|(_, name)| *name == month)?.0;
    let day = day(number(year, 4)?, month, number(date, 2)?)?;
    let (seconds, nanos) = time_of_day(time)?;
    Some(Timestamp {
        seconds: day * 86_400 + seconds,
        nanos,
    })
}

/// Seconds and nanoseconds of `hh:mm:ss`, with or without a fraction. What is less than a
/// nanosecond is cut off.
fn time_of_day(text: &str) -> Option<(i64, u32)> {
    let (time, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = time.splitn(3, ':');
    let mut part = |most| number(parts.next()?, 2).filter(|value| *value <= most);
    let seconds = part(23)? * 3600 + part(59)? * 60 + part(59)?;
    let digits = number(fraction.get(..9).unwrap_or(fraction), fraction.len().min(9))?;
    let scale = 10_i64.pow(u32::try_from(9_usize.saturating_sub(fraction.len())).ok()?);
    fraction
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then_some((seconds, u32::try_from(digits * scale).ok()?))
}

/// Exactly so many digits.
fn number(text: &str, digits: usize) -> Option<i64> {
    (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

/// Days since 1970 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
/// `days_from_civil`).
fn day(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    (1..=length)
        .contains(&day)
        .then_some(era * 146_097 + day_of_era - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> Option<(i64, u32)> {
        let mut sources = smithy_model::Sources::new();
        let text = format!(
            r#"{{"smithy": "2.0", "shapes": {{"a#T": {{"type": "timestamp", "traits": {{"b#t": {json}}}}}}}}}"#
        );
        sources.add("a.json", text);
        let model = smithy_model::load(&sources).model;
        let found = Timestamp::of(model.shapes["a#T"].traits.get("b#t").unwrap())?;
        Some((found.seconds, found.nanos))
    }

    #[test]
    fn it_is_shown_as_a_number() {
        let shown = |seconds, nanos| Timestamp { seconds, nanos }.to_string();
        assert_eq!(shown(1, 0), "1");
        assert_eq!(shown(1, 50_000_000), "1.05");
        assert_eq!(shown(-2, 750_000_000), "-1.25");
        assert_eq!(shown(-1, 500_000_000), "-0.5");
    }

    #[test]
    fn numbers_keep_their_fraction() {
        let cases = [
            ("946845296", Some((946_845_296, 0))),
            ("946845296.123", Some((946_845_296, 123_000_000))),
            ("-1.25", Some((-2, 750_000_000))),
            ("-0.5", Some((-1, 500_000_000))),
            ("9.46845296123E8", Some((946_845_296, 123_000_000))),
            ("1e9", Some((1_000_000_000, 0))),
            ("1.50000000000", Some((1, 500_000_000))),
            ("1e-10", None),
            ("1e99", None),
            ("1e-2147483648", None),
        ];
        for (json, expected) in cases {
            assert_eq!(of(json), expected, "{json}");
        }
    }

    /// Expected values are those of `date -u -d TEXT +%s.%N`.
    #[test]
    fn texts_are_dates_and_times() {
        let cases = [
            ("1970-01-01T00:00:00Z", Some((0, 0))),
            ("2020-01-01T00:00:00.5Z", Some((1_577_836_800, 500_000_000))),
            (
                "2016-02-29T23:59:59.123456789Z",
                Some((1_456_790_399, 123_456_789)),
            ),
            (
                "2016-02-29T23:59:59.1234567899Z",
                Some((1_456_790_399, 123_456_789)),
            ),
            ("2015-10-21T07:28:00+02:30", Some((1_445_403_480, 0))),
            ("2015-10-21T07:28:00-08:00", Some((1_445_441_280, 0))),
            ("0001-01-01T00:00:00Z", Some((-62_135_596_800, 0))),
            ("Tue, 29 Apr 2014 18:30:38 GMT", Some((1_398_796_238, 0))),
            (
                "Tue, 29 Apr 2014 18:30:38.25 GMT",
                Some((1_398_796_238, 250_000_000)),
            ),
            ("2015-02-29T00:00:00Z", None),
            ("2015-13-01T00:00:00Z", None),
            ("2015-01-01T24:00:00Z", None),
            ("2015-01-01T00:00:00", None),
            ("2015-01-01T00:00:00.Z", None),
            ("2015-01-01T00:00:00Zulu", None),
            ("2015-1-1T00:00:00Z", None),
            ("2015-01-01", None),
            ("Tue, 31 Apr 2014 18:30:38 GMT", None),
            ("\u{661}970-01-01T00:00:00Z", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(of(&format!("\"{text}\"")), expected, "{text}");
        }
    }
}
