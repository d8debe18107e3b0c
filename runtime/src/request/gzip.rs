//! `requestCompression` (Smithy, *Behavior traits*).

use super::RequestWriter;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{CONTENT_ENCODING, HeaderValue};
use std::io::Write;

impl RequestWriter<'_> {
    /// Compresses the body with gzip (RFC 1952) if it is large enough, and says so behind the encodings that
    /// `Content-Encoding` names.
    pub fn gzip(&mut self) -> &mut Self {
        if !self.body.is_empty()
            && self.settings.compresses(self.body.len())
            && let Some(compressed) = compress(&self.body)
        {
            self.body = compressed.into();
            let encoding = match self.headers.get(CONTENT_ENCODING) {
                Some(before) if !before.is_empty() => {
                    HeaderValue::from_bytes(&[before.as_bytes(), b", gzip"].concat())
                }
                _ => Ok(HeaderValue::from_static("gzip")),
            };
            // What was a value is one with this at its end.
            if let Ok(encoding) = encoding {
                self.headers.insert(CONTENT_ENCODING, encoding);
            }
        }
        self
    }
}

/// Writing to a `Vec` cannot fail.
fn compress(body: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 2), Compression::default());
    encoder.write_all(body).ok()?;
    encoder.finish().ok()
}
