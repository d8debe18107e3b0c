//! Writing requests (Smithy, *HTTP bindings*).

#[cfg(any(
    feature = "checksums",
    feature = "md5",
    feature = "tree-hash",
    feature = "client"
))]
pub(crate) mod checksum;
pub(crate) mod encoding;
pub(crate) mod error;
#[cfg(feature = "gzip")]
mod gzip;
pub(crate) mod headers;
mod host;
pub(crate) mod maps;
pub(crate) mod settings;
#[cfg(feature = "stream")]
pub(crate) mod stream;
pub(crate) mod writer;

#[cfg(feature = "tree-hash")]
pub use checksum::tree_hash;
pub use error::{RequestError, RequestErrorKind};
pub use maps::{PrefixHeaders, QueryMap};
pub use writer::RequestWriter;
