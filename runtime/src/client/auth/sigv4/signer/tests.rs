//! Signatures against AWS's published vectors, the examples of its documentation, and botocore.

mod botocore;
mod vectors;

use super::*;

/// 2015-08-30T12:36:00Z, when AWS's examples were signed.
const TIME: u64 = 1_440_938_160;
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn example_scope(name: &str) -> Scope<'_> {
    Scope {
        name,
        region: "us-east-1",
        is_set: false,
        double_encoding: true,
        normalize_path: true,
    }
}

/// Signs a request to `us-east-1` with the keys of the examples.
fn signed(scope: Scope<'_>, request: http::request::Builder) -> Request<Body> {
    let credentials = Credentials::new("AKIDEXAMPLE", SECRET, None, None, "test");
    let signer = Signer {
        scope,
        credentials: &credentials,
        keys: &SigningKeys::default(),
        time: at(TIME),
    };
    let mut request = request.body(Body::default()).unwrap();
    signer.sign(&mut request, &Payload::of_bytes(b"")).unwrap();
    assert!(request.headers()[AUTHORIZATION].is_sensitive());
    request
}

fn signature(request: &Request<Body>) -> &str {
    request.headers()[AUTHORIZATION]
        .to_str()
        .unwrap()
        .split_once("Signature=")
        .unwrap()
        .1
}

/// The example that AWS's description of the signature goes through.
#[test]
fn the_example_of_the_documentation() {
    let request = Request::get("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08")
        .header(
            "content-type",
            "application/x-www-form-urlencoded; charset=utf-8",
        );
    let expected = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";
    assert_eq!(signature(&signed(example_scope("iam"), request)), expected);
}

/// AWS, *IAM User Guide*, Signing methods: the algorithm, a credential scope without Region, and
/// the set of Regions in a header.
#[cfg(feature = "sigv4a")]
#[test]
fn a_signature_for_several_regions() {
    let scope = Scope {
        region: "*",
        is_set: true,
        ..example_scope("service")
    };
    let request = signed(scope, Request::get("https://example.amazonaws.com/"));
    assert_eq!(request.headers()["x-amz-region-set"], "*");
    let start = "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, \
                 SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=";
    let authorization = request.headers()[AUTHORIZATION].to_str().unwrap();
    assert!(authorization.starts_with(start), "{authorization}");
}

/// The canonical request of a GET request, line by line.
fn canonical(scope: Scope<'_>, request: http::request::Builder) -> Vec<String> {
    let request = request.body(Body::default()).unwrap();
    let canonical = CanonicalRequest::new(&request, request.uri().query(), "hash", &scope).unwrap();
    String::from_utf8_lossy(canonical.as_bytes())
        .split('\n')
        .map(str::to_owned)
        .collect()
}

#[test]
fn headers_of_proxies_and_transports_are_not_signed() {
    let uri = "https://example.amazonaws.com/";
    let names = [
        "Authorization",
        "Connection",
        "Expect",
        "TE",
        "Transfer-Encoding",
        "User-Agent",
        "X-Amzn-Trace-Id",
    ];
    let request = names.iter().fold(Request::get(uri), |request, name| {
        request.header(*name, "anything")
    });
    assert_eq!(
        canonical(example_scope("s"), request),
        canonical(example_scope("s"), Request::get(uri))
    );
}

/// A tab is white space like a space (RFC 9110, section 5.6.3): botocore and the AWS SDKs for Java
/// and JavaScript sign one space for a run of either.
#[test]
fn a_run_of_white_space_is_one_space() {
    let request = Request::get("https://h/")
        .header("x-a", " \t a \t\t b\tc  d\t")
        .header("x-a", "")
        .header("x-a", "\t")
        .header("x-b", http::HeaderValue::from_bytes(b"caf\xe9").unwrap());
    let lines = canonical(example_scope("s"), request);
    assert_eq!(
        lines[3..7],
        ["host:h", "x-a:a b c d,,", "x-b:caf\u{fffd}", ""]
    );
}

/// Of the headers the transport adds only the host, with a port that is not the scheme's.
#[test]
fn the_host_is_what_the_transport_sends() {
    for (uri, host) in [
        ("https://h/", "host:h"),
        ("https://h:443/", "host:h"),
        ("http://h:80/", "host:h"),
        ("http://h:443/", "host:h:443"),
        ("https://u@h:8443/", "host:h:8443"),
        ("http://[::1]:8080/", "host:[::1]:8080"),
    ] {
        assert_eq!(
            canonical(example_scope("s"), Request::get(uri))[3],
            host,
            "{uri}"
        );
    }
    let mut relative = Request::get("/").body(Body::default()).unwrap();
    let credentials = Credentials::new("AKID", SECRET, None, None, "test");
    let keys = SigningKeys::default();
    let signer = Signer {
        scope: example_scope("s"),
        credentials: &credentials,
        keys: &keys,
        time: at(TIME),
    };
    let error = signer.sign(&mut relative, &Payload::Unsigned).unwrap_err();
    assert_eq!(error.to_string(), "cannot sign a request without a host");
}

