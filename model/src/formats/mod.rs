//! The formats of model files. Each is read into drafts.

mod botocore;
mod fields;
mod json;
mod smithy_json;

pub use botocore::files::is_service as is_botocore_service;

use crate::draft::definition::Content;
use crate::draft::loading::Loading;
use crate::syntax::node::Node;
use crate::syntax::source::SourceId;
use botocore::files::{Files, Kind};

/// Reads all files. Returns `None` if one of them is not a model: without it, checks of the others
/// would report problems that are not there.
pub(crate) fn read(files: &[SourceId], loading: &mut Loading) -> Option<Content> {
    let roots: Vec<_> = files
        .iter()
        .map(|id| Node::parse(loading.sources, *id))
        .collect();
    let mut content = Content::default();
    let mut botocore = Files::default();
    let (mut is_complete, mut has_smithy) = (true, false);
    for root in roots {
        let root = match root {
            Ok(root) => root,
            Err(problems) => {
                loading.extend(problems);
                is_complete = false;
                continue;
            }
        };
        match Kind::of(&root) {
            Some(kind) => botocore.add(kind, root),
            None if smithy_json::read(root, &mut content, loading) => has_smithy = true,
            None => is_complete = false,
        }
    }
    if has_smithy {
        is_complete &= botocore.refuse_mixture(loading);
    } else if is_complete && !botocore.is_empty() {
        content.drafts = botocore::lower(botocore, loading)?;
    }
    is_complete.then_some(content)
}
