//! Support for emitted protocol tests (Smithy, *HTTP protocol compliance tests*). For clients, they
//! compare requests with the expected ones, and the results of reading responses with the expected
//! values. For servers, they compare received inputs with the expected ones, and responses with the
//! expected ones.

mod content;
mod mismatch;
#[cfg(feature = "server")]
mod received;
#[cfg(feature = "server")]
mod recorder;
mod request;
mod response;
#[cfg(feature = "server")]
mod sent;

pub use mismatch::{Checked, Mismatch};
#[cfg(feature = "server")]
pub use received::{ReceivedRequest, RejectedRequest};
#[cfg(feature = "server")]
pub use recorder::{Recorder, error_of};
pub use request::ExpectedRequest;
pub use response::GivenResponse;
#[cfg(feature = "server")]
pub use sent::SentResponse;
