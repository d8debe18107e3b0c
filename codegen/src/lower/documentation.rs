//! Documentation and deprecation of shapes and members.

use crate::graph::member::Deprecated;
use crate::lower::tables::Tables;
use crate::text::Text;
use crate::text::docs::Docs;
use smithy_model::traits::{DEPRECATED, DOCUMENTATION};
use smithy_model::{Member, Node, Traits};

/// The `documentation` trait.
pub(crate) fn docs(tables: &Tables<'_, '_>, traits: &Traits) -> Docs {
    DOCUMENTATION
        .node(traits)
        .and_then(Node::as_str)
        .map(|text| Docs::from_html(text).with_fields(&tables.names.fields))
        .unwrap_or_default()
}

/// The member's own documentation, or that of a target which has no Rust item.
pub(crate) fn member_docs(tables: &Tables<'_, '_>, member: &Member) -> Docs {
    match tables.target(member) {
        Some(target)
            if !DOCUMENTATION.is_on(&member.traits)
                && !tables.names.types.contains_key(&target.id) =>
        {
            docs(tables, &target.traits)
        }
        _ => docs(tables, &member.traits),
    }
}

/// The `deprecated` trait.
pub(crate) fn deprecated(traits: &Traits) -> Option<Deprecated> {
    DEPRECATED.of(traits).map(|deprecated| Deprecated {
        message: deprecated.message.map(Text::new),
        since: deprecated.since.map(Text::new),
    })
}
