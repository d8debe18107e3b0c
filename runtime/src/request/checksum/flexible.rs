//! `aws.protocols#httpChecksum`: a checksum whose algorithm the caller chooses.

use crate::request::{RequestError, RequestErrorKind, RequestWriter};
use crate::text::Texts;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crc::{CRC_32_ISCSI, CRC_32_ISO_HDLC, CRC_64_NVME, Crc};
use http::header::HeaderName;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// An algorithm: its name in the model, the header of its checksums, and their bytes.
type Algorithm = (&'static str, HeaderName, fn(&[u8]) -> Vec<u8>);

const CRC32: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);
const CRC32C: Crc<u32> = Crc::<u32>::new(&CRC_32_ISCSI);
const CRC64NVME: Crc<u64> = Crc::<u64>::new(&CRC_64_NVME);

const ALGORITHMS: [Algorithm; 5] = [
    ("CRC32", HeaderName::from_static("x-amz-checksum-crc32"), |body| {
        CRC32.checksum(body).to_be_bytes().to_vec()
    }),
    ("CRC32C", HeaderName::from_static("x-amz-checksum-crc32c"), |body| {
        CRC32C.checksum(body).to_be_bytes().to_vec()
    }),
    ("CRC64NVME", HeaderName::from_static("x-amz-checksum-crc64nvme"), |body| {
        CRC64NVME.checksum(body).to_be_bytes().to_vec()
    }),
    ("SHA1", HeaderName::from_static("x-amz-checksum-sha1"), |body| Sha1::digest(body).to_vec()),
    ("SHA256", HeaderName::from_static("x-amz-checksum-sha256"), |body| Sha256::digest(body).to_vec()),
];

/// AWS SDKs and Tools Reference Guide, *Data Integrity Protections for Amazon S3*.
const DEFAULT: &str = "CRC32";

impl RequestWriter<'_> {
    /// Adds the checksum of the body by the algorithm that a member names, in `X-Amz-Checksum-` and that name, unless
    /// header members gave one of any algorithm. Without a name it is CRC32, as in the AWS SDKs, and the header that the
    /// member is bound to says so.
    ///
    /// # Errors
    /// [`RequestErrorKind::UnknownChecksum`] for an algorithm other than CRC32, CRC32C, CRC64NVME, SHA1 and SHA256.
    pub fn checksum(
        &mut self,
        member: &'static str,
        bound: Option<&'static str>,
        algorithm: &impl Texts,
    ) -> Result<&mut Self, RequestError> {
        if ALGORITHMS.iter().any(|(_, header, _)| self.headers.contains_key(header)) {
            return Ok(self);
        }
        let named = algorithm.texts().and_then(|mut texts| texts.next());
        if let (Some(bound), None) = (bound, &named) {
            self.header(bound, &DEFAULT)?;
        }
        let wanted = named.unwrap_or(Cow::Borrowed(DEFAULT));
        let (_, header, checksum) = ALGORITHMS
            .into_iter()
            .find(|(name, ..)| wanted.eq_ignore_ascii_case(name))
            .ok_or(RequestError::new(RequestErrorKind::UnknownChecksum, member))?;
        let checksum = STANDARD.encode(checksum(&self.body));
        self.set_checksum(header, &checksum);
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check values of Greg Cook's *Catalogue of parametrised CRC algorithms*, and NIST's of `abc`.
    #[test]
    fn algorithms() {
        let checksum = |wanted: &str, body: &[u8]| -> String {
            let (_, _, checksum) = ALGORITHMS.into_iter().find(|(name, ..)| *name == wanted).unwrap();
            checksum(body).iter().map(|byte| format!("{byte:02x}")).collect()
        };
        let digits = b"123456789";
        assert_eq!(checksum("CRC32", digits), "cbf43926");
        assert_eq!(checksum("CRC32C", digits), "e3069283");
        assert_eq!(checksum("CRC64NVME", digits), "ae8b14860a799888");
        assert_eq!(checksum("SHA1", b"abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(checksum("SHA256", b"abc"), sha256);
    }
}
