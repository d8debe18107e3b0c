//! A test kit for code that calls a client, with the feature `test-util`.

mod answer;
mod request;
mod script;
mod system;

pub use answer::Answer;
pub use request::RecordedRequest;
pub use script::{Script, ScriptedTransport};
pub use serde_json::{Value, json};
