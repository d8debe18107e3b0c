//! The part of a signature that covers the body.

use crate::error::box_error::BoxError;
use crate::http_binding::body::body_type::Body;
use crate::types::hex::hex;
use http::Uri;
use http::uri::Scheme;
use sha2::{Digest, Sha256};

pub(super) const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// The part of a signature that covers the body.
pub(in crate::client) enum Payload {
    /// The hexadecimal SHA-256 hash of the body.
    Hash(Box<str>),
    /// The body is not signed.
    Unsigned,
}

impl Payload {
    /// The payload of a request. `signed` is whether the operation has a signed payload.
    ///
    /// A stream that can be read repeatedly is read once to calculate the hash. A stream that can
    /// be read only once is not signed, as in the AWS SDKs, which is an error without TLS.
    pub(in crate::client) async fn of(
        body: &Body,
        uri: &Uri,
        signed: bool,
    ) -> Result<Self, BoxError> {
        let secure = uri.scheme() == Some(&Scheme::HTTPS);
        match body.as_bytes() {
            _ if secure && !signed => Ok(Self::Unsigned),
            Some(bytes) => Ok(Self::of_bytes(bytes)),
            // Boxed to keep the future small, since streams are rare.
            None if !body.is_read_once() => Box::pin(Self::of_stream(body.share())).await,
            None if secure => Ok(Self::Unsigned),
            None => Err("without TLS a stream has to be signed, but this one can be read only once: use bytes, a file or \
                         `Body::reopen`"
                .into()),
        }
    }

    pub(in crate::client) fn of_bytes(bytes: &[u8]) -> Self {
        Self::Hash(hex(&Sha256::digest(bytes)).into())
    }

    async fn of_stream(mut body: Body) -> Result<Self, BoxError> {
        let mut hash = Sha256::new();
        while let Some(piece) = body.next().await {
            hash.update(piece?);
        }
        Ok(Self::Hash(hex(&hash.finalize()).into()))
    }

    /// The last line of the canonical request.
    pub(super) fn hash(&self) -> &str {
        match self {
            Self::Hash(hash) => hash,
            Self::Unsigned => UNSIGNED_PAYLOAD,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http_binding::body::tests::now;

    /// The payload of a body that is ready.
    fn payload(body: &Body, uri: &'static str, signed: bool) -> Result<Payload, BoxError> {
        now(Payload::of(body, &Uri::from_static(uri), signed))
    }

    #[test]
    fn a_reopened_stream_has_the_hash_of_its_bytes() {
        let (uri, text) = ("https://example.amazonaws.com/", "Param1=value1");
        let body = Body::reopen(13, move || Body::from(text));
        let hash = "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e";
        assert_eq!(payload(&body, uri, true).unwrap().hash(), hash);
        assert_eq!(payload(&Body::from(text), uri, true).unwrap().hash(), hash);
    }

    #[test]
    fn the_payload_hash_depends_on_the_body_and_on_tls() {
        let once = || Body::new(Body::from("abc").map_frames(|frame| frame));
        let again = || Body::reopen(3, || Body::from("abc"));
        let kind = |body: Body, uri, signed| match payload(&body, uri, signed) {
            Ok(Payload::Hash(_)) => "hash",
            Ok(Payload::Unsigned) => "unsigned",
            Err(_) => "error",
        };
        let (tls, plain) = ("https://a/", "http://a/");
        for (signed, in_memory, read_once) in
            [(true, "hash", "unsigned"), (false, "unsigned", "unsigned")]
        {
            for body in [Body::from("abc"), again()] {
                assert_eq!(kind(body, tls, signed), in_memory);
            }
            assert_eq!(kind(once(), tls, signed), read_once);
            // Without TLS the body has to be signed.
            assert_eq!(kind("abc".into(), plain, signed), "hash");
            assert_eq!(kind(again(), plain, signed), "hash");
            assert_eq!(kind(once(), plain, signed), "error");
        }
    }
}
