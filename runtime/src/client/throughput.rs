//! The least throughput of a transfer: stalled stream protection of the AWS SDKs.

use std::time::{Duration, Instant};

/// How many bytes a second a transfer must make.
const LEAST: u64 = 1;
/// Whoever waits notices a stall within this time, unless it does other things meanwhile.
const NOTICED: Duration = Duration::from_secs(1);

/// Measures a transfer in one direction. Only the time in which the service is waited for counts.
pub(super) struct Throughput {
    /// Over how much time it is measured.
    window: Duration,
    /// The bytes of the window so far.
    bytes: u64,
    waited: Duration,
    /// Since when the service is waited for.
    since: Option<Instant>,
}

impl Throughput {
    pub(super) fn new(window: Duration) -> Self {
        Self {
            window,
            bytes: 0,
            waited: Duration::ZERO,
            since: None,
        }
    }

    /// The service is waited for.
    pub(super) fn wait(&mut self, now: Instant) {
        self.since.get_or_insert(now);
    }

    /// The service is waited for no longer.
    pub(super) fn stop(&mut self, now: Instant) {
        let Some(since) = self.since else { return };
        self.since = None;
        self.waited += now.saturating_duration_since(since);
        if self.waited > self.allowed().saturating_add(NOTICED) {
            (self.bytes, self.waited) = (0, Duration::ZERO);
        }
    }

    /// Bytes came, after they were waited for.
    pub(super) fn received(&mut self, bytes: usize) {
        self.bytes += bytes as u64;
        self.end_window();
    }

    /// Bytes go, and are waited for until the next ones do.
    pub(super) fn sent(&mut self, bytes: usize) {
        self.end_window();
        self.bytes += bytes as u64;
    }

    /// Starts a new window if this one had its bytes.
    fn end_window(&mut self) {
        if self.bytes >= LEAST * self.window.as_secs() {
            (self.bytes, self.waited) = (0, Duration::ZERO);
        }
    }

    /// How long the bytes so far may take.
    fn allowed(&self) -> Duration {
        Duration::from_secs(self.bytes / LEAST).max(self.window)
    }

    /// How long until the transfer has stalled.
    pub(super) fn left(&self, now: Instant) -> Duration {
        let waited = self
            .since
            .map_or(Duration::ZERO, |since| now.saturating_duration_since(since));
        self.allowed()
            .saturating_sub(self.waited)
            .saturating_sub(waited)
    }

    /// How long until it is worth looking again whether the transfer has stalled.
    pub(super) fn next_check(&self, now: Instant) -> Duration {
        if self.since.is_some() {
            self.left(now)
        } else {
            self.window
        }
    }

    /// Whether the service is waited for, and for too long.
    pub(super) fn has_stalled(&self, now: Instant) -> bool {
        self.since.is_some() && self.left(now).is_zero()
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }
}
