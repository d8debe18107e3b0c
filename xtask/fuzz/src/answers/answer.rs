//! HTTP responses with mutations.

use crate::Random;
use crate::json::{self, Palette};
use appfabric::rt::Bytes;
use appfabric::rt::http::{HeaderName, HeaderValue, Response};
use serde_json::{Map, Value};

const PALETTE: Palette<'_> = Palette {
    structural: &[],
    members: ("", &[]),
    strings: &[
        "",
        "\u{1b}[2J\u{7}",
        "a\nb\r\nc",
        "\u{202e}a\u{2066}b\u{2028}c\u{200b}d\u{feff}e",
        "\u{0}",
        "\u{85}",
        "é\u{301}日本\u{1f600}",
        "2024-05-06T07:08:09Z",
        "2024-05-06T07:08:09.999999999999Z",
        "2024-02-30T25:61:61Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:60-23:59",
        "-292277022657-01-27T08:29:52Z",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "1515531081.123",
        "NaN",
        "Infinity",
        "-Infinity",
        "true",
        "null",
        "1",
        "SLACK",
        "__type",
        "message",
        "Message",
        "code",
        "Error",
        "com.amazonaws.appfabric#ConflictException",
        "ThrottlingException",
        "===",
        "YQ==",
        "YQ",
    ],
    repeated: &[
        "a",
        "é",
        "\u{1f600}",
        "\u{202e}",
        "\n",
        "\\",
        "\"",
        " ",
        "0",
    ],
};

const STATUSES: &[u16] = &[
    200, 201, 202, 204, 206, 226, 299, 100, 101, 199, 300, 301, 304, 307, 308, 400, 401, 403, 404,
    409, 413, 418, 429, 499, 500, 501, 502, 503, 504, 509, 599, 600, 999,
];

const NAMES: &[&str] = &[
    "content-type",
    "content-length",
    "content-encoding",
    "transfer-encoding",
    "connection",
    "date",
    "location",
    "retry-after",
    "x-amz-retry-after",
    "x-amzn-errortype",
    "x-amzn-query-error",
    "x-amzn-requestid",
    "x-amz-request-id",
    "x-amz-id-2",
];

const VALUES: &[&str] = &[
    "",
    "\t",
    "a:b",
    "a#b:c",
    "#",
    ":",
    "com.amazonaws#ConflictException:http://internal/",
    "ConflictException",
    "InternalServerException",
    "ResourceNotFoundException",
    "ServiceQuotaExceededException",
    "ThrottlingException",
    "ValidationException",
    "AccessDeniedException",
    "RequestTimeTooSkewed",
    "RequestExpired",
    "RequestInTheFuture",
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "AuthFailure",
    "ExpiredToken",
    "ExpiredTokenException",
    "SlowDown",
    "RequestTimeout",
    "IDPCommunicationError",
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "Sat, 01 Jan 0000 00:00:00 GMT",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "Sun, 06 Nov 1994 08:49:37 GMT",
    "Mon, 01 Jan 2035 00:00:00 GMT",
    "Thu, 01 Jan 2026 00:10:00 GMT",
    "Thu, 01 Jan 12026 00:00:00 GMT",
    "2026-01-01T00:00:00Z",
    "0",
    "1",
    "-1",
    "1.5",
    "120",
    "86400",
    "18446744073709551616",
    "NaN",
    "text/html",
    "text/html; charset=\u{ff}",
    "application/json",
    "application/xml",
    "application/cbor",
    "gzip",
    "chunked",
    "close",
    "\u{202e}a\u{2028}",
];

/// The reaction of a server to a request.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    Http(Http),
    /// No response: the transport fails.
    Refused,
    /// No response, and no error.
    Silent,
}

/// An HTTP response.
#[derive(Clone, Debug)]
pub(super) struct Http {
    pub(super) status: u16,
    pub(super) headers: Vec<(Vec<u8>, Vec<u8>)>,
    pub(super) body: Vec<u8>,
    pub(super) end: End,
}

/// The way in which a body arrives and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The complete body arrives at once.
    Whole,
    /// The body arrives in pieces of this number of bytes.
    Pieces(usize),
    /// The body arrives in pieces, then the connection breaks.
    Broken(usize),
    /// The body arrives in pieces, then the connection stalls.
    Stuck(usize),
}

impl Answer {
    /// A valid response of an operation with mutations, or in some cases no response.
    pub(super) fn new(
        responses: &Map<String, Value>,
        operation: &str,
        random: &mut Random,
    ) -> Self {
        match random.below(60) {
            0 => return Self::Refused,
            1 => return Self::Silent,
            _ => {}
        }
        let kind = random
            .pick(&["full", "full", "minimal", "error", "error"])
            .copied()
            .unwrap_or_default();
        let seed = responses
            .get(operation)
            .and_then(|cases| cases.get(kind))
            .unwrap_or(&Value::Null);
        let mut http = Http::of(seed);
        for _ in 0..random.below(3) {
            http.mutate_head(random);
        }
        http.mutate_body(seed.get("body").unwrap_or(&Value::Null), random);
        let size = random.pick(&[1, 7, 1000, 100_000]).copied().unwrap_or(1);
        http.end = match random.below(16) {
            0 => End::Pieces(size),
            1 => End::Broken(size),
            2 => End::Stuck(size),
            _ => End::Whole,
        };
        Self::Http(http)
    }

