//! Timestamps that models write: in defaults, examples and protocol tests.

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
    pub(crate) fn is_zero(self) -> bool {
        self == Self {
            seconds: 0,
            nanos: 0,
        }
    }
}

/// Seconds since 1970, without trailing zeros.
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

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn the_number_is_shown() {
        let shown = |seconds, nanos| Timestamp { seconds, nanos }.to_string();
        assert_eq!(shown(1, 0), "1");
        assert_eq!(shown(1, 50_000_000), "1.05");
        assert_eq!(shown(-2, 750_000_000), "-1.25");
        assert_eq!(shown(-1, 500_000_000), "-0.5");
    }
}
