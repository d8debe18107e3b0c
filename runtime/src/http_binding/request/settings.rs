//! Settings of a client for all of its requests.

/// Settings of a client for all of its requests. The defaults are those of the AWS SDKs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RequestSettings {
    /// Whether the host prefixes of operations are ignored.
    pub(crate) disable_host_prefix: Option<bool>,
    /// Whether bodies are sent without compression.
    pub(crate) disable_compression: Option<bool>,
    /// The minimum size in bytes of a body that is compressed.
    pub(crate) min_compression_size: Option<usize>,
}

impl RequestSettings {
    /// Fills in the settings that are not set from others.
    #[cfg(feature = "client")]
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            disable_host_prefix: self.disable_host_prefix.or(other.disable_host_prefix),
            disable_compression: self.disable_compression.or(other.disable_compression),
            min_compression_size: self.min_compression_size.or(other.min_compression_size),
        }
    }

    /// Whether host prefixes are used.
    pub(super) fn has_host_prefix(&self) -> bool {
        !self.disable_host_prefix.unwrap_or_default()
    }

    /// Whether a body of this size is compressed.
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
    use crate::Method;
    use crate::endpoint::url::Endpoint;
    use crate::http_binding::request::writer::RequestWriter;

    fn sent(settings: RequestSettings, size: usize) -> http::Request<bytes::Bytes> {
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
    fn host_prefixes_can_be_disabled() {
        assert_eq!(
            sent(RequestSettings::default(), 0).uri(),
            "https://data.a.example.com/"
        );
        let disabled = RequestSettings {
            disable_host_prefix: Some(true),
            ..RequestSettings::default()
        };
        assert_eq!(sent(disabled, 0).uri(), "https://example.com/");
    }

    #[test]
    fn large_bodies_are_compressed_unless_it_is_disabled() {
        let compressed = |settings, size| {
            sent(settings, size)
                .headers()
                .contains_key("content-encoding")
        };
        let small = RequestSettings {
            min_compression_size: Some(128),
            ..RequestSettings::default()
        };
        assert!(
            !compressed(RequestSettings::default(), 128)
                && !compressed(small, 127)
                && compressed(small, 128)
        );
        let disabled = RequestSettings {
            disable_compression: Some(true),
            ..small
        };
        assert!(!compressed(disabled, 128));
    }

    #[test]
    #[cfg(feature = "client")]
    fn settings_take_precedence_over_those_that_fill_in() {
        let mine = RequestSettings {
            disable_compression: Some(false),
            ..RequestSettings::default()
        };
        let theirs = RequestSettings {
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
