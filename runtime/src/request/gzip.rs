//! `requestCompression` (Smithy, *Behavior traits*).

use super::RequestWriter;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderValue};
use std::io::Write;

impl RequestWriter<'_> {
    /// Compresses the body with gzip (RFC 1952) if it is large enough, and says so behind the
    /// encodings that `Content-Encoding` names.
    pub fn gzip(&mut self) -> &mut Self {
        if !self.body.is_empty()
            // A length that was told before is that of the body as it is.
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

#[cfg(test)]
#[cfg(feature = "stream")]
mod tests {
    use super::*;
    use crate::request::Settings;
    use crate::{Body, Endpoint, Method};

    #[test]
    fn what_has_its_length_told_stays_as_it_is() {
        let endpoint = Endpoint::new("https://example.com").unwrap();
        let tokens = || Ok(String::new());
        let mut writer = RequestWriter::new(Method::PUT, &endpoint, &tokens, Settings::default());
        writer
            .sized_stream_payload("text/plain", "data", &Body::from(vec![0; 20_000]))
            .unwrap();
        let headers = &writer.gzip().headers;
        assert_eq!(headers.get(CONTENT_LENGTH).unwrap(), "20000");
        assert!(!headers.contains_key(CONTENT_ENCODING));
    }
}
