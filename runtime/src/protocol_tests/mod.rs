//! Support for emitted protocol tests (Smithy, *HTTP protocol compliance tests*). They compare
//! requests with the expected ones, and the results of reading responses with the expected values.

mod mismatch;
mod request;
mod response;

pub use mismatch::{Checked, Mismatch};
pub use request::ExpectedRequest;
pub use response::GivenResponse;
