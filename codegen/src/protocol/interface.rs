//! The trait that a protocol implements, and the types in its methods.

use crate::graph::wire::{Document, Head, Location};
use crate::text::Text;
use smithy_model::traits::TimestampFormat;
use smithy_model::{Diagnostic, Member, Shape};

/// A protocol of a service: each method answers a question in which protocols differ.
///
/// The parameters are shapes and members of the model. The answers must not depend on anything else,
/// so that the same model always gives the same crate.
pub trait Protocol {
    /// Whether the protocol reads the trait with this shape id. Traits that neither the protocol nor
    /// the generator reads are reported.
    fn honors(&self, trait_id: &str) -> bool;

    /// Method, path, query and constant headers of an operation's requests.
    ///
    /// # Errors
    ///
    /// The operation lacks a trait that the protocol requires, or uses a feature that it does not
    /// support.
    fn head(&self, operation: &Shape) -> Result<Head, Diagnostic>;

    /// The HTTP status of an operation's successful responses.
    fn status(&self, operation: &Shape) -> u16;

    /// The location of a structure's member. `target` is the shape that it targets. Members of
    /// nested structures are at [`Location::Body`].
    fn location(&self, member: &Member, target: &Shape, container: Container<'_>) -> Location;

    /// The format of a timestamp at this location. `modeled` is the value of the `timestampFormat`
    /// trait of the member or, if it has none, of its target.
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

    /// The code and the status of responses with an error of this shape.
    fn error_key(&self, error: &Shape) -> ErrorKey;

    /// The module of `smithy_rt::protocol` whose `error_facts` reads the code and the message of an
    /// error response.
    fn error_reader(&self) -> &'static str;
}

/// The role of the structure that contains a member.
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

/// A request or response, as a parameter of [`Protocol::document`].
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// The role of its structure: input, output or error.
    pub container: Container<'a>,
    /// The structure; `None` for `smithy.api#Unit`. Some protocols distinguish it from a structure
    /// without members.
    pub shape: Option<&'a Shape>,
    /// Whether the structure has members at [`Location::Body`].
    pub has_members: bool,
}

/// The name of a member in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WireName {
    /// The name.
    pub name: Text,
    /// Another name that is accepted when reading.
    pub alias: Option<Text>,
}

/// The identification of an error response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorKey {
    /// The code, without a namespace.
    pub code: String,
    /// The HTTP status.
    pub status: u16,
}
