//! What a signature covers of a body.

use crate::hex::hex;
use crate::{Body, BoxError};
use http::Uri;
use http::uri::Scheme;
use sha2::{Digest, Sha256};

pub(super) const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// What a signature covers of a body.
pub(in crate::client) enum Payload {
    /// All of it: its SHA-256, in hexadecimal.
    Hash(Box<str>),
    /// Nothing, and the request says so.
    Unsigned,
}

impl Payload {
    /// What a signature covers of the body of a request to this address; `signed` is whether the
    /// operation's payload is.
    ///
    /// A stream that can be read again is read once for it. One that cannot is not signed, as in
    /// the AWS SDKs, but only where the connection keeps others from changing it.
    pub(in crate::client) async fn of(
        body: &Body,
        uri: &Uri,
        signed: bool,
    ) -> Result<Self, BoxError> {
        let secure = uri.scheme() == Some(&Scheme::HTTPS);
        match body.as_bytes() {
            _ if secure && !signed => Ok(Self::Unsigned),
            Some(bytes) => Ok(Self::of_bytes(bytes)),
            // In a box, since it is rare and a future is as large as what it may have to hold.
            None if !body.is_read_once() => Box::pin(Self::of_stream(body.share())).await,
            None if secure => Ok(Self::Unsigned),
            None => Err("without TLS a stream has to be signed, and this one can be read only once: give bytes, a file, \
                         or a stream that can be opened again"
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
    use crate::body::tests::now;

    /// What is covered of a body, if it is ready at once.
    fn payload(body: &Body, uri: &'static str, signed: bool) -> Result<Payload, BoxError> {
        now(Payload::of(body, &Uri::from_static(uri), signed))
    }

    #[test]
    fn a_stream_that_can_be_read_again_has_the_hash_of_its_bytes() {
        let (uri, text) = ("https://example.amazonaws.com/", "Param1=value1");
        let body = Body::reopen(13, move || Body::from(text));
        let hash = "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e";
        assert_eq!(payload(&body, uri, true).unwrap().hash(), hash);
        assert_eq!(payload(&Body::from(text), uri, true).unwrap().hash(), hash);
    }

    #[test]
    fn what_is_signed_depends_on_the_body_and_on_the_connection() {
        let once = || Body::new(Body::from("abc").through(|frame| frame));
        let again = || Body::reopen(3, || Body::from("abc"));
        let covered = |body: Body, uri, signed| match payload(&body, uri, signed) {
            Ok(Payload::Hash(_)) => "hash",
            Ok(Payload::Unsigned) => "nothing",
            Err(_) => "impossible",
        };
        let (tls, plain) = ("https://a/", "http://a/");
        for (signed, in_memory, read_once) in
            [(true, "hash", "nothing"), (false, "nothing", "nothing")]
        {
            for body in [Body::from("abc"), again()] {
                assert_eq!(covered(body, tls, signed), in_memory);
            }
            assert_eq!(covered(once(), tls, signed), read_once);
            // Anybody could change what is not signed.
            assert_eq!(covered("abc".into(), plain, signed), "hash");
            assert_eq!(covered(again(), plain, signed), "hash");
            assert_eq!(covered(once(), plain, signed), "impossible");
        }
    }
}
