//! Values of "Type refinement traits".

use super::fields::{flag, list, optional, required};
use crate::syntax::node::Node;
use crate::syntax::source::Span;
use crate::traits::reader::TraitValue;

/// Whose fault an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The client's.
    Client,
    /// The service's.
    Server,
}

impl TraitValue for Fault {
    type Read<'a> = Fault;

    fn read(node: &Node) -> Option<Fault> {
        match node.as_str()? {
            "client" => Some(Fault::Client),
            "server" => Some(Fault::Server),
            _ => None,
        }
    }
}

/// A value of the `enum` trait.
#[derive(Clone, Copy, Debug)]
pub struct EnumDefinition<'a> {
    /// The value.
    pub value: &'a str,
    /// Its name in code.
    pub name: Option<&'a str>,
    /// Its documentation, in CommonMark.
    pub documentation: Option<&'a str>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Where it stands.
    pub span: Span,
}

/// The values of the `enum` trait, which read as [`EnumDefinition`]s.
#[derive(Debug)]
pub enum EnumDefinitions {}

impl TraitValue for EnumDefinitions {
    type Read<'a> = Vec<EnumDefinition<'a>>;

    fn read(node: &Node) -> Option<Vec<EnumDefinition<'_>>> {
        list(node, |node| {
            Some(EnumDefinition {
                value: required(node, "value", Node::as_str)?,
                name: optional(node, "name", Node::as_str)?,
                documentation: optional(node, "documentation", Node::as_str)?,
                deprecated: flag(node, "deprecated")?,
                span: node.span,
            })
        })
    }
}
