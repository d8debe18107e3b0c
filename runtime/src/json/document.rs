//! JSON text of documents.

use crate::json::codec::{from_slice, to_vec};
use crate::json::error::Result;
use crate::types::document::Document;
use std::fmt;

impl Document {
    /// Parses JSON.
    ///
    /// # Errors
    /// The text is not JSON.
    pub fn from_json(json: &str) -> Result<Self> {
        from_slice(json.as_bytes())
    }
}

/// Prints compact JSON.
impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&to_vec(self)))
    }
}
