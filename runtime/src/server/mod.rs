//! Servers: requests are read strictly, validated, and answered by the implementation of a service.
//!
//! A generated crate with the feature `server` has the trait `Operations`, with a method for each
//! operation, and the type `Server`, which calls an implementation of it. The rest of this module is
//! for emitted code.

pub(crate) mod api;
mod context;
mod host;
mod media_type;
mod rejection;
mod request;
pub(crate) mod response;
mod service;
mod uri;
pub mod validation;
mod values;

pub use crate::operation::operation_trait::Written;
pub use api::{
    Answer, Api, Call, FrameworkValidationException, NotImplemented, Response, Route, ServerError,
    answer, not_implemented, read, respond,
};
pub use context::Context;
pub use rejection::{Rejection, RejectionKind};
pub use request::{FromRequest, Read, RequestReader};
pub use response::{IntoResponse, ResponseWriter};
pub use service::Server;
pub use validation::{Pattern, Validate, Validator, Violation, Violations, validate};
pub use values::{FromQueryMap, FromValues, QueryMapValue, date_time};
