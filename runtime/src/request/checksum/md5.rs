//! `httpChecksumRequired` (Smithy, *HTTP protocol traits*).

use crate::request::RequestWriter;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::HeaderName;
use md5::{Digest, Md5};

const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");

impl RequestWriter<'_> {
    /// Adds the MD5 checksum of the body in `Content-MD5` (RFC 1864), unless a header member gave it.
    pub fn content_md5(&mut self) -> &mut Self {
        let checksum = STANDARD.encode(Md5::digest(&self.body));
        self.set_checksum(CONTENT_MD5, &checksum);
        self
    }
}
