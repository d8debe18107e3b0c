//! The errors of the model, as the operations return them.

use appfabric::types::{
    ConflictException, InternalServerException, ResourceNotFoundException,
    ServiceQuotaExceededException, ThrottlingException, ValidationException,
    ValidationExceptionField, ValidationExceptionReason,
};

/// The type of a resource, as errors name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    AppBundle,
    AppAuthorization,
    Ingestion,
    IngestionDestination,
    UserAccessTask,
    Resource,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::AppBundle => "appBundle",
            Self::AppAuthorization => "appAuthorization",
            Self::Ingestion => "ingestion",
            Self::IngestionDestination => "ingestionDestination",
            Self::UserAccessTask => "userAccessTask",
            Self::Resource => "resource",
        }
    }
}

pub(crate) fn not_found(kind: Kind, id: &str) -> ResourceNotFoundException {
    ResourceNotFoundException::builder()
        .message(format!("The {} {id} does not exist.", kind.name()))
        .resource_id(id)
        .resource_type(kind.name())
        .build()
}

/// The error of operations that do not declare `ResourceNotFoundException`.
pub(crate) fn not_found_as_invalid(error: ResourceNotFoundException) -> ValidationException {
    ValidationException::builder()
        .message(error.message)
        .reason(ValidationExceptionReason::Other)
        .build()
}

pub(crate) fn conflict(kind: Kind, id: &str, message: &str) -> ConflictException {
    ConflictException::builder()
        .message(message)
        .resource_id(id)
        .resource_type(kind.name())
        .build()
}

/// The code of the quotas. Service Quotas has a code for each, which AWS does not document.
const QUOTA_CODE: &str = "L-LOCAL";

pub(crate) fn quota(kind: Kind, id: &str, most: usize) -> ServiceQuotaExceededException {
    ServiceQuotaExceededException::builder()
        .message(format!(
            "The quota of resources of the type {} is {most}.",
            kind.name()
        ))
        .quota_code(QUOTA_CODE)
        .resource_id(id)
        .resource_type(kind.name())
        .service_code("appfabric")
        .build()
}

/// An error that is not about one member.
pub(crate) fn invalid(message: &str) -> ValidationException {
    ValidationException::builder()
        .message(message)
        .reason(ValidationExceptionReason::Other)
        .build()
}

/// An error about one member.
pub(crate) fn invalid_member(name: &str, message: &str) -> ValidationException {
    ValidationException::builder()
        .message(format!("{name}: {message}"))
        .reason(ValidationExceptionReason::FieldValidationFailed)
        .field_list([field(name, message)])
        .build()
}

pub(crate) fn field(name: &str, message: &str) -> ValidationExceptionField {
    ValidationExceptionField::builder()
        .name(name)
        .message(message)
        .build()
}

pub(crate) fn throttled() -> ThrottlingException {
    ThrottlingException::builder()
        .message("Rate exceeded")
        .build()
}

pub(crate) fn internal() -> InternalServerException {
    InternalServerException::builder()
        .message("The request failed because of an internal error.")
        .build()
}
