//! Headers with checksums of the body. A checksum covers the body at the time of the call, so it
//! has to be added after compression. It does not replace a header that exists already. If the body
//! is a stream, the client reads it once to calculate the checksums.

#[cfg(feature = "checksums")]
mod flexible;
#[cfg(feature = "md5")]
mod md5;
pub(crate) mod sum;
#[cfg(feature = "tree-hash")]
mod tree_hash;

#[cfg(feature = "tree-hash")]
pub use tree_hash::tree_hash;
