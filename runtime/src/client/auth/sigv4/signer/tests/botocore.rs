//! Signs requests for `generated/tests/botocore_signatures.py`, which compares the signatures with
//! botocore's.

use super::super::*;
use serde::Deserialize;
use serde_json::json;
use std::io::Write as _;
use std::path::Path;

/// A line of the script's file.
#[derive(Deserialize)]
struct Case {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: String,
    unsigned_payload: bool,
    /// The seconds that a signature in the query is valid for.
    expires: Option<u64>,
    double_encoding: bool,
    normalize_path: bool,
    time: u64,
    access_key: String,
    secret_key: String,
    token: Option<String>,
    region: String,
    service: String,
}

impl Case {
    /// The `Authorization` header, or the query.
    fn sign(&self, keys: &SigningKeys) -> Result<String, BoxError> {
        let mut request = Request::builder().method(&*self.method).uri(&self.url);
        for (name, value) in &self.headers {
            request = request.header(name, HeaderValue::from_bytes(value.as_bytes())?);
        }
        let mut request = request.body(Body::default())?;
        let credentials = Credentials::new(
            &self.access_key,
            &self.secret_key,
            self.token.clone(),
            None,
            "test",
        );
        let scope = Scope {
            name: &self.service,
            region: &self.region,
            is_set: false,
            double_encoding: self.double_encoding,
            normalize_path: self.normalize_path,
        };
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(self.time);
        let signer = Signer {
            scope,
            credentials: &credentials,
            keys,
            time,
        };
        let payload = match self.unsigned_payload {
            true => Payload::Unsigned,
            false => Payload::of_bytes(self.body.as_bytes()),
        };
        let Some(seconds) = self.expires else {
            signer.sign(&mut request, &payload)?;
            return Ok(request.headers()[AUTHORIZATION].to_str()?.to_owned());
        };
        signer.presign(&mut request, &payload, Duration::from_secs(seconds))?;
        Ok(request.uri().query().unwrap_or_default().to_owned())
    }
}

/// Reads cases from the file that the script names, and writes a line of JSON for each beside it.
#[test]
#[ignore = "generated/tests/botocore_signatures.py runs it"]
fn sign_for_the_script() {
    let path = std::env::var_os("SIGNATURE_CASES").expect("the script sets SIGNATURE_CASES");
    let cases = std::fs::read_to_string(&path).unwrap();
    let mut out = std::io::BufWriter::new(
        std::fs::File::create(Path::new(&path).with_extension("signed")).unwrap(),
    );
    // One for all of them, as a client has it.
    let keys = SigningKeys::default();
    for line in cases.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let signed = case.sign(&keys).map_err(|error| error.to_string());
        let line = match signed {
            Ok(signed) => json!({ "signed": signed }),
            Err(error) => json!({ "error": error }),
        };
        writeln!(out, "{line}").unwrap();
    }
}
