//! The difference between the clocks of the system and the service.

use crate::types::timestamp::instant::Timestamp;
use http::HeaderMap;
use http::header::DATE;
use std::ops::Range;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

/// Error codes that are only caused by a wrong time of the signature:
/// `DEFINITE_CLOCK_SKEW_ERROR_CODES` of the AWS SDK for Java 2, and the same codes in the
/// SDKs for JavaScript, .NET and C++.
const DEFINITE: [&str; 3] = [
    "RequestTimeTooSkewed",
    "RequestExpired",
    "RequestInTheFuture",
];
/// Error codes that may be caused by a wrong time of the signature or by a wrong secret:
/// `POSSIBLE_CLOCK_SKEW_ERROR_CODES` of the same SDK. The AWS SDK for Go 2 (`aws/retry`) also lists
/// `AccessDeniedException`, which most services only use for missing permissions.
const POSSIBLE: [&str; 3] = [
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "AuthFailure",
];
/// The difference that services accept, as in the AWS SDKs for Java and Go.
const TOLERATED: Duration = Duration::from_secs(4 * 60);
/// The resolution of a `Date` header.
const SECOND: Duration = Duration::from_secs(1);
/// The years 2000 to 9998, in seconds since 1970. Times of the service and corrected times outside
/// of this range are ignored. Times in the range, and the expiry of presigned requests, have a year
/// of four digits.
const PLAUSIBLE: Range<i64> = 946_684_800..253_370_764_800;

/// The number of milliseconds by which the clock of the service is ahead of the system's clock.
///
/// It is learned from a response that rejects a signature because of its time. Later requests are
/// signed with the time of the service. Successful responses with another time correct it. The
/// difference is not limited, since the clock of a device may start in 1970, but the corrected time
/// is.
#[derive(Debug, Default)]
pub(in crate::client) struct ClockSkew(AtomicI64);

impl ClockSkew {
    /// The time of the service.
    pub(in crate::client) fn apply(&self, now: SystemTime) -> SystemTime {
        let ahead = self.0.load(Ordering::Relaxed);
        let by = Duration::from_millis(ahead.unsigned_abs());
        let time = if ahead < 0 {
            now.checked_sub(by)
        } else {
            now.checked_add(by)
        };
        time.filter(|time| ahead != 0 && is_plausible(*time))
            .unwrap_or(now)
    }

    /// Learns the difference from a response that rejected a signature. Returns whether a new
    /// signature may succeed. `now` is the time of the system and `signed_at` the time of the
    /// signature.
    pub(in crate::client) fn learn(
        &self,
        code: &str,
        headers: &HeaderMap,
        now: SystemTime,
        signed_at: SystemTime,
    ) -> bool {
        let is_definite = DEFINITE.contains(&code);
        if !is_definite && !POSSIBLE.contains(&code) {
            return false;
        }
        let time = match date(headers) {
            Some(time) => time,
            // The learned difference is wrong. Fall back to the system's clock.
            None if is_definite => now,
            None => return false,
        };
        // Compare with the time of the signature, since a concurrent call may have learned the
        // difference.
        if difference(time, signed_at) <= if is_definite { SECOND } else { TOLERATED } {
            return false;
        }
        self.set(time, now);
        true
    }

    /// Corrects the learned difference by a response that accepted a signature.
    pub(in crate::client) fn confirm(&self, headers: &HeaderMap, now: SystemTime) {
        if self.0.load(Ordering::Relaxed) == 0 {
            return;
        }
        if let Some(time) =
            date(headers).filter(|time| difference(*time, self.apply(now)) > TOLERATED)
        {
            self.set(time, now);
        }
    }

    fn set(&self, time: SystemTime, now: SystemTime) {
        let milliseconds = |by: Duration| i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        let ahead = match time.duration_since(now) {
            Ok(ahead) => milliseconds(ahead),
            Err(behind) => -milliseconds(behind.duration()),
        };
        self.0.store(ahead, Ordering::Relaxed);
    }
}

/// The time of a response, if it is plausible.
fn date(headers: &HeaderMap) -> Option<SystemTime> {
    let date = Timestamp::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()?;
    SystemTime::try_from(date)
        .ok()
        .filter(|time| is_plausible(*time))
}

fn is_plausible(time: SystemTime) -> bool {
    PLAUSIBLE.contains(&Timestamp::from(time).seconds())
}

