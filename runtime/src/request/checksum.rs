//! Checksums of the body, in headers. Each is made of the body as it is when its function is called, so after
//! compression; a header that is there already stays.

use super::RequestWriter;
use http::header::{HeaderName, HeaderValue};

#[cfg(feature = "checksums")]
mod flexible;
#[cfg(feature = "md5")]
mod md5;
#[cfg(feature = "tree-hash")]
mod tree_hash;

#[cfg(feature = "tree-hash")]
pub use tree_hash::tree_hash;

impl RequestWriter<'_> {
    fn set_checksum(&mut self, name: HeaderName, checksum: &str) {
        // Base64 and hexadecimal digits are of the characters that a header may have.
        if let Ok(value) = HeaderValue::from_str(checksum) {
            self.headers.entry(name).or_insert(value);
        }
    }
}
