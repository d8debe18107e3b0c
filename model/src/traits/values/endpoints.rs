//! Values of "Endpoint traits" and "Rules engine traits".

use super::fields::{optional, required, spanned_str};
use crate::syntax::node::Node;
use crate::syntax::source::Span;
use crate::traits::reader::{Spanned, TraitValue};

/// The value of the `endpoint` trait, which reads as the prefix of the host.
#[derive(Debug)]
pub enum HostPrefix {}

impl TraitValue for HostPrefix {
    type Read<'a> = Spanned<&'a str>;

    fn read(node: &Node) -> Option<Spanned<&str>> {
        required(node, "hostPrefix", spanned_str)
    }
}

/// The value of the `contextParam` trait, which reads as the name of the parameter.
#[derive(Debug)]
pub enum ContextParam {}

impl TraitValue for ContextParam {
    type Read<'a> = &'a str;

    fn read(node: &Node) -> Option<&str> {
        required(node, "name", Node::as_str)
    }
}

/// A parameter of the endpoint rules, by name.
#[derive(Clone, Copy, Debug)]
pub struct EndpointParam<'a, T> {
    /// The name of the parameter.
    pub name: &'a str,
    /// What sets it.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// A setting of the client.
#[derive(Clone, Copy, Debug)]
pub struct ClientContextParam<'a> {
    /// Its type.
    pub ty: ClientParamType,
    /// Its documentation, in CommonMark.
    pub documentation: Option<&'a str>,
}

/// The type of a setting of the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientParamType {
    /// A string.
    String,
    /// A Boolean.
    Boolean,
}

/// The value of the `clientContextParams` trait, which reads as [`ClientContextParam`]s.
#[derive(Debug)]
pub enum ClientContextParams {}

impl TraitValue for ClientContextParams {
    type Read<'a> = Vec<EndpointParam<'a, ClientContextParam<'a>>>;

    fn read(node: &Node) -> Option<Self::Read<'_>> {
        params(node, |node| {
            Some(ClientContextParam {
                ty: match required(node, "type", Node::as_str)? {
                    "string" => ClientParamType::String,
                    "boolean" => ClientParamType::Boolean,
                    _ => return None,
                },
                documentation: optional(node, "documentation", Node::as_str)?,
            })
        })
    }
}

/// The value of the `staticContextParams` trait, which reads as values: a string, a Boolean or a
/// list of strings each.
#[derive(Debug)]
pub enum StaticContextParams {}

impl TraitValue for StaticContextParams {
    type Read<'a> = Vec<EndpointParam<'a, &'a Node>>;

    fn read(node: &Node) -> Option<Self::Read<'_>> {
        params(node, |node| node.get("value"))
    }
}

/// The value of the `operationContextParams` trait, which reads as JMESPath expressions.
#[derive(Debug)]
pub enum OperationContextParams {}

impl TraitValue for OperationContextParams {
    type Read<'a> = Vec<EndpointParam<'a, &'a str>>;

    fn read(node: &Node) -> Option<Self::Read<'_>> {
        params(node, |node| required(node, "path", Node::as_str))
    }
}

fn params<'a, T>(
    node: &'a Node,
    read: fn(&'a Node) -> Option<T>,
) -> Option<Vec<EndpointParam<'a, T>>> {
    let param = |(name, entry): (&'a String, &'a crate::syntax::node::Entry)| {
        Some(EndpointParam {
            name,
            value: read(&entry.node)?,
            span: entry.node.span,
        })
    };
    node.as_object()?.iter().map(param).collect()
}
