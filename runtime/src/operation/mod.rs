//! Operations as pairs of pure functions: one writes the request, the other reads the response.

pub(crate) mod auth;
pub(crate) mod error;
pub(crate) mod operation_trait;
pub mod pagination;
pub(crate) mod service_response;
pub mod waiter;

pub use auth::{Auth, Scheme};
pub use error::OperationError;
pub use operation_trait::{Operation, Written};
pub use pagination::{Paginated, PaginatedItems};
pub use service_response::ServiceResponse;
