//! Checksums of the body.

#[cfg(feature = "client")]
use crate::error::box_error::BoxError;
#[cfg(feature = "client")]
use crate::http_binding::body::body_type::Body;
use http::header::{HeaderMap, HeaderName, HeaderValue};

/// A checksum whose calculation has started.
pub(crate) trait Checksum: Send {
    /// Adds the next piece of the body.
    fn update(&mut self, piece: &[u8]);

    /// Finishes the checksum. Returns headers and their values, which are visible ASCII.
    fn headers(self: Box<Self>) -> Vec<(HeaderName, String)>;
}

/// Sets the headers of a checksum, except those that exist already.
pub(in crate::http_binding::request) fn set_headers(
    headers: &mut HeaderMap,
    checksum: Box<dyn Checksum>,
) {
    for (name, value) in checksum.headers() {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.entry(name).or_insert(value);
        }
    }
}

/// Reads the stream that is the body of a request, and sets the headers of its checksums.
#[cfg(feature = "client")]
pub(crate) async fn add_checksums(
    mut request: http::Request<Body>,
    mut checksums: Vec<Box<dyn Checksum>>,
) -> Result<http::Request<Body>, BoxError> {
    if request.body().is_read_once() {
        return Err("the request needs a checksum of its body, which is a stream that can be read only once: use \
                    bytes, a file or `Body::reopen`"
            .into());
    }
    let mut stream = request.body().share();
    while let Some(piece) = stream.next().await {
        let piece = piece?;
        checksums
            .iter_mut()
            .for_each(|checksum| checksum.update(&piece));
    }
    checksums
        .into_iter()
        .for_each(|checksum| set_headers(request.headers_mut(), checksum));
    Ok(request)
}
