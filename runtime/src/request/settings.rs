//! What the user of a client may change about all its requests.

/// How requests are written, beside what the model says. What is not set is as the AWS SDKs have
/// it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    /// Whether operations leave the endpoint's host as it is, whatever prefix they have.
    pub(crate) disable_host_prefix: Option<bool>,
    /// Whether bodies are sent as they are, whatever compression the operation takes.
    pub(crate) disable_compression: Option<bool>,
    /// The least size of a body that is compressed, in bytes.
    pub(crate) min_compression_size: Option<usize>,
}

impl Settings {
    /// These settings, and the others where there is none.
    #[cfg(feature = "client")]
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            disable_host_prefix: self.disable_host_prefix.or(other.disable_host_prefix),
            disable_compression: self.disable_compression.or(other.disable_compression),
            min_compression_size: self.min_compression_size.or(other.min_compression_size),
        }
    }

    pub(super) fn has_host_prefix(&self) -> bool {
        !self.disable_host_prefix.unwrap_or_default()
    }

    /// Whether a body of this size is compressed, if the operation takes it.
    #[cfg(feature = "gzip")]
    pub(super) fn compresses(&self, size: usize) -> bool {
        // AWS SDKs and Tools Reference Guide, *Request compression*.
        const MIN_COMPRESSION_SIZE: usize = 10_240;
        !self.disable_compression.unwrap_or_default()
            && size >= self.min_compression_size.unwrap_or(MIN_COMPRESSION_SIZE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::RequestWriter;
    use crate::{Endpoint, Method};

    fn sent(settings: Settings, size: usize) -> http::Request<bytes::Bytes> {
        let endpoint = Endpoint::new("https://example.com").unwrap();
        let tokens = || Ok(String::new());
        let mut writer = RequestWriter::new(Method::POST, &endpoint, &tokens, settings);
        writer
            .host("data.")
            .host_label("id", &"a")
            .unwrap()
            .host(".")
            .path("/");
        writer.blob_payload("text/plain", &crate::Blob::from(vec![0; size]));
        writer.gzip();
        writer.finish().unwrap()
    }

    #[test]
    fn a_host_without_its_prefix() {
        assert_eq!(
            sent(Settings::default(), 0).uri(),
            "https://data.a.example.com/"
        );
        let disabled = Settings {
            disable_host_prefix: Some(true),
            ..Settings::default()
        };
        assert_eq!(sent(disabled, 0).uri(), "https://example.com/");
    }

    #[test]
    fn what_is_compressed() {
        let compressed = |settings, size| {
            sent(settings, size)
                .headers()
                .contains_key("content-encoding")
        };
        let small = Settings {
            min_compression_size: Some(128),
            ..Settings::default()
        };
        assert!(
            !compressed(Settings::default(), 128)
                && !compressed(small, 127)
                && compressed(small, 128)
        );
        let disabled = Settings {
            disable_compression: Some(true),
            ..small
        };
        assert!(!compressed(disabled, 128));
    }

    #[test]
    #[cfg(feature = "client")]
    fn what_is_set_comes_first() {
        let mine = Settings {
            disable_compression: Some(false),
            ..Settings::default()
        };
        let theirs = Settings {
            disable_compression: Some(true),
            min_compression_size: Some(1),
            ..mine
        };
        let both = mine.or(theirs);
        assert_eq!(
            (both.disable_compression, both.min_compression_size),
            (Some(false), Some(1))
        );
    }
}