    /// The response, if there is one.
    pub(super) fn response(&self) -> Option<Response<Bytes>> {
        let Self::Http(http) = self else { return None };
        Some(http.head()?.map(|()| Bytes::from(http.body.clone())))
    }

    /// The response as text, with its ending.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let Self::Http(http) = self else {
            return format!("{self:?}\n").into_bytes();
        };
        let mut bytes = format!("HTTP/1.1 {} {:?}\r\n", http.status, http.end).into_bytes();
        for (name, value) in &http.headers {
            bytes.extend([name, b": ".as_slice(), value, b"\r\n"].concat());
        }
        bytes.extend(b"\r\n");
        bytes.extend(&http.body);
        bytes
    }
}

impl Http {
    fn of(seed: &Value) -> Self {
        let status = seed
            .get("status")
            .and_then(Value::as_u64)
            .and_then(|status| u16::try_from(status).ok());
        let headers = seed
            .get("headers")
            .and_then(Value::as_object)
            .into_iter()
            .flatten();
        let bytes = |value: &Value| value.as_str().unwrap_or_default().as_bytes().to_vec();
        Self {
            status: status.unwrap_or(200),
            headers: headers
                .map(|(name, value)| (name.as_bytes().to_vec(), bytes(value)))
                .collect(),
            body: Vec::new(),
            end: End::Whole,
        }
    }

    fn mutate_head(&mut self, random: &mut Random) {
        let at = random.below(self.headers.len());
        match random.below(6) {
            0 => self.status = random.pick(STATUSES).copied().unwrap_or(200),
            1 if !self.headers.is_empty() => drop(self.headers.remove(at)),
            2 => {
                if let Some((_, value)) = self.headers.get_mut(at) {
                    damage(value, random);
                }
            }
            3 => {
                if let Some((name, _)) = self.headers.get(at).cloned() {
                    self.headers.push((name, value(random)));
                }
            }
            _ => {
                let name = random
                    .pick(NAMES)
                    .copied()
                    .unwrap_or_default()
                    .as_bytes()
                    .to_vec();
                if random.one_in(2) {
                    self.headers.retain(|(other, _)| *other != name);
                }
                self.headers.push((name, value(random)));
            }
        }
    }

    fn mutate_body(&mut self, seed: &Value, random: &mut Random) {
        let mut document = seed.clone();
        for _ in 0..random.below(4) {
            json::mutate(&mut document, &PALETTE, random);
        }
        self.body = if document.is_null() {
            Vec::new()
        } else {
            json::text(&document).into_bytes()
        };
        if random.one_in(4) {
            damage(&mut self.body, random);
        }
        if random.one_in(40) {
            self.body =
                b"<html><head><title>502 \x1b[31mBad\x00 Gateway</title></head></html>".to_vec();
        }
    }

    /// The response without its body. `None` if it is not valid HTTP.
    pub(super) fn head(&self) -> Option<Response<()>> {
        let mut response = Response::builder().status(self.status).body(()).ok()?;
        for (name, value) in &self.headers {
            if let (Ok(name), Ok(value)) =
                (HeaderName::from_bytes(name), HeaderValue::from_bytes(value))
            {
                response.headers_mut().append(name, value);
            }
        }
        Some(response)
    }
}

fn value(random: &mut Random) -> Vec<u8> {
    let mut value = random
        .pick(VALUES)
        .copied()
        .unwrap_or_default()
        .as_bytes()
        .to_vec();
    if random.one_in(10) {
        damage(&mut value, random);
    }
    value
}

/// Changes, inserts, removes, duplicates or truncates bytes.
fn damage(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len() + 1);
        let some = b"{}[]\",:\\0e-.tnu \x00\x1b\x7f\x80\xc3\xed\xa0\xf5\xff";
        let byte = random.pick(some).copied().unwrap_or_default();
        match random.below(6) {
            0 => bytes.truncate(at),
            1 if at < bytes.len() => drop(bytes.remove(at)),
            2 => bytes.insert(at, byte),
            3 => {
                if let Some(place) = bytes.get_mut(at) {
                    *place ^= 1 << random.below(8);
                }
            }
            4 => {
                let piece = bytes.get(at..).unwrap_or_default().to_vec();
                bytes.extend(piece);
            }
            _ => {
                if let Some(place) = bytes.get_mut(at) {
                    *place = byte;
                }
            }
        }
    }
}