fn difference(one: SystemTime, other: SystemTime) -> Duration {
    one.duration_since(other)
        .unwrap_or_else(|behind| behind.duration())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-01-02T03:04:05Z.
    const DATE: u64 = 1_767_323_045;
    const HOUR: u64 = 60 * 60;

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn dated(date: &str) -> HeaderMap {
        [(http::header::DATE, date.parse().unwrap())]
            .into_iter()
            .collect()
    }

    fn headers() -> HeaderMap {
        dated("Fri, 02 Jan 2026 03:04:05 GMT")
    }

    /// The time of the next signature after an error, if the difference was learned from it.
    fn learn(code: &str, headers: &HeaderMap, system: u64) -> Option<SystemTime> {
        let skew = ClockSkew::default();
        let learned = skew.learn(code, headers, at(system), at(system));
        assert_eq!(learned, skew.apply(at(system)) != at(system));
        learned.then(|| skew.apply(at(system)))
    }

    #[test]
    fn the_difference_is_only_learned_from_time_errors() {
        for code in DEFINITE {
            assert_eq!(learn(code, &headers(), DATE - 2), Some(at(DATE)));
            assert_eq!(learn(code, &headers(), DATE - 1), None);
        }
        for code in POSSIBLE {
            assert_eq!(learn(code, &headers(), DATE + 241), Some(at(DATE)));
            assert_eq!(learn(code, &headers(), DATE + 240), None);
        }
        for code in [
            "",
            "AccessDeniedException",
            "ValidationException",
            "requesttimetooskewed",
        ] {
            assert_eq!(learn(code, &headers(), DATE - HOUR), None);
        }
        assert_eq!(
            learn("RequestExpired", &HeaderMap::new(), DATE - HOUR),
            None
        );
    }

    #[test]
    fn the_clock_of_a_device_may_start_in_1970() {
        assert_eq!(learn("RequestTimeTooSkewed", &headers(), 0), Some(at(DATE)));
    }

    #[test]
    fn implausible_times_are_ignored() {
        for date in [
            "Fri, 31 Dec 1999 23:59:59 GMT",
            "Fri, 01 Jan 9999 00:00:00 GMT",
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "Thu, 01 Jan 0001 00:00:00 GMT",
        ] {
            assert_eq!(
                learn("RequestTimeTooSkewed", &dated(date), DATE),
                None,
                "{date}"
            );
        }
        assert!(
            learn(
                "RequestTimeTooSkewed",
                &dated("Thu, 31 Dec 9998 23:59:59 GMT"),
                DATE
            )
            .is_some()
        );
    }

    #[test]
    fn a_concurrent_call_is_signed_again_with_the_learned_difference() {
        let skew = ClockSkew::default();
        let now = at(DATE - HOUR);
        assert!(skew.learn("RequestTimeTooSkewed", &headers(), now, now));
        assert!(skew.learn("RequestTimeTooSkewed", &headers(), now, now));
        assert!(
            !skew.learn("RequestTimeTooSkewed", &headers(), now, skew.apply(now)),
            "the signature had this time"
        );
    }

    #[test]
    fn a_wrong_difference_is_corrected() {
        let learned_2035 = || {
            let skew = ClockSkew::default();
            let wrong = dated("Mon, 01 Jan 2035 00:00:00 GMT");
            assert!(skew.learn("RequestTimeTooSkewed", &wrong, at(DATE), at(DATE)));
            assert_eq!(skew.apply(at(DATE)), at(2_051_222_400));
            skew
        };
        // By the next successful response.
        let skew = learned_2035();
        skew.confirm(&HeaderMap::new(), at(DATE));
        assert_eq!(skew.apply(at(DATE)), at(2_051_222_400));
        skew.confirm(&headers(), at(DATE - HOUR));
        assert_eq!(skew.apply(at(DATE)), at(DATE + HOUR));
        // By the next response that rejects a signature, with or without a date.
        let skew = learned_2035();
        assert!(skew.learn(
            "RequestInTheFuture",
            &headers(),
            at(DATE),
            skew.apply(at(DATE))
        ));
        assert_eq!(skew.apply(at(DATE)), at(DATE));
        let skew = learned_2035();
        assert!(skew.learn(
            "RequestInTheFuture",
            &HeaderMap::new(),
            at(DATE),
            skew.apply(at(DATE))
        ));
        assert_eq!(skew.apply(at(DATE)), at(DATE));
    }

    #[test]
    fn successful_responses_only_correct_a_difference() {
        let skew = ClockSkew::default();
        skew.confirm(&headers(), at(DATE - HOUR));
        assert_eq!(skew.apply(at(DATE)), at(DATE));
        // A difference that services accept is not corrected.
        let now = at(DATE - HOUR);
        assert!(skew.learn("RequestTimeTooSkewed", &headers(), now, now));
        skew.confirm(&dated("Fri, 02 Jan 2026 03:08:05 GMT"), now);
        assert_eq!(skew.apply(now), at(DATE));
    }

    /// For random dates of the service and times of the system.
    #[test]
    fn corrected_times_can_always_be_signed() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut random = move |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as usize % below
        };
        let system_times = [
            0,
            1,
            DATE,
            946_684_799,
            946_684_800,
            253_370_764_799,
            253_402_300_799,
            i64::MAX as u64,
        ];
        let times: Vec<SystemTime> = system_times
            .into_iter()
            .flat_map(|seconds| {
                let by = Duration::from_secs(seconds);
                [
                    SystemTime::UNIX_EPOCH.checked_add(by),
                    SystemTime::UNIX_EPOCH.checked_sub(by),
                ]
            })
            .flatten()
            .collect();
        let codes = [DEFINITE, POSSIBLE].concat();
        let skew = ClockSkew::default();
        for _ in 0..100_000 {
            let mut date = format!(
                "Fri, {:02} Jan {:04} 23:59:{:02} GMT",
                random(33),
                random(10_000),
                random(62)
            )
            .into_bytes();
            if random(2) == 0 {
                let (at, byte) = (random(date.len()), random(256) as u8);
                date.splice(at..=at, std::iter::repeat_n(byte, random(3)));
            }
            let date = http::HeaderValue::from_bytes(&date);
            let headers: HeaderMap = date
                .into_iter()
                .map(|date| (http::header::DATE, date))
                .collect();
            let now = times[random(times.len())];
            match random(3) {
                0 => skew.confirm(&headers, now),
                _ => drop(skew.learn(codes[random(codes.len())], &headers, now, skew.apply(now))),
            }
            let later = times[random(times.len())];
            let signed_at = skew.apply(later);
            assert!(
                signed_at == later || is_plausible(signed_at),
                "{signed_at:?} at {later:?}"
            );
        }
    }
}
