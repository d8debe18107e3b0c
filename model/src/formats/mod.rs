//! The formats that models are written in, each read into drafts.

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

/// Reads every file. `None` if one of them cannot be read as a model at all: without it, problems
/// in the others mean little.
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
