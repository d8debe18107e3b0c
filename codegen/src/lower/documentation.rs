//! Documentation and deprecation of shapes and members.

use crate::graph::member::Deprecated;
use crate::lower::tables::Tables;
use crate::text::Text;
use crate::text::docs::Docs;
use smithy_model::{Member, Node, Traits};

/// The `documentation` trait.
pub(crate) fn docs(traits: &Traits) -> Docs {
    traits
        .get("smithy.api#documentation")
        .and_then(Node::as_str)
        .map(Docs::from_html)
        .unwrap_or_default()
}

/// The member's own documentation, or that of a target which has no Rust item.
pub(crate) fn member_docs(tables: &Tables<'_, '_>, member: &Member) -> Docs {
    match tables.target(member) {
        Some(target)
            if !member.traits.has("smithy.api#documentation")
                && !tables.names.types.contains_key(&target.id) =>
        {
            docs(&target.traits)
        }
        _ => docs(&member.traits),
    }
}

/// The `deprecated` trait.
pub(crate) fn deprecated(traits: &Traits) -> Option<Deprecated> {
    let node = traits.get("smithy.api#deprecated")?;
    let text = |key| node.get(key).and_then(Node::as_str).map(Text::new);
    Some(Deprecated {
        message: text("message"),
        since: text("since"),
    })
}
