//! Signature Version 4 (AWS, *IAM User Guide*, Signature Version 4 for API requests).

use crate::{Body, BoxError};
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation,
    SigningParams, SigningSettings, UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4;
#[cfg(feature = "sigv4a")]
use aws_sigv4::sign::v4a;
use http::header::AUTHORIZATION;
use http::uri::Scheme;
use http::{Request, Uri};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::time::{Duration, SystemTime};

/// Where the signature goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Into headers, for a request that is sent now.
    Headers,
    /// Into the query, for a request that may be sent so long.
    Query(Duration),
}

/// What a signature covers of a body.
pub(super) enum Payload {
    /// All of it, in memory.
    Bytes,
    /// Its SHA-256, in hexadecimal.
    Hash(Box<str>),
    /// Nothing, and the request says so.
    Unsigned,
}

impl Payload {
    /// What a signature covers of the body of a request to this address; `signed` is whether the operation's payload is.
    ///
    /// A stream that can be read again is read once for it. One that cannot is not signed, as in the AWS SDKs, but only
    /// where the connection keeps others from changing it.
    pub(super) async fn of(body: &Body, uri: &Uri, signed: bool) -> Result<Self, BoxError> {
        let secure = uri.scheme() == Some(&Scheme::HTTPS);
        match body.as_bytes() {
            _ if secure && !signed => Ok(Self::Unsigned),
            Some(_) => Ok(Self::Bytes),
            // In a box, since it is rare and a future is as large as what it may have to hold.
            None if !body.is_read_once() => Box::pin(hash(body.share())).await.map(|hash| Self::Hash(hash.into())),
            None if secure => Ok(Self::Unsigned),
            None => Err("without TLS a stream has to be signed, and this one can be read only once: give bytes, a file, \
                         or a stream that can be opened again"
                .into()),
        }
    }
}

/// The SHA-256 of what a body holds.
async fn hash(mut body: Body) -> Result<String, BoxError> {
    let mut hash = Sha256::new();
    while let Some(piece) = body.next().await {
        hash.update(piece?);
    }
    let mut text = String::with_capacity(64);
    for byte in hash.finalize() {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}

/// The scope of signatures: a service in a region, and how it wants paths.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope<'t> {
    pub(super) name: &'t str,
    pub(super) region: &'t str,
    /// Whether the region is a set of them, with commas between, and signatures are of version 4a.
    pub(super) is_set: bool,
    pub(super) double_encoding: bool,
    pub(super) normalize_path: bool,
}

impl Scope<'_> {
    /// Signs a request: its host, all its headers but `User-Agent`, path, query and what is said of its
    /// body.
    pub(super) fn sign(
        &self,
        request: &mut Request<Body>,
        payload: &Payload,
        credentials: Credentials,
        time: SystemTime,
        form: Form,
    ) -> Result<(), BoxError> {
        let identity = credentials.into();
        let settings = self.settings(payload, form);
        let params: SigningParams<'_> = match self.is_set {
            false => v4::SigningParams::builder()
                .identity(&identity)
                .region(self.region)
                .name(self.name)
                .time(time)
                .settings(settings)
                .build()?
                .into(),
            #[cfg(feature = "sigv4a")]
            true => v4a::SigningParams::builder()
                .identity(&identity)
                .region_set(self.region)
                .name(self.name)
                .time(time)
                .settings(settings)
                .build()?
                .into(),
            #[cfg(not(feature = "sigv4a"))]
            true => {
                return Err(
                    "this endpoint wants version 4a of signatures: the feature `sigv4a` is off".into()
                );
            }
        };
        let uri = request.uri().to_string();
        // Only ASCII gets into a header.
        let headers =
            request.headers().iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap_or_default()));
        let body = match payload {
            Payload::Bytes => SignableBody::Bytes(request.body().as_bytes().map_or(&[], |bytes| bytes)),
            Payload::Hash(hash) => SignableBody::Precomputed(hash.to_string()),
            Payload::Unsigned => SignableBody::UnsignedPayload,
        };
        let signable = SignableRequest::new(request.method().as_str(), uri, headers, body)?;
        let signed = silently(|| sign(signable, &params))?;
        signed.into_parts().0.apply_to_request_http1x(request);
        if let Some(authorization) = request.headers_mut().get_mut(AUTHORIZATION) {
            authorization.set_sensitive(true);
        }
        Ok(())
    }

    fn settings(&self, payload: &Payload, form: Form) -> SigningSettings {
        let mut settings = SigningSettings::default();
        if matches!(payload, Payload::Unsigned) {
            settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        }
        if !self.double_encoding {
            settings.percent_encoding_mode = PercentEncodingMode::Single;
        }
        if !self.normalize_path {
            settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        }
        if let Form::Query(expires_in) = form {
            settings.signature_location = SignatureLocation::QueryParams;
            settings.expires_in = Some(expires_in);
        }
        settings
    }
}

