//! What happens to a request's body before it is sent: compression, then checksums.

use crate::text::Text;

/// A step that a body goes through once it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BodyStep {
    /// Compressed, if it is large enough (`requestCompression`).
    Gzip,
    /// Its MD5 goes into a header (`httpChecksumRequired`).
    ContentMd5,
    /// Its checksum goes into a header, by the algorithm that the member of this name has
    /// (`httpChecksum`).
    Checksum {
        member: String,
        /// The header that the member is bound to.
        header: Option<Text>,
    },
    /// The query is the body, as in a form.
    Form,
    /// Glacier's two SHA-256 checksums go into headers.
    TreeHash,
}

impl BodyStep {
    /// The feature of the runtime that has it.
    pub(crate) fn feature(&self) -> Option<&'static str> {
        match self {
            Self::Gzip => Some("gzip"),
            Self::ContentMd5 => Some("md5"),
            Self::Checksum { .. } => Some("checksums"),
            Self::Form => None,
            Self::TreeHash => Some("tree-hash"),
        }
    }
}
