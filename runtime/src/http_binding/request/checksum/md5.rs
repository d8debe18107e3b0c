//! `httpChecksumRequired` (Smithy, *HTTP protocol traits*).

use crate::http_binding::request::checksum::sum::Checksum;
use crate::http_binding::request::writer::RequestWriter;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::HeaderName;
use md5::{Digest, Md5};

const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");

impl RequestWriter<'_> {
    /// Adds the MD5 checksum of the body in `Content-MD5` (RFC 1864), unless a header member has
    /// set it.
    pub fn content_md5(&mut self) -> &mut Self {
        if self.headers.contains_key(CONTENT_MD5) {
            self
        } else {
            self.add_checksum(Box::new(Md5::new()))
        }
    }
}

impl Checksum for Md5 {
    fn update(&mut self, piece: &[u8]) {
        Digest::update(self, piece);
    }

    fn headers(self: Box<Self>) -> Vec<(HeaderName, String)> {
        vec![(CONTENT_MD5, STANDARD.encode(self.finalize()))]
    }
}
