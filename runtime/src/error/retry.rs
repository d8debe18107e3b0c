//! Classification of errors for retries.

/// Why a retry may succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Retry {
    /// The error is transient.
    Transient,
    /// The service throttled the request.
    Throttling,
}

impl Retry {
    /// Classifies an error by its code and status as the AWS SDKs do for errors that the model does
    /// not mark as retryable (AWS, *AWS SDKs and Tools Reference Guide*, Retry behavior, Which
    /// errors are retried). Status 429 counts as throttling as well.
    pub fn classify(code: &str, status: u16) -> Option<Self> {
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
            | "TransactionInProgressException" => return Some(Self::Throttling),
            "IDPCommunicationError"
            | "InternalError"
            | "RequestTimeout"
            | "RequestTimeoutException" => {
                return Some(Self::Transient);
            }
            _ => {}
        }
        match status {
            429 => Some(Self::Throttling),
            500 | 502 | 503 | 504 => Some(Self::Transient),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_take_precedence_over_statuses() {
        let classify = Retry::classify;
        assert_eq!(
            classify("ThrottlingException", 400),
            Some(Retry::Throttling)
        );
        assert_eq!(classify("SlowDown", 503), Some(Retry::Throttling));
        assert_eq!(classify("RequestTimeout", 400), Some(Retry::Transient));
        assert_eq!(classify("", 503), Some(Retry::Transient));
        assert_eq!(classify("", 429), Some(Retry::Throttling));
        assert_eq!(classify("ValidationException", 400), None);
        assert_eq!(classify("", 501), None);
    }
}
