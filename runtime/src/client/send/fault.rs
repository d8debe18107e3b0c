//! Classification of transport errors.

use crate::client::send::traits::OperationTraits;
use crate::client::transport::error::{Fault, TransportError};
use crate::error::box_error::BoxError;
use crate::error::failure::Failure;
use crate::error::meta::{Call, FailureKind};

/// The class of an error; `None` if the transport did not assign one.
pub(super) fn fault(error: &BoxError) -> Option<Fault> {
    TransportError::find(&**error).map(|error| error.fault)
}

/// Whether a retry may succeed.
pub(super) fn is_transient(error: &BoxError) -> bool {
    !matches!(fault(error), Some(Fault::Setup | Fault::Size))
}

/// The failure to read the body of a successful response. The service has processed the request, so
/// it is only transient if the operation is idempotent.
pub(super) fn incomplete_body(error: BoxError, call: Call, operation: OperationTraits) -> Failure {
    let is_transient = is_transient(&error);
    let kind = match fault(&error) {
        Some(Fault::Timeout) => FailureKind::Timeout,
        _ => FailureKind::Body,
    };
    let failure = Failure::new(call, kind, error);
    if operation.is_idempotent && is_transient {
        failure.transient()
    } else {
        failure
    }
}
