//! The checksums of Glacier's uploads (Amazon S3 Glacier, *Computing Checksums*).

use crate::http_binding::request::checksum::sum::Checksum;
use crate::http_binding::request::writer::RequestWriter;
use crate::types::hex::hex;
use http::header::HeaderName;
use sha2::{Digest, Sha256};

const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const TREE_HASH: HeaderName = HeaderName::from_static("x-amz-sha256-tree-hash");

/// The number of bytes in a leaf of the tree.
const LEAF: usize = 1024 * 1024;

type Hash = [u8; 32];

impl RequestWriter<'_> {
    /// Adds the SHA-256 hash and the SHA-256 tree hash of the body, unless header members have set
    /// them.
    pub fn tree_hash(&mut self) -> &mut Self {
        self.add_checksum(Box::new(Tree::default()))
    }
}

/// The state of the calculation.
#[derive(Default)]
struct Tree {
    whole: Sha256,
    leaves: Vec<Hash>,
    /// The current leaf and its number of bytes.
    leaf: Sha256,
    filled: usize,
}

impl Checksum for Tree {
    fn update(&mut self, mut piece: &[u8]) {
        self.whole.update(piece);
        while let Some((start, rest)) = piece.split_at_checked(LEAF - self.filled) {
            self.leaf.update(start);
            self.leaves.push(self.leaf.finalize_reset().into());
            self.filled = 0;
            piece = rest;
        }
        self.leaf.update(piece);
        self.filled += piece.len();
    }

    fn headers(mut self: Box<Self>) -> Vec<(HeaderName, String)> {
        if self.filled > 0 || self.leaves.is_empty() {
            self.leaves.push(self.leaf.finalize().into());
        }
        let whole: Hash = self.whole.finalize().into();
        vec![
            (CONTENT_SHA256, hex(&whole)),
            (TREE_HASH, hex(&root(self.leaves))),
        ]
    }
}

/// The SHA-256 tree hash of an archive in hexadecimal digits. Glacier requires it for an upload,
/// and to complete a multipart upload.
pub fn tree_hash(archive: &[u8]) -> String {
    let leaves = archive.chunks(LEAF).map(hash).collect();
    hex(&root(leaves))
}

/// The hash of the root. A leaf is the hash of one MiB and a node the hash of its two children. A
/// node without a sibling moves up unchanged.
fn root(mut level: Vec<Hash>) -> Hash {
    while level.len() > 1 {
        level = level.chunks(2).map(node).collect();
    }
    level.first().copied().unwrap_or_else(|| hash(&[]))
}

fn node(children: &[Hash]) -> Hash {
    match children {
        [only] => *only,
        children => hash(children.as_flattened()),
    }
}

fn hash(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The expected values are those of `botocore.utils.calculate_tree_hash`.
    #[test]
    fn tree_hashes_equal_those_of_botocore() {
        for (length, tree) in [
            (
                0,
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
            (
                5,
                "08bb5e5d6eaac1049ede0893d30ed022b1a4d9b5b48db414871f51c9cb35283d",
            ),
            (
                1_048_576,
                "631b84027d6b9e52b539c4e8373622d23032dfadc64d60af87339c9037e4f769",
            ),
            (
                1_048_577,
                "a9c574ce937d2371daf87cdd0e75396b096d7f74a66c764e4c656bd12b2e7bf9",
            ),
            (
                3_145_728,
                "2e7d51c0ffe06ce95fe74beed9a4ab35d18837f4ab2a9f4f066a60359eb999a1",
            ),
            (
                5_242_887,
                "39119a173a11e05648146d51f35437d6960dcfe76ddd40b818dce8fedcef76e3",
            ),
        ] {
            let body: Vec<u8> = (0..=250).cycle().take(length).collect();
            assert_eq!(tree_hash(&body), tree, "{length}");
            for size in [1_000, 1_048_576, 3_000_000] {
                let mut pieces = Tree::default();
                body.chunks(size).for_each(|piece| pieces.update(piece));
                let [(_, whole), (_, root)] = &Box::new(pieces).headers()[..] else {
                    panic!("two headers")
                };
                assert_eq!(
                    (whole, root.as_str()),
                    (&hex(&hash(&body)), tree),
                    "{length} by {size}"
                );
            }
        }
    }
}
