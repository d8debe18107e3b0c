//! Checksums of the body, in headers. Each is made of the body as it is when its function is
//! called, so after compression; a header that is there already stays. If the body is a stream, a
//! client reads it once for them.

#[cfg(any(feature = "checksums", feature = "md5", feature = "tree-hash"))]
use super::RequestWriter;
#[cfg(feature = "client")]
use crate::{Body, BoxError};
use http::header::{HeaderMap, HeaderName, HeaderValue};

#[cfg(feature = "checksums")]
mod flexible;
#[cfg(feature = "md5")]
mod md5;
#[cfg(feature = "tree-hash")]
mod tree_hash;

#[cfg(feature = "tree-hash")]
pub use tree_hash::tree_hash;

/// A checksum under way.
pub(crate) trait Checksum: Send {
    /// Takes the next piece of the body.
    fn update(&mut self, piece: &[u8]);

    /// The headers that it goes into, with their values of visible ASCII.
    fn headers(self: Box<Self>) -> Vec<(HeaderName, String)>;
}

#[cfg(any(feature = "checksums", feature = "md5", feature = "tree-hash"))]
impl RequestWriter<'_> {
    /// Adds a checksum of the body, or leaves it to whoever can read the stream that is the body.
    fn add_checksum(&mut self, mut checksum: Box<dyn Checksum>) -> &mut Self {
        #[cfg(feature = "stream")]
        if let Some((member, _)) = self.stream {
            #[cfg(feature = "client")]
            self.checksums.push(checksum);
            self.unsummed = Some(member);
            return self;
        }
        checksum.update(&self.body);
        set(&mut self.headers, checksum);
        self
    }
}

fn set(headers: &mut HeaderMap, checksum: Box<dyn Checksum>) {
    for (name, value) in checksum.headers() {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.entry(name).or_insert(value);
        }
    }
}

/// The request with these checksums of the stream that is its body, which is read for them.
#[cfg(feature = "client")]
pub(crate) async fn summed(
    mut request: http::Request<Body>,
    mut checksums: Vec<Box<dyn Checksum>>,
) -> Result<http::Request<Body>, BoxError> {
    if request.body().is_read_once() {
        return Err("a checksum of the stream goes before it, and it can be read only once: give bytes, a file, or a \
                    stream that can be opened again"
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
        .for_each(|checksum| set(request.headers_mut(), checksum));
    Ok(request)
}
