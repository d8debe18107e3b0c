//! The examples of an operation.

use crate::graph::value::MemberValue;
use crate::text::Text;
use crate::text::docs::Docs;

/// The examples of an operation: one that the generator makes up, and those of the model.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Examples {
    /// A call with values for every member; none if it would be too large.
    pub(crate) sample: Option<Sample>,
    /// The examples of the trait `smithy.api#examples` that fit the input.
    pub(crate) published: Vec<PublishedExample>,
}

/// A call that the generator makes up.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sample {
    pub(crate) input: Vec<MemberValue>,
    /// Whether it uses deprecated items.
    pub(crate) deprecated: bool,
}

/// A call of the model, and the response to it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PublishedExample {
    /// What it shows, in a few words.
    pub(crate) title: Text,
    pub(crate) docs: Docs,
    pub(crate) input: Vec<MemberValue>,
    pub(crate) response: Option<ExampleResponse>,
}

/// The response of the service, with members by their names in the model.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ExampleResponse {
    /// The name of the error; `None` for an output.
    pub(crate) error: Option<Text>,
    /// JSON on several lines.
    pub(crate) members: Option<Text>,
}
