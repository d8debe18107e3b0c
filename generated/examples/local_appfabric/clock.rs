//! The clock of the service, which tests can advance.

use appfabric::rt::Timestamp;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// The system's clock, plus the time by which it was advanced.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    seconds: AtomicU64,
}

/// A hundred years: timestamps stay in the range of the date-time format.
const MAX_SECONDS: u64 = 100 * 366 * 24 * 60 * 60;

impl Clock {
    /// The time, in whole milliseconds as in responses of AWS services.
    pub(crate) fn now(&self) -> Timestamp {
        let offset = Duration::from_secs(self.seconds.load(Ordering::Relaxed));
        let now = Timestamp::from(SystemTime::now());
        let now = now.checked_add(offset).unwrap_or(now);
        Timestamp::new(now.seconds(), now.nanos() / 1_000_000 * 1_000_000)
    }

    /// Advances the clock; `None` if it would leave its range.
    pub(crate) fn advance(&self, seconds: u64) -> Option<Timestamp> {
        self.seconds
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |offset| {
                offset
                    .checked_add(seconds)
                    .filter(|offset| *offset <= MAX_SECONDS)
            })
            .ok()?;
        Some(self.now())
    }
}
