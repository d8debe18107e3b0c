//! The steps that transform a request after its body is written.

use crate::text::Text;

/// A step that is applied to a request once its body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BodyStep {
    /// Compresses the body with gzip if it is large enough (Smithy, "requestCompression trait").
    Gzip,
    /// Adds the `Content-MD5` header (Smithy, "httpChecksumRequired trait").
    ContentMd5,
    /// Adds a checksum header. The member of this name holds the algorithm (AWS, "httpChecksum
    /// trait").
    Checksum {
        member: String,
        /// The header to which the member is bound.
        header: Option<Text>,
    },
    /// Sends the query as a form in the body.
    Form,
    /// Adds the two SHA-256 headers of Amazon S3 Glacier.
    TreeHash,
}

impl BodyStep {
    /// The feature of the runtime that implements the step.
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
