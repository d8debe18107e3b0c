//! The error enum of the operations in these tests.

use smithy_rt::protocol::rest_json;
use smithy_rt::{
    ErrorFacts, ErrorMeta, Failure, OperationError, Response, ServiceResponse, Unmodeled,
};

#[derive(Debug)]
pub(crate) enum Error {
    Unmodeled(Unmodeled),
    Failure(Failure),
}

impl OperationError for Error {
    fn facts(response: &Response<'_>) -> ErrorFacts {
        rest_json::error_facts(response)
    }

    fn from_service(error: ServiceResponse<'_>) -> Self {
        match error.code() {
            "BusyException" => error.retryable().unmodeled().into(),
            _ => error.unmodeled().into(),
        }
    }

    fn meta(&self) -> &ErrorMeta {
        match self {
            Self::Unmodeled(error) => error.meta(),
            Self::Failure(failure) => failure.meta(),
        }
    }
}

smithy_rt::error_methods!(Error);
