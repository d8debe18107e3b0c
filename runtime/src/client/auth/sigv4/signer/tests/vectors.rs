//! The test vectors that AWS publishes (awslabs/aws-c-auth, `tests/aws-signing-test-suite/v4`).
//! Each has a canonical request, a string to sign, a signature and a signed request, in headers and
//! in the query string.

use super::super::*;
use crate::types::timestamp::instant::Timestamp;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Deserialize;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
struct Context {
    credentials: Keys,
    expiration_in_seconds: u64,
    normalize: bool,
    #[serde(default)]
    omit_session_token: bool,
    region: String,
    service: String,
    sign_body: bool,
    timestamp: String,
}

#[derive(Deserialize)]
struct Keys {
    access_key_id: String,
    secret_access_key: String,
    token: Option<String>,
}

struct Vector {
    folder: PathBuf,
    context: Context,
    raw_path: String,
    request: Request<()>,
    body: String,
}

impl Vector {
    fn read(folder: PathBuf) -> Self {
        let text = |name| std::fs::read_to_string(folder.join(name)).unwrap();
        let context = serde_json::from_str(&text("context.json")).unwrap();
        let request = text("request.txt");
        let (head, body) = request.split_once("\n\n").unwrap_or((&request, ""));
        // A line that starts with white space continues the header before it.
        let head = head.trim_end().replace("\n ", " ");
        let mut lines = head.lines();
        let (method, target) = lines.next().unwrap().split_once(' ').unwrap();
        let target = target.strip_suffix(" HTTP/1.1").unwrap();
        let (raw_path, query) = target.split_once('?').unwrap_or((target, ""));
        let separator = if target.contains('?') { "?" } else { "" };
        let uri = format!(
            "https://example.amazonaws.com{}{separator}{}",
            ascii(raw_path),
            ascii(query)
        );
        let mut request = Request::builder().method(method).uri(uri);
        for line in lines {
            let (name, value) = line.split_once(':').unwrap();
            request = request.header(name, value);
        }
        let request = request.body(()).unwrap();
        Self {
            context,
            raw_path: raw_path.to_owned(),
            request,
            body: body.to_owned(),
            folder,
        }
    }

    fn expected(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.join(name)).unwrap()
    }

    /// Some vectors add the token after the signature, which is like no token for all else.
    fn credentials(&self) -> Credentials {
        let Keys {
            access_key_id,
            secret_access_key,
            token,
        } = &self.context.credentials;
        let token = token.clone().filter(|_| !self.context.omit_session_token);
        Credentials::new(access_key_id, secret_access_key, token, None, "test")
    }

    fn check(&mut self) {
        let credentials = self.credentials();
        let keys = SigningKeys::default();
        let time = Timestamp::parse_date_time(&self.context.timestamp).unwrap();
        let (name, region) = (self.context.service.clone(), self.context.region.clone());
        let scope = Scope {
            name: &name,
            region: &region,
            is_set: false,
            // The vectors have paths as they are before they are encoded for the wire.
            double_encoding: self.raw_path == self.request.uri().path(),
            normalize_path: self.context.normalize,
        };
        let signer = Signer {
            scope,
            credentials: &credentials,
            keys: &keys,
            time: time.try_into().unwrap(),
        };
        let payload = Payload::of_bytes(self.body.as_bytes());
        self.check_headers(&signer, &payload);
        self.check_query(&signer, &payload);
    }

    fn check_headers(&self, signer: &Signer<'_>, payload: &Payload) {
        let mut request = self.request.clone().map(|()| Body::default());
        if self.context.sign_body {
            request
                .headers_mut()
                .insert(X_AMZ_CONTENT_SHA256, payload.hash().parse().unwrap());
        }
        signer.sign(&mut request, payload).unwrap();
        let authorization = format!(
            "Authorization:{}",
            request.headers()[AUTHORIZATION].to_str().unwrap()
        );
        let signed = self.expected("header-signed-request.txt");
        assert!(
            signed.lines().any(|line| line == authorization),
            "{authorization}\n{signed}"
        );
        self.check_texts(signer, &request, request.uri().query(), payload, "header");
    }

    fn check_query(&self, signer: &Signer<'_>, payload: &Payload) {
        let mut request = self.request.clone().map(|()| Body::default());
        let expires_in = Duration::from_secs(self.context.expiration_in_seconds);
        signer.presign(&mut request, payload, expires_in).unwrap();
        let query = request.uri().query().unwrap();
        let signed = self.expected("query-signed-request.txt");
        let line = signed.lines().next().unwrap();
        let mut expected = ascii(
            line.rsplit_once(" HTTP")
                .unwrap()
                .0
                .split_once('?')
                .unwrap()
                .1,
        );
        if self.context.omit_session_token {
            let token = expected.find("&X-Amz-Security-Token").unwrap()
                ..expected.find("&X-Amz-Signature").unwrap();
            expected.replace_range(token, "");
        }
        assert_eq!(query, expected);
        let unsigned = query.rsplit_once("&X-Amz-Signature=").unwrap().0.to_owned();
        self.check_texts(signer, &request, Some(&unsigned), payload, "query");
    }

    /// Checks what is before the signature, and the signature alone.
    fn check_texts(
        &self,
        signer: &Signer<'_>,
        request: &Request<Body>,
        query: Option<&str>,
        payload: &Payload,
        kind: &str,
    ) {
        let canonical =
            CanonicalRequest::new(request, query, payload.hash(), &signer.scope).unwrap();
        let text = String::from_utf8(canonical.as_bytes().to_vec()).unwrap();
        assert_eq!(
            text,
            self.expected(&format!("{kind}-canonical-request.txt"))
        );
        let time = SigningTime::new(signer.time).unwrap();
        let string_to_sign = signer.string_to_sign(&time, &canonical);
        assert_eq!(
            string_to_sign,
            self.expected(&format!("{kind}-string-to-sign.txt"))
        );
        let signature = signer.signature(&time, &canonical).unwrap();
        assert_eq!(signature, self.expected(&format!("{kind}-signature.txt")));
    }
}

/// Percent-encodes the characters that a URI cannot contain.
fn ascii(text: &str) -> String {
    const NO_URI: &AsciiSet = &CONTROLS.add(b' ');
    utf8_percent_encode(text, NO_URI).to_string()
}

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn all_vectors_are_signed_as_published() {
    let mut count = 0;
    for folder in std::fs::read_dir(Path::new(env!("REFERENCE_DATA")).join("sigv4")).unwrap() {
        let folder = folder.unwrap().path();
        eprintln!("{}", folder.display());
        Vector::read(folder).check();
        count += 1;
    }
    assert_eq!(count, 38);
}
