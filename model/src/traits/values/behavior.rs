//! Values of "Behavior traits" and of AWS's checksums.

use super::fields::{flag, list, optional, required, spanned_str, strings};
use crate::syntax::node::Node;
use crate::traits::reader::{Spanned, TraitValue};

/// How the results of an operation are paginated. Paths have dots between the names of members.
/// What an operation leaves out, its service has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paginated<'a> {
    /// The input member that takes the token of a page.
    pub input_token: Option<Spanned<&'a str>>,
    /// The path of the output's token of the next page.
    pub output_token: Option<Spanned<&'a str>>,
    /// The path of the output's list or map of results.
    pub items: Option<Spanned<&'a str>>,
    /// The input member that takes the greatest number of results on a page.
    pub page_size: Option<Spanned<&'a str>>,
}

impl Paginated<'_> {
    /// The parts of an operation, and those of its service that it leaves out.
    #[must_use]
    pub fn or(self, service: Option<Self>) -> Self {
        let Some(service) = service else {
            return self;
        };
        Self {
            input_token: self.input_token.or(service.input_token),
            output_token: self.output_token.or(service.output_token),
            items: self.items.or(service.items),
            page_size: self.page_size.or(service.page_size),
        }
    }
}

impl TraitValue for Paginated<'_> {
    type Read<'a> = Paginated<'a>;

    fn read(node: &Node) -> Option<Paginated<'_>> {
        let part = |key| optional(node, key, spanned_str);
        Some(Paginated {
            input_token: part("inputToken")?,
            output_token: part("outputToken")?,
            items: part("items")?,
            page_size: part("pageSize")?,
        })
    }
}

/// How request bodies can be compressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestCompression<'a> {
    /// The names of the encodings, the preferred one first. Case does not matter.
    pub encodings: Vec<&'a str>,
}

impl TraitValue for RequestCompression<'_> {
    type Read<'a> = RequestCompression<'a>;

    fn read(node: &Node) -> Option<RequestCompression<'_>> {
        let encodings = required(node, "encodings", |node| list(node, Node::as_str))?;
        Some(RequestCompression { encodings })
    }
}

/// How requests that failed with an error are retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retryable {
    /// Whether the service throttles the client.
    pub throttling: bool,
}

impl TraitValue for Retryable {
    type Read<'a> = Retryable;

    fn read(node: &Node) -> Option<Retryable> {
        let throttling = flag(node, "throttling")?;
        Some(Retryable { throttling })
    }
}

/// The checksums of an operation's messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpChecksum<'a> {
    /// The input member that chooses the algorithm of the request's checksum.
    pub request_algorithm_member: Option<Spanned<&'a str>>,
    /// Whether requests need a checksum.
    pub request_checksum_required: bool,
    /// The algorithms of checksums that responses may have.
    pub response_algorithms: Option<Spanned<Vec<&'a str>>>,
}

impl TraitValue for HttpChecksum<'_> {
    type Read<'a> = HttpChecksum<'a>;

    fn read(node: &Node) -> Option<HttpChecksum<'_>> {
        let algorithms = strings(node, "responseAlgorithms")?;
        Some(HttpChecksum {
            request_algorithm_member: optional(node, "requestAlgorithmMember", spanned_str)?,
            request_checksum_required: flag(node, "requestChecksumRequired")?,
            response_algorithms: node.get("responseAlgorithms").map(|node| Spanned {
                value: algorithms,
                span: node.span,
            }),
        })
    }
}
