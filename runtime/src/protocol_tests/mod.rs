//! What emitted protocol tests call (Smithy, *HTTP protocol compliance tests*): a request is
//! compared with what a case expects, and what an operation makes of a response with a value.

mod difference;
mod mismatch;
mod request;
mod response;

pub use mismatch::{Checked, Mismatch};
pub use request::ExpectedRequest;
pub use response::GivenResponse;
