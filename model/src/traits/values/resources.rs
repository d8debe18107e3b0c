//! Values of "Resource traits".

use super::fields::{list, optional, required, spanned_str};
use crate::syntax::node::Node;
use crate::syntax::source::Span;
use crate::traits::reader::{Spanned, TraitValue};

/// A resource that a shape refers to.
#[derive(Clone, Debug)]
pub struct Reference<'a> {
    /// The id of the resource.
    pub resource: Spanned<&'a str>,
    /// The identifiers of the resource, with the members that hold them.
    pub ids: Vec<(&'a str, &'a str)>,
    /// Where it stands.
    pub span: Span,
}

/// The value of the `references` trait, which reads as [`Reference`]s.
#[derive(Debug)]
pub enum References {}

impl TraitValue for References {
    type Read<'a> = Vec<Reference<'a>>;

    fn read(node: &Node) -> Option<Vec<Reference<'_>>> {
        list(node, |node| {
            Some(Reference {
                resource: required(node, "resource", spanned_str)?,
                ids: optional(node, "ids", ids)?.unwrap_or_default(),
                span: node.span,
            })
        })
    }
}

fn ids(node: &Node) -> Option<Vec<(&str, &str)>> {
    node.as_object()?
        .iter()
        .map(|(name, entry)| Some((name.as_str(), entry.node.as_str()?)))
        .collect()
}
