//! Values of "Authentication traits" and "AWS authentication traits".

use super::fields::{optional, required};
use crate::syntax::node::Node;
use crate::traits::reader::{Spanned, TraitValue};

/// The value of the `sigv4` and `sigv4a` traits, which reads as the name that signatures are for.
#[derive(Debug)]
pub enum SigningName {}

impl TraitValue for SigningName {
    type Read<'a> = &'a str;

    fn read(node: &Node) -> Option<&str> {
        required(node, "name", Node::as_str)
    }
}

/// Authentication by a key.
#[derive(Clone, Copy, Debug)]
pub struct ApiKeyAuth<'a> {
    /// The name of the header or query parameter.
    pub name: &'a str,
    /// Where the key stands.
    pub location: Spanned<ApiKeyLocation>,
    /// The scheme before the key in a header.
    pub scheme: Option<&'a str>,
}

/// Where an API key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiKeyLocation {
    /// In a header.
    Header,
    /// In a query parameter.
    Query,
}

impl TraitValue for ApiKeyAuth<'_> {
    type Read<'a> = ApiKeyAuth<'a>;

    fn read(node: &Node) -> Option<ApiKeyAuth<'_>> {
        let location = required(node, "in", |node| {
            let value = match node.as_str()? {
                "header" => ApiKeyLocation::Header,
                "query" => ApiKeyLocation::Query,
                _ => return None,
            };
            Some(Spanned {
                value,
                span: node.span,
            })
        })?;
        Some(ApiKeyAuth {
            name: required(node, "name", Node::as_str)?,
            location,
            scheme: optional(node, "scheme", Node::as_str)?,
        })
    }
}
