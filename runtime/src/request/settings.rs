//! What the user of a client may change about all its requests.

/// How requests are written, beside what the model says. What is not set is as the AWS SDKs have it.
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