/// RFC 3986, section 5.2.4, with empty segments removed, too. Then each segment is encoded again.
#[test]
fn paths_are_normalized_and_encoded_again() {
    let path = |path: &str, double_encoding, normalize_path| {
        let scope = Scope {
            double_encoding,
            normalize_path,
            ..example_scope("s")
        };
        canonical(scope, Request::get(format!("https://h{path}"))).swap_remove(1)
    };
    for (given, normal) in [
        ("", "/"),
        ("//", "/"),
        ("/..", "/"),
        ("/../a", "/a"),
        ("/a/b/.", "/a/b/"),
        ("/a/b/..", "/a/"),
        ("/a//b///", "/a/b/"),
        ("/a%2F..%2Fb", "/a%2F..%2Fb"),
        ("/a:b/...", "/a:b/..."),
    ] {
        assert_eq!(path(given, false, true), normal, "{given}");
        assert_eq!(
            path(given, true, true),
            normal.replace('%', "%25").replace(':', "%3A"),
            "{given}"
        );
        let as_it_is = if given.is_empty() { "/" } else { given };
        assert_eq!(path(given, false, false), as_it_is);
    }
}

/// However a query is encoded, a signature has it in one way.
#[test]
fn queries_are_sorted_and_encoded_in_one_way() {
    let query = |query| {
        canonical(
            example_scope("s"),
            Request::get(format!("https://h/?{query}")),
        )
        .swap_remove(2)
    };
    assert_eq!(query(""), "");
    assert_eq!(query("b=2&a=&a&&b=1&B=%c3%a9"), "B=%C3%A9&a=&a=&b=1&b=2");
    assert_eq!(query("k=a+b%2Bc:d=e%zz%ff"), "k=a%20b%2Bc%3Ad%3De%25zz%FF");
    // By the encoded names, and not by the decoded ones.
    assert_eq!(query("a-b=1&a%20b=2&a=3"), "a=3&a%20b=2&a-b=1");
}

/// A key serves for the same secret, day, Region and service only.
#[test]
fn a_cached_key_signs_what_a_new_one_signs() {
    let keys = SigningKeys::default();
    let day = 24 * 60 * 60;
    for _ in 0..2 {
        for (secret, name, region, time) in [
            (SECRET, "a", "us-east-1", TIME),
            (SECRET, "b", "us-east-1", TIME),
            (SECRET, "b", "us-east-2", TIME),
            (SECRET, "b", "us-east-2", TIME + day),
            ("other", "b", "us-east-2", TIME + day),
            ("other", "b", "us-east-2", TIME + day + 60),
        ] {
            let scope = Scope {
                region,
                ..example_scope(name)
            };
            let credentials = Credentials::new("AKID", secret, None, None, "test");
            let [cached, new] = [&keys, &SigningKeys::default()].map(|keys| {
                let signer = Signer {
                    scope,
                    credentials: &credentials,
                    keys,
                    time: at(time),
                };
                let mut request = Request::get("https://h/").body(Body::default()).unwrap();
                signer.sign(&mut request, &Payload::Unsigned).unwrap();
                signature(&request).to_owned()
            });
            assert_eq!(cached, new);
        }
    }
    let shown = format!("{keys:?}");
    assert_eq!(shown, "SigningKeys { .. }");
}

/// A time that a signature cannot express is an error, as are texts that headers cannot hold.
#[test]
fn unsignable_requests_are_errors() {
    let good = Credentials::new("AKID", SECRET, None, None, "test");
    let bad_key = Credentials::new("AKID\r", SECRET, None, None, "test");
    let bad_token = Credentials::new("AKID", SECRET, Some("token\n".to_owned()), None, "test");
    let far = SystemTime::UNIX_EPOCH
        .checked_add(Duration::from_secs(253_402_300_800))
        .unwrap();
    for (credentials, time) in [(&good, far), (&bad_key, at(TIME)), (&bad_token, at(TIME))] {
        let signer = Signer {
            scope: example_scope("s"),
            credentials,
            keys: &SigningKeys::default(),
            time,
        };
        let mut request = Request::get("https://h/").body(Body::default()).unwrap();
        let error = signer.sign(&mut request, &Payload::Unsigned).unwrap_err();
        assert!(!error.to_string().contains("token"), "{error}");
    }
}
