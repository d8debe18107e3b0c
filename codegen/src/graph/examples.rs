//! The examples that the model gives of an operation.

use crate::text::Text;
use crate::text::docs::Docs;
use smithy_model::{Node, Span};

/// A call, and how the service answers it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ModelExample {
    /// What it shows, in a few words.
    pub(crate) title: Text,
    pub(crate) docs: Docs,
    /// Where it stands in the model.
    pub(crate) span: Span,
    /// The members of the input, an object; nothing is given where there are none.
    pub(crate) input: Option<Node>,
    pub(crate) answer: Option<Answer>,
}

/// How the service answers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer {
    /// With the members of the output.
    Output(Node),
    /// With an error, and its members.
    Error(Text, Option<Node>),
}
