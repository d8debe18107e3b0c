//! The difference between the system's clock and the service's.

use crate::Timestamp;
use http::HeaderMap;
use http::header::DATE;
use std::ops::Range;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

/// Codes of errors that only a wrong time of the signature causes:
/// `DEFINITE_CLOCK_SKEW_ERROR_CODES` of the AWS SDK for Java 2, and the same in those for
/// JavaScript, .NET and C++.
const DEFINITE: [&str; 3] = [
    "RequestTimeTooSkewed",
    "RequestExpired",
    "RequestInTheFuture",
];
/// Codes of errors that a wrong time of the signature may cause, or a wrong secret:
/// `POSSIBLE_CLOCK_SKEW_ERROR_CODES` there. Of the list of the AWS SDK for Go 2 (`aws/retry`) the
/// code `AccessDeniedException` is left out: most services use it for a missing permission only.
const POSSIBLE: [&str; 3] = [
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "AuthFailure",
];
/// The difference that services accept, so that it is not what is wrong with a signature (the AWS
/// SDKs for Java and Go).
const TOLERATED: Duration = Duration::from_secs(4 * 60);
/// The resolution of a `Date` header.
const SECOND: Duration = Duration::from_secs(1);
/// The years 2000 to 9998, in seconds since 1970. A service's time outside them is not believed,
/// and no corrected time is. Every time in them, and every time that a presigned request expires
/// at, has a year of four digits.
const PLAUSIBLE: Range<i64> = 946_684_800..253_370_764_800;

/// How far the service's clock is ahead of the system's, in milliseconds.
///
/// A client learns it from a response that refuses a signature for its time, and signs with the
/// service's time from then on. Responses with success that show another time correct it. The
/// difference has no bounds, since a device may start in 1970, but the corrected time has.
#[derive(Debug, Default)]
pub(in crate::client) struct ClockSkew(AtomicI64);

impl ClockSkew {
    /// The service's time.
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

    /// Learns from the response that refused a signature with this code, and returns whether a new
    /// signature may succeed. `now` is the system's time, `signed_at` the time of the signature.
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
            // What was learnt is wrong, and the system's clock the only other one.
            None if is_definite => now,
            None => return false,
        };
        // Not from the time learnt last: another call may have learnt it while this one was under
        // way.
        if difference(time, signed_at) <= if is_definite { SECOND } else { TOLERATED } {
            return false;
        }
        self.set(time, now);
        true
    }

    /// Corrects what was learnt by the response to a signature that the service accepted.
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

    /// Whether a client that signs at its clock's time learns from a code, and what time it signs
    /// with then.
    fn learn(code: &str, headers: &HeaderMap, system: u64) -> Option<SystemTime> {
        let skew = ClockSkew::default();
        let learnt = skew.learn(code, headers, at(system), at(system));
        assert_eq!(learnt, skew.apply(at(system)) != at(system));
        learnt.then(|| skew.apply(at(system)))
    }

    #[test]
    fn only_codes_that_mean_the_time_are_learnt_from() {
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
    fn a_device_may_start_in_1970() {
        assert_eq!(learn("RequestTimeTooSkewed", &headers(), 0), Some(at(DATE)));
    }

    #[test]
    fn times_that_no_service_has_are_not_believed() {
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
    fn a_call_under_way_is_signed_again_with_what_another_one_learnt() {
        let skew = ClockSkew::default();
        let now = at(DATE - HOUR);
        assert!(skew.learn("RequestTimeTooSkewed", &headers(), now, now));
        assert!(skew.learn("RequestTimeTooSkewed", &headers(), now, now));
        assert!(
            !skew.learn("RequestTimeTooSkewed", &headers(), now, skew.apply(now)),
            "nothing new"
        );
    }

    #[test]
    fn what_was_learnt_is_corrected() {
        let believes_2035 = || {
            let skew = ClockSkew::default();
            let wrong = dated("Mon, 01 Jan 2035 00:00:00 GMT");
            assert!(skew.learn("RequestTimeTooSkewed", &wrong, at(DATE), at(DATE)));
            assert_eq!(skew.apply(at(DATE)), at(2_051_222_400));
            skew
        };
        // By the next response with success.
        let skew = believes_2035();
        skew.confirm(&HeaderMap::new(), at(DATE));
        assert_eq!(skew.apply(at(DATE)), at(2_051_222_400));
        skew.confirm(&headers(), at(DATE - HOUR));
        assert_eq!(skew.apply(at(DATE)), at(DATE + HOUR));
        // By the next one that refuses a signature, with a time or without.
        let skew = believes_2035();
        assert!(skew.learn(
            "RequestInTheFuture",
            &headers(),
            at(DATE),
            skew.apply(at(DATE))
        ));
        assert_eq!(skew.apply(at(DATE)), at(DATE));
        let skew = believes_2035();
        assert!(skew.learn(
            "RequestInTheFuture",
            &HeaderMap::new(),
            at(DATE),
            skew.apply(at(DATE))
        ));
        assert_eq!(skew.apply(at(DATE)), at(DATE));
    }

    #[test]
    fn responses_with_success_only_correct() {
        let skew = ClockSkew::default();
        skew.confirm(&headers(), at(DATE - HOUR));
        assert_eq!(skew.apply(at(DATE)), at(DATE));
        // A difference that services accept is left alone.
        let now = at(DATE - HOUR);
        assert!(skew.learn("RequestTimeTooSkewed", &headers(), now, now));
        skew.confirm(&dated("Fri, 02 Jan 2026 03:08:05 GMT"), now);
        assert_eq!(skew.apply(now), at(DATE));
    }

    /// Whatever a server sends and whatever the system's clock shows.
    #[test]
    fn no_response_makes_a_time_that_cannot_be_signed() {
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
