//! Values of "Documentation traits".

use super::fields::{list, optional, required, spanned_str};
use crate::syntax::node::Node;
use crate::syntax::source::Span;
use crate::traits::reader::{Spanned, TraitValue};

/// Why a shape is deprecated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deprecated<'a> {
    /// The reason, in CommonMark.
    pub message: Option<&'a str>,
    /// The version or date that deprecated it.
    pub since: Option<&'a str>,
}

impl TraitValue for Deprecated<'_> {
    type Read<'a> = Deprecated<'a>;

    fn read(node: &Node) -> Option<Deprecated<'_>> {
        Some(Deprecated {
            message: optional(node, "message", Node::as_str)?,
            since: optional(node, "since", Node::as_str)?,
        })
    }
}

/// An example of a call.
#[derive(Clone, Copy, Debug)]
pub struct Example<'a> {
    /// What it shows, in a few words.
    pub title: &'a str,
    /// Its documentation, in CommonMark.
    pub documentation: Option<&'a str>,
    /// The members of the input, an object.
    pub input: Option<&'a Node>,
    /// The members of the output, an object.
    pub output: Option<&'a Node>,
    /// The error that the call returns instead of an output.
    pub error: Option<ExampleError<'a>>,
    /// Where it stands.
    pub span: Span,
}

/// The error that an example shows.
#[derive(Clone, Copy, Debug)]
pub struct ExampleError<'a> {
    /// The id of its shape.
    pub shape_id: Option<Spanned<&'a str>>,
    /// Its members, an object.
    pub content: Option<&'a Node>,
}

/// The value of the `examples` trait, which reads as [`Example`]s.
#[derive(Debug)]
pub enum Examples {}

impl TraitValue for Examples {
    type Read<'a> = Vec<Example<'a>>;

    fn read(node: &Node) -> Option<Vec<Example<'_>>> {
        list(node, |node| {
            Some(Example {
                title: required(node, "title", Node::as_str)?,
                documentation: optional(node, "documentation", Node::as_str)?,
                input: node.get("input"),
                output: node.get("output"),
                error: optional(node, "error", |error| {
                    Some(ExampleError {
                        shape_id: optional(error, "shapeId", spanned_str)?,
                        content: error.get("content"),
                    })
                })?,
                span: node.span,
            })
        })
    }
}