/// Runs the signer without its trace events: they print the request it signs, and that may hold secrets.
fn silently<T>(sign: impl FnOnce() -> T) -> T {
    // Even no subscriber costs something once it is set.
    if !tracing::dispatcher::has_been_set() {
        return sign();
    }
    tracing::dispatcher::with_default(&tracing::Dispatch::none(), sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::tests::now;

    /// 2015-08-30T12:36:00Z, when AWS's examples were signed.
    const NOW: u64 = 1_440_938_160;
    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    /// The signature of a request to `us-east-1`.
    fn signature(service: &str, request: http::request::Builder, body: &'static str) -> String {
        signature_of(service, request.body(Body::from(body)).unwrap(), &Payload::Bytes)
    }

    fn signature_of(service: &str, mut request: Request<Body>, payload: &Payload) -> String {
        let region = "us-east-1";
        let scope =
            Scope { name: service, region, is_set: false, double_encoding: true, normalize_path: true };
        let credentials = Credentials::new("AKIDEXAMPLE", SECRET, None, None, "test");
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
        scope.sign(&mut request, payload, credentials, time, Form::Headers).unwrap();
        let authorization = request.headers().get(AUTHORIZATION).unwrap();
        assert!(authorization.is_sensitive());
        authorization.to_str().unwrap().split_once("Signature=").unwrap().1.to_owned()
    }

    /// Cases of AWS's Signature Version 4 test suite.
    #[test]
    fn the_test_suite() {
        let get = |uri| Request::get(uri);
        let post = |uri| Request::post(uri);
        for (request, body, expected) in [
            (
                get("https://example.amazonaws.com/"),
                "",
                "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
            ),
            (
                get("https://example.amazonaws.com/?Param2=value2&Param1=value1"),
                "",
                "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
            ),
            (
                post("https://example.amazonaws.com/"),
                "",
                "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
            ),
            (
                post("https://example.amazonaws.com/")
                    .header("content-type", "application/x-www-form-urlencoded"),
                "Param1=value1",
                "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
            ),
        ] {
            assert_eq!(signature("service", request, body), expected);
        }
    }

    /// The example that AWS's description of the signature goes through.
    #[test]
    fn the_example_of_the_documentation() {
        let request = Request::get("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08")
            .header("content-type", "application/x-www-form-urlencoded; charset=utf-8");
        let expected = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";
        assert_eq!(signature("iam", request, ""), expected);
    }

    /// AWS, *IAM User Guide*, Signing methods: the algorithm, a credential scope without region, and the set of regions
    /// in a header.
    #[cfg(feature = "sigv4a")]
    #[test]
    fn a_signature_for_several_regions() {
        let mut request = Request::get("https://example.amazonaws.com/").body(Body::default()).unwrap();
        let scope =
            Scope { name: "service", region: "*", is_set: true, double_encoding: true, normalize_path: true };
        let credentials = Credentials::new("AKIDEXAMPLE", SECRET, None, None, "test");
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
        scope.sign(&mut request, &Payload::Bytes, credentials, time, Form::Headers).unwrap();
        let header = |name: &str| request.headers().get(name).unwrap().to_str().unwrap();
        assert_eq!(header("x-amz-region-set"), "*");
        let start = "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, \
                     SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=";
        assert!(header("authorization").starts_with(start), "{}", header("authorization"));
    }

    /// What is covered of a body, if it is ready at once.
    fn payload(body: &Body, uri: &'static str, signed: bool) -> Result<Payload, BoxError> {
        now(Payload::of(body, &Uri::from_static(uri), signed))
    }

    #[test]
    fn a_stream_that_can_be_read_again_is_signed_as_its_bytes_are() {
        let (uri, text) = ("https://example.amazonaws.com/", "Param1=value1");
        let body = Body::reopen(13, move || Body::from(text));
        let payload = payload(&body, uri, true).unwrap();
        let signed = signature_of("service", Request::post(uri).body(body).unwrap(), &payload);
        assert_eq!(signed, signature("service", Request::post(uri), text));
    }

    #[test]
    fn what_is_signed_depends_on_the_body_and_on_the_connection() {
        let once = || Body::new(Body::from("abc").through(|frame| frame));
        let again = || Body::reopen(3, || Body::from("abc"));
        let covered = |body: Body, uri, signed| match payload(&body, uri, signed) {
            Ok(Payload::Bytes) => "bytes",
            Ok(Payload::Hash(_)) => "hash",
            Ok(Payload::Unsigned) => "nothing",
            Err(_) => "impossible",
        };
        let (tls, plain) = ("https://a/", "http://a/");
        for (signed, bytes, reopened, read_once) in
            [(true, "bytes", "hash", "nothing"), (false, "nothing", "nothing", "nothing")]
        {
            assert_eq!(covered("abc".into(), tls, signed), bytes);
            assert_eq!(covered(again(), tls, signed), reopened);
            assert_eq!(covered(once(), tls, signed), read_once);
            // Anybody could change what is not signed.
            assert_eq!(covered("abc".into(), plain, signed), "bytes");
            assert_eq!(covered(again(), plain, signed), "hash");
            assert_eq!(covered(once(), plain, signed), "impossible");
        }
    }

    #[test]
    fn who_sends_is_not_signed() {
        let uri = "https://example.amazonaws.com/";
        let agent = Request::get(uri).header("user-agent", "anything");
        assert_eq!(signature("service", agent, ""), signature("service", Request::get(uri), ""));
    }
}
