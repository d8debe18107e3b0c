//! The questions that lowering asks a protocol, and what its answers are made of.

use crate::graph::wire::{Document, Head, Location};
use crate::text::Text;
use smithy_model::traits::TimestampFormat;
use smithy_model::{Diagnostic, Member, Shape};

/// What differs between protocols.
///
/// Shapes and members are those of the model. Answers depend on nothing else, so that the same
/// model gives the same crate.
pub trait Protocol {
    /// Whether the protocol reads a trait, given by its shape id, that other protocols may ignore.
    fn honors(&self, trait_id: &str) -> bool;

    /// Method, path, query and constant headers of an operation's requests.
    ///
    /// # Errors
    ///
    /// The operation lacks what the protocol needs, or has what it does not support.
    fn head(&self, operation: &Shape) -> Result<Head, Diagnostic>;

    /// The HTTP status of an operation's successful responses.
    fn status(&self, operation: &Shape) -> u16;

    /// Where a member of a structure is located. `target` is the shape that it targets. Only the
    /// members of messages have locations other than [`Location::Body`].
    fn location(&self, member: &Member, target: &Shape, container: Container<'_>) -> Location;

    /// The format of a timestamp at this location. `modeled` is the format of the member's or the
    /// target's `timestampFormat` trait.
    fn timestamp_format(
        &self,
        location: &Location,
        modeled: Option<TimestampFormat>,
    ) -> TimestampFormat;

    /// The name of a structure's or union's member in a document.
    fn wire_name(&self, member: &Member, container: &Shape) -> WireName;

    /// The document that holds the members at [`Location::Body`]; `None` if the message has no
    /// document.
    fn document(&self, message: Message<'_>) -> Option<Document>;

    /// How responses with an error of this shape are identified.
    fn error_key(&self, error: &Shape) -> ErrorKey;

    /// The module of `smithy_rt::protocol` whose `error_facts` reads the code and the message of an
    /// error response.
    fn error_reader(&self) -> &'static str;
}

/// What a member belongs to.
#[derive(Clone, Copy, Debug)]
pub enum Container<'a> {
    /// The input of an operation whose requests have this head.
    Input(&'a Head),
    /// The output of an operation.
    Output,
    /// An error that is returned as a response.
    Error,
    /// A structure or union that is the value of a member.
    Nested,
}

/// A message whose document is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// Input, output or error.
    pub container: Container<'a>,
    /// The structure; `None` for `smithy.api#Unit`, which some protocols tell apart from a
    /// structure without members.
    pub shape: Option<&'a Shape>,
    /// Whether a member is at [`Location::Body`].
    pub has_members: bool,
}

/// The name of a member in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WireName {
    /// The name.
    pub name: Text,
    /// Another name that is read as well.
    pub alias: Option<Text>,
}

/// How an error response is identified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorKey {
    /// The code, without a namespace.
    pub code: String,
    /// The HTTP status.
    pub status: u16,
}
