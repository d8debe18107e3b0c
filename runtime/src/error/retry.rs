//! Whether a call that failed is worth another try.

use http::StatusCode;

/// Why another try may succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Retry {
    /// The fault is a passing one.
    Transient,
    /// The service asks to be called less often.
    Throttling,
}

/// What the AWS SDKs' standard retry mode makes of codes and statuses that no model marks, and status 429.
pub(super) fn classify(code: &str, status: StatusCode) -> Option<Retry> {
    match code {
        "BandwidthLimitExceeded"
        | "EC2ThrottledException"
        | "LimitExceededException"
        | "PriorRequestNotComplete"
        | "ProvisionedThroughputExceededException"
        | "RequestLimitExceeded"
        | "RequestThrottled"
        | "RequestThrottledException"
        | "SlowDown"
        | "ThrottledException"
        | "Throttling"
        | "ThrottlingException"
        | "TooManyRequestsException"
        | "TransactionInProgressException" => return Some(Retry::Throttling),
        "RequestTimeout" | "RequestTimeoutException" => return Some(Retry::Transient),
        _ => {}
    }
    match status.as_u16() {
        429 => Some(Retry::Throttling),
        500 | 502 | 503 | 504 => Some(Retry::Transient),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_before_statuses() {
        let classify = |code, status| classify(code, StatusCode::from_u16(status).unwrap());
        assert_eq!(classify("ThrottlingException", 400), Some(Retry::Throttling));
        assert_eq!(classify("SlowDown", 503), Some(Retry::Throttling));
        assert_eq!(classify("RequestTimeout", 400), Some(Retry::Transient));
        assert_eq!(classify("", 503), Some(Retry::Transient));
        assert_eq!(classify("", 429), Some(Retry::Throttling));
        assert_eq!(classify("ValidationException", 400), None);
        assert_eq!(classify("", 501), None);
    }
}
