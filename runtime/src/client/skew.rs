//! The difference between the system's clock and the service's.

use crate::Timestamp;
use http::HeaderMap;
use http::header::DATE;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

/// Differences that a service puts up with, so that they are not what is wrong with a signature.
const TOLERATED: Duration = Duration::from_secs(4 * 60);

/// How far the service's clock is ahead of the system's, in milliseconds. A client learns it from responses that say
/// that a signature's time is off, and signs with the service's time from then on.
#[derive(Debug, Default)]
pub(super) struct Skew(AtomicI64);

impl Skew {
    /// The service's time.
    pub(super) fn apply(&self, now: SystemTime) -> SystemTime {
        let ahead = self.0.load(Ordering::Relaxed);
        let by = Duration::from_millis(ahead.unsigned_abs());
        let time = if ahead < 0 { now.checked_sub(by) } else { now.checked_add(by) };
        time.unwrap_or(now)
    }

    /// Learns from the response to a request that was refused with this code, and tells whether a new signature may
    /// do better. `now` is the system's time.
    pub(super) fn correct(&self, code: &str, headers: &HeaderMap, now: SystemTime) -> bool {
        let tolerated = match code {
            "RequestTimeTooSkewed" | "RequestExpired" | "RequestInTheFuture" => Duration::from_secs(1),
            // These may mean a wrong clock, a wrong secret and more.
            "InvalidSignatureException" | "SignatureDoesNotMatch" | "AuthFailure" => TOLERATED,
            _ => return false,
        };
        let Some(date) = date(headers) else { return false };
        let assumed = self.apply(now);
        let off = date.duration_since(assumed).unwrap_or_else(|behind| behind.duration());
        if off <= tolerated {
            return false;
        }
        let milliseconds = |by: Duration| i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        let ahead = match date.duration_since(now) {
            Ok(ahead) => milliseconds(ahead),
            Err(behind) => -milliseconds(behind.duration()),
        };
        self.0.store(ahead, Ordering::Relaxed);
        true
    }
}

fn date(headers: &HeaderMap) -> Option<SystemTime> {
    let date = Timestamp::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()?;
    SystemTime::try_from(date).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The time of RFC 9110's example of an IMF-fixdate, `Sun, 06 Nov 1994 08:49:37 GMT`.
    const DATE: u64 = 784_111_777;

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn headers() -> HeaderMap {
        [(http::header::DATE, "Sun, 06 Nov 1994 08:49:37 GMT".parse().unwrap())].into_iter().collect()
    }

    #[test]
    fn the_services_time_is_learnt_once() {
        for system in [DATE - 3600, DATE + 3600] {
            let skew = Skew::default();
            assert!(skew.correct("RequestTimeTooSkewed", &headers(), at(system)));
            assert_eq!(skew.apply(at(system)), at(DATE));
            assert!(!skew.correct("RequestTimeTooSkewed", &headers(), at(system)), "nothing new");
        }
    }

    #[test]
    fn a_refused_signature_may_have_other_reasons() {
        let correct = |code, system| Skew::default().correct(code, &headers(), at(system));
        assert!(!correct("InvalidSignatureException", DATE - 240));
        assert!(correct("InvalidSignatureException", DATE - 241));
        assert!(!correct("AccessDeniedException", DATE - 3600));
        assert!(!Skew::default().correct("RequestExpired", &HeaderMap::new(), at(DATE - 3600)));
    }
}
