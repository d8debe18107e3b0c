//! `requestCompression` (Smithy, *Behavior traits*).

use crate::http_binding::request::writer::RequestWriter;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderValue};
use std::io::Write;

impl RequestWriter<'_> {
    /// Compresses the body with gzip (RFC 1952) if it is large enough, and appends `gzip` to
    /// `Content-Encoding`.
    pub fn gzip(&mut self) -> &mut Self {
        if !self.body.is_empty()
            // A `Content-Length` that is already set is the length of the uncompressed body.
            && !self.headers.contains_key(CONTENT_LENGTH)
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
            // A valid value with a valid suffix is always valid.
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

#[cfg(test)]
#[cfg(feature = "stream")]
mod tests {
    use super::*;
    use crate::Method;
    use crate::endpoint::url::Endpoint;
    use crate::http_binding::body::body_type::Body;
    use crate::http_binding::request::settings::RequestSettings;

    #[test]
    fn bodies_with_a_content_length_are_not_compressed() {
        let endpoint = Endpoint::new("https://example.com").unwrap();
        let tokens = || Ok(String::new());
        let mut writer =
            RequestWriter::new(Method::PUT, &endpoint, &tokens, RequestSettings::default());
        writer
            .sized_stream_payload("text/plain", "data", &Body::from(vec![0; 20_000]))
            .unwrap();
        let headers = &writer.gzip().headers;
        assert_eq!(headers.get(CONTENT_LENGTH).unwrap(), "20000");
        assert!(!headers.contains_key(CONTENT_ENCODING));
    }
}
