//! Points in time.

use std::fmt;
use std::time::{Duration, SystemTime};

pub(super) const NANOS_PER_SECOND: u32 = 1_000_000_000;

/// A point in time: seconds since 1970-01-01T00:00:00Z, leap seconds not counted, and nanoseconds
/// after that second.
///
/// `Display` uses the date-time format with all digits. The default is 1970-01-01, which client
/// error correction requires.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp {
    // Comparison depends on the order of the fields.
    pub(super) seconds: i64,
    pub(super) nanos: u32,
}

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self {
        seconds: 0,
        nanos: 0,
    };

    /// The time `seconds` seconds and `nanos` nanoseconds after 1970-01-01T00:00:00Z. Nanoseconds
    /// above 999,999,999 are carried over to the seconds.
    pub const fn new(seconds: i64, nanos: u32) -> Self {
        let seconds = seconds.saturating_add((nanos / NANOS_PER_SECOND) as i64);
        Self {
            seconds,
            nanos: nanos % NANOS_PER_SECOND,
        }
    }

    /// The time `seconds` seconds after 1970-01-01T00:00:00Z; before it if negative.
    pub const fn from_epoch_seconds(seconds: i64) -> Self {
        Self { seconds, nanos: 0 }
    }

    /// Whole seconds since 1970, rounded towards the past.
    pub const fn seconds(&self) -> i64 {
        self.seconds
    }

    /// Nanoseconds after [`Timestamp::seconds`]; less than 1,000,000,000.
    pub const fn nanos(&self) -> u32 {
        self.nanos
    }

    /// The time of the system's clock.
    #[cfg(feature = "client")]
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// The time after this one by the duration; `None` if it does not fit.
    pub fn checked_add(self, duration: Duration) -> Option<Self> {
        let carry = self.nanos + duration.subsec_nanos();
        let seconds = self.seconds.checked_add_unsigned(duration.as_secs())?;
        Some(Self {
            seconds: seconds.checked_add((carry / NANOS_PER_SECOND).into())?,
            nanos: carry % NANOS_PER_SECOND,
        })
    }

    /// The time before this one by the duration; `None` if it does not fit.
    pub fn checked_sub(self, duration: Duration) -> Option<Self> {
        let seconds = self.seconds.checked_sub_unsigned(duration.as_secs())?;
        Some(match self.nanos.checked_sub(duration.subsec_nanos()) {
            Some(nanos) => Self { seconds, nanos },
            None => Self {
                seconds: seconds.checked_sub(1)?,
                nanos: self.nanos + NANOS_PER_SECOND - duration.subsec_nanos(),
            },
        })
    }

    /// The duration since an earlier time; `None` if the other time is later.
    pub fn duration_since(self, earlier: Self) -> Option<Duration> {
        let seconds = i128::from(self.seconds) - i128::from(earlier.seconds);
        let nanos = i128::from(self.nanos) - i128::from(earlier.nanos);
        let total = seconds * i128::from(NANOS_PER_SECOND) + nanos;
        let total = u128::try_from(total).ok()?;
        let nanos = u32::try_from(total % u128::from(NANOS_PER_SECOND)).ok()?;
        let seconds = u64::try_from(total / u128::from(NANOS_PER_SECOND)).ok()?;
        Some(Duration::new(seconds, nanos))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Saturates if the time does not fit 64-bit seconds.
impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(since) => Self::new(
                i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
                since.subsec_nanos(),
            ),
            Err(before) => {
                let before = before.duration();
                let seconds = i64::try_from(before.as_secs()).map_or(i64::MIN, |seconds| -seconds);
                match before.subsec_nanos() {
                    0 => Self::from_epoch_seconds(seconds),
                    nanos => Self::new(seconds.saturating_sub(1), NANOS_PER_SECOND - nanos),
                }
            }
        }
    }
}

impl TryFrom<Timestamp> for SystemTime {
    type Error = OutOfSystemTime;

    fn try_from(timestamp: Timestamp) -> Result<Self, OutOfSystemTime> {
        let whole = Duration::from_secs(timestamp.seconds.unsigned_abs());
        let second = if timestamp.seconds < 0 {
            SystemTime::UNIX_EPOCH.checked_sub(whole)
        } else {
            SystemTime::UNIX_EPOCH.checked_add(whole)
        };
        second
            .and_then(|second| second.checked_add(Duration::from_nanos(timestamp.nanos.into())))
            .ok_or(OutOfSystemTime)
    }
}

/// The error for a [`Timestamp`] that does not fit [`SystemTime`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct OutOfSystemTime;

/// The same line as `Display`, which a program prints whose `main` returns the error.
impl fmt::Debug for OutOfSystemTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for OutOfSystemTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the timestamp does not fit the system's time type")
    }
}

impl std::error::Error for OutOfSystemTime {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_survive_a_conversion_to_system_time() {
        for timestamp in [
            Timestamp::EPOCH,
            Timestamp::new(1_576_540_098, 123_456_789),
            Timestamp::new(-1, 0),
            Timestamp::new(-1, 999_999_999),
            Timestamp::new(-1_000_000_000, 1),
        ] {
            assert_eq!(
                Timestamp::from(SystemTime::try_from(timestamp).unwrap()),
                timestamp
            );
        }
    }

    #[test]
    fn durations_are_added_and_subtracted() {
        let max = Timestamp::new(i64::MAX, 999_999_999);
        let min = Timestamp::new(i64::MIN, 0);
        for (earlier, duration, later) in [
            (
                Timestamp::new(-1, 600_000_000),
                Duration::from_millis(400),
                Timestamp::EPOCH,
            ),
            (
                Timestamp::new(1, 500_000_000),
                Duration::from_millis(700),
                Timestamp::new(2, 200_000_000),
            ),
            (
                Timestamp::EPOCH,
                Duration::new(i64::MAX as u64, 999_999_999),
                max,
            ),
            (min, Duration::new(u64::MAX, 999_999_999), max),
        ] {
            assert_eq!(earlier.checked_add(duration), Some(later));
            assert_eq!(later.checked_sub(duration), Some(earlier));
            assert_eq!(later.duration_since(earlier), Some(duration));
            assert_eq!(earlier.duration_since(later), None);
        }
        assert_eq!(max.checked_add(Duration::from_nanos(1)), None);
        assert_eq!(min.checked_sub(Duration::from_nanos(1)), None);
        assert_eq!(max.duration_since(max), Some(Duration::ZERO));
    }

    #[test]
    fn earlier_timestamps_are_less() {
        assert!(Timestamp::new(-1, 999_999_999) < Timestamp::EPOCH);
        assert!(Timestamp::EPOCH < Timestamp::new(0, 1));
        assert_eq!(
            Timestamp::new(0, 1_500_000_000),
            Timestamp::new(1, 500_000_000)
        );
    }
}
