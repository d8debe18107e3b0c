//! The minimum throughput of a transfer, as in the stalled stream protection of the AWS SDKs.

use std::time::{Duration, Instant};

/// The minimum throughput in bytes per second.
const MINIMUM: u64 = 1;
/// The time within which a waiting caller detects a stall. If it takes longer, the caller was busy.
const DETECTION: Duration = Duration::from_secs(1);

/// Measures a transfer in one direction. Only the time in which the client waits for the service
/// counts.
pub(super) struct Throughput {
    /// The time over which the throughput is measured.
    window: Duration,
    /// The number of bytes in the current window.
    bytes: u64,
    /// The time that the client waited in the current window.
    waited: Duration,
    /// The time since which the client waits.
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

    /// The client starts to wait for the service.
    pub(super) fn wait(&mut self, now: Instant) {
        self.since.get_or_insert(now);
    }

    /// The client stops waiting for the service.
    pub(super) fn stop(&mut self, now: Instant) {
        let Some(since) = self.since else { return };
        self.since = None;
        self.waited += now.saturating_duration_since(since);
        if self.waited > self.allowed().saturating_add(DETECTION) {
            (self.bytes, self.waited) = (0, Duration::ZERO);
        }
    }

    /// Counts bytes of a response, for which the client waited.
    pub(super) fn received(&mut self, bytes: usize) {
        self.bytes += bytes as u64;
        self.end_window();
    }

    /// Counts bytes of a request, for which the client will wait.
    pub(super) fn sent(&mut self, bytes: usize) {
        self.end_window();
        self.bytes += bytes as u64;
    }

    /// Starts a new window if the current one has reached the minimum.
    fn end_window(&mut self) {
        if self.bytes >= MINIMUM * self.window.as_secs() {
            (self.bytes, self.waited) = (0, Duration::ZERO);
        }
    }

    /// The time allowed for the bytes of the current window.
    fn allowed(&self) -> Duration {
        Duration::from_secs(self.bytes / MINIMUM).max(self.window)
    }

    /// The time until the transfer counts as stalled.
    pub(super) fn left(&self, now: Instant) -> Duration {
        let waited = self
            .since
            .map_or(Duration::ZERO, |since| now.saturating_duration_since(since));
        self.allowed()
            .saturating_sub(self.waited)
            .saturating_sub(waited)
    }

    /// The time until the next check for a stall.
    pub(super) fn next_check(&self, now: Instant) -> Duration {
        if self.since.is_some() {
            self.left(now)
        } else {
            self.window
        }
    }

    /// Whether the client has waited too long.
    pub(super) fn has_stalled(&self, now: Instant) -> bool {
        self.since.is_some() && self.left(now).is_zero()
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }
}
