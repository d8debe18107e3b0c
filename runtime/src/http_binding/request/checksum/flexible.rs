//! `aws.protocols#httpChecksum`: a checksum with an algorithm that the caller selects.

use crate::http_binding::request::checksum::sum::Checksum;
use crate::http_binding::request::error::{RequestError, RequestErrorKind};
use crate::http_binding::request::writer::RequestWriter;
use crate::types::text::texts::Texts;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crc::{CRC_32_ISCSI, CRC_32_ISO_HDLC, CRC_64_NVME, Crc};
use http::header::HeaderName;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// The name of an algorithm in the model, the header of its checksums, and its initial state.
type Algorithm = (&'static str, HeaderName, fn() -> Sum);

static CRC32: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);
static CRC32C: Crc<u32> = Crc::<u32>::new(&CRC_32_ISCSI);
static CRC64NVME: Crc<u64> = Crc::<u64>::new(&CRC_64_NVME);

const ALGORITHMS: [Algorithm; 5] = [
    (
        "CRC32",
        HeaderName::from_static("x-amz-checksum-crc32"),
        || Sum::Crc32(CRC32.digest()),
    ),
    (
        "CRC32C",
        HeaderName::from_static("x-amz-checksum-crc32c"),
        || Sum::Crc32(CRC32C.digest()),
    ),
    (
        "CRC64NVME",
        HeaderName::from_static("x-amz-checksum-crc64nvme"),
        || Sum::Crc64(CRC64NVME.digest()),
    ),
    (
        "SHA1",
        HeaderName::from_static("x-amz-checksum-sha1"),
        || Sum::Sha1(Sha1::new()),
    ),
    (
        "SHA256",
        HeaderName::from_static("x-amz-checksum-sha256"),
        || Sum::Sha256(Sha256::new()),
    ),
];

/// The state of a calculation.
enum Sum {
    Crc32(crc::Digest<'static, u32>),
    Crc64(crc::Digest<'static, u64>),
    Sha1(Sha1),
    Sha256(Sha256),
}

impl Sum {
    fn update(&mut self, piece: &[u8]) {
        match self {
            Self::Crc32(sum) => sum.update(piece),
            Self::Crc64(sum) => sum.update(piece),
            Self::Sha1(sum) => sum.update(piece),
            Self::Sha256(sum) => sum.update(piece),
        }
    }

    fn finish(self) -> Vec<u8> {
        match self {
            Self::Crc32(sum) => sum.finalize().to_be_bytes().to_vec(),
            Self::Crc64(sum) => sum.finalize().to_be_bytes().to_vec(),
            Self::Sha1(sum) => sum.finalize().to_vec(),
            Self::Sha256(sum) => sum.finalize().to_vec(),
        }
    }
}

/// A checksum and its header.
struct Flexible(HeaderName, Sum);

impl Checksum for Flexible {
    fn update(&mut self, piece: &[u8]) {
        self.1.update(piece);
    }

    fn headers(self: Box<Self>) -> Vec<(HeaderName, String)> {
        vec![(self.0, STANDARD.encode(self.1.finish()))]
    }
}

/// AWS SDKs and Tools Reference Guide, *Data Integrity Protections for Amazon S3*.
const DEFAULT: &str = "CRC32";

impl RequestWriter<'_> {
    /// Adds a checksum of the body in the header `X-Amz-Checksum-` followed by the algorithm,
    /// unless a header member has set a checksum of any algorithm. The value of a member selects
    /// the algorithm. The default is CRC32, as in the AWS SDKs; the header that the member is bound
    /// to is set to it.
    ///
    /// # Errors
    /// [`RequestErrorKind::UnknownChecksum`] for an algorithm other than CRC32, CRC32C, CRC64NVME,
    /// SHA1 and SHA256.
    pub fn checksum(
        &mut self,
        member: &'static str,
        bound: Option<&'static str>,
        algorithm: &impl Texts,
    ) -> Result<&mut Self, RequestError> {
        if ALGORITHMS
            .iter()
            .any(|(_, header, _)| self.headers.contains_key(header))
        {
            return Ok(self);
        }
        let named = algorithm.texts().and_then(|mut texts| texts.next());
        if let (Some(bound), None) = (bound, &named) {
            self.header(bound, &DEFAULT)?;
        }
        let wanted = named.unwrap_or(Cow::Borrowed(DEFAULT));
        let (_, header, start) = ALGORITHMS
            .into_iter()
            .find(|(name, ..)| wanted.eq_ignore_ascii_case(name))
            .ok_or(RequestError::new(RequestErrorKind::UnknownChecksum, member))?;
        Ok(self.add_checksum(Box::new(Flexible(header, start()))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check values of Greg Cook's *Catalogue of parametrised CRC algorithms*, and NIST's of
    /// `abc`.
    #[test]
    fn checksums_have_the_published_values() {
        let checksum = |wanted: &str, body: &[u8]| -> String {
            let (_, _, start) = ALGORITHMS
                .into_iter()
                .find(|(name, ..)| *name == wanted)
                .unwrap();
            let mut sum = start();
            body.chunks(2).for_each(|piece| sum.update(piece));
            crate::types::hex::hex(&sum.finish())
        };
        let digits = b"123456789";
        assert_eq!(checksum("CRC32", digits), "cbf43926");
        assert_eq!(checksum("CRC32C", digits), "e3069283");
        assert_eq!(checksum("CRC64NVME", digits), "ae8b14860a799888");
        assert_eq!(
            checksum("SHA1", b"abc"),
            "a9993e364706816aba3e25717850c26c9cd0d89d"
        );
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(checksum("SHA256", b"abc"), sha256);
    }
}
