//! Faults: requests that are disturbed, for tests of retries.

use std::sync::atomic::{AtomicU64, Ordering};

/// What happens to a disturbed request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// `ThrottlingException`, without an effect.
    Throttling,
    /// `InternalServerException`, without an effect.
    Error,
    /// No response, for a minute; then the connection ends.
    Stall,
    /// The operation takes effect, but the connection ends in the middle of the response.
    BrokenBody,
}

/// A rule: a part of the requests for an operation has a fault.
#[derive(Debug)]
pub(crate) struct Rule {
    /// `None`: all operations.
    operation: Option<String>,
    fault: Fault,
    /// In millionths.
    rate: u64,
    /// The sum of the rates of its requests, in millionths.
    sum: AtomicU64,
}

const ALL: u64 = 1_000_000;
/// Where the sum of a rule begins, after the one before it: far apart for any number of rules
/// (golden ratio), so that rules with the same rate do not hit the attempts of one call.
const PHASE: u64 = 618_034;

impl Rule {
    /// Parses `OPERATION:KIND:RATE`. `index` is the number of rules before it.
    pub(crate) fn parse(text: &str, index: usize) -> Result<Self, String> {
        let error = || format!("--fault needs OPERATION:KIND:RATE, not {text}; see --help");
        let mut parts = text.split(':');
        let (Some(operation), Some(kind), Some(rate), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(error());
        };
        let operation = match operation {
            "*" => None,
            name if OPERATIONS.contains(&name) => Some(name.to_owned()),
            _ => return Err(format!("--fault: no operation has the name {operation}")),
        };
        let fault = match kind {
            "throttling" => Fault::Throttling,
            "error" => Fault::Error,
            "stall" => Fault::Stall,
            "broken-body" => Fault::BrokenBody,
            _ => return Err(error()),
        };
        let rate: f64 = rate.parse().map_err(|_| error())?;
        if !(0.0..=1.0).contains(&rate) {
            return Err(error());
        }
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is 0 to a million"
        )]
        let rate = (rate * ALL as f64).round() as u64;
        Ok(Self {
            operation,
            fault,
            rate,
            sum: AtomicU64::new(index as u64 % ALL * PHASE % ALL),
        })
    }

    /// Whether this request has the fault. The faults are spread evenly: of two requests with the
    /// rate 0.5, the second has it.
    fn applies(&self, operation: &str) -> bool {
        if self.operation.as_deref().is_some_and(|it| it != operation) {
            return false;
        }
        let before = self.sum.fetch_add(self.rate, Ordering::Relaxed);
        (before + self.rate) / ALL > before / ALL
    }
}

/// The fault of a request: that of the first rule that applies.
pub(crate) fn draw(rules: &[Rule], operation: &str) -> Option<Fault> {
    let mut applying = rules.iter().filter(|rule| rule.applies(operation));
    applying.next().map(|rule| rule.fault)
}

const OPERATIONS: [&str; 26] = [
    "BatchGetUserAccessTasks",
    "ConnectAppAuthorization",
    "CreateAppAuthorization",
    "CreateAppBundle",
    "CreateIngestion",
    "CreateIngestionDestination",
    "DeleteAppAuthorization",
    "DeleteAppBundle",
    "DeleteIngestion",
    "DeleteIngestionDestination",
    "GetAppAuthorization",
    "GetAppBundle",
    "GetIngestion",
    "GetIngestionDestination",
    "ListAppAuthorizations",
    "ListAppBundles",
    "ListIngestionDestinations",
    "ListIngestions",
    "ListTagsForResource",
    "StartIngestion",
    "StartUserAccessTasks",
    "StopIngestion",
    "TagResource",
    "UntagResource",
    "UpdateAppAuthorization",
    "UpdateIngestionDestination",
];
