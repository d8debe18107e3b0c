//! A service and its operations.

use crate::graph::auth::{Auth, Scheme};
use crate::graph::endpoint::bindings::Binding;
use crate::graph::endpoint::rule_set::EndpointRules;
use crate::graph::examples::Examples;
use crate::graph::member::{Deprecated, Member, Type};
use crate::graph::protocol_tests::OperationTests;
use crate::graph::shape::{Shape, Structure, TypeName};
use crate::graph::waiters::Waiter;
use crate::graph::wire::{Request, Response};
use crate::text::Text;
use crate::text::docs::Docs;
use crate::text::markdown::{Markdown, markdown, name};
use indexmap::IndexMap;
use smithy_model::ShapeId;
use std::collections::BTreeMap;

/// The shapes that become Rust types, by shape id.
pub(crate) type Shapes = IndexMap<ShapeId, Shape>;

/// A service: its operations and every shape that becomes a Rust type, both sorted by shape id.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) id: ShapeId,
    /// The name for documentation: the `title` trait, the `sdkId`, or the name of the shape.
    pub(crate) title: Text,
    /// The name of the crate, such as `appfabric`.
    pub(crate) crate_name: String,
    pub(crate) version: Text,
    /// The id of the service in settings: the `sdkId`, or the name of the shape.
    pub(crate) sdk_id: Text,
    /// The name of an AWS service in URLs of AWS's documentation.
    pub(crate) doc_id: Option<String>,
    /// The authentication schemes, the preferred one first.
    pub(crate) schemes: Vec<Scheme>,
    pub(crate) docs: Docs,
    pub(crate) operations: IndexMap<ShapeId, Operation>,
    pub(crate) shapes: Shapes,
    /// The errors that any of the operations may return.
    pub(crate) errors: Vec<ErrorVariant>,
    /// The module of `smithy_rt::protocol` that reads code and message of an error response.
    pub(crate) error_reader: &'static str,
    pub(crate) endpoint: Option<EndpointRules>,
    /// The `recursion_limit` of the crate, if it needs more than the default of the compiler.
    pub(crate) recursion_limit: Option<usize>,
    /// Whether the types implement the traits of serde.
    pub(crate) serde: bool,
    /// Whether the crate has a server.
    pub(crate) server: bool,
    /// The patterns of inputs, if the crate has a server.
    pub(crate) patterns: Patterns,
}

/// The patterns of the model, and the same in the syntax of the crate `fancy-regex`; `None` for one
/// that servers do not check.
pub(crate) type Patterns = BTreeMap<Text, Option<Text>>;

/// A variant of the error enum.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ErrorVariant {
    pub(crate) id: ShapeId,
    /// The code that identifies the error in a response.
    pub(crate) code: Text,
    /// The name of the variant.
    pub(crate) rust: String,
    /// The Rust type of the value in the variant.
    pub(crate) shape: String,
    /// The `retryable` trait.
    pub(crate) retry: Retry,
    /// What the client does: it also retries errors with known codes and statuses.
    pub(crate) retried: Retry,
}

/// Whether and how an error is retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Retry {
    Never,
    Transient,
    Throttling,
}

/// An operation. It is emitted as its input structure, which has the name of the operation.
#[derive(Debug, PartialEq)]
pub(crate) struct Operation {
    pub(crate) id: ShapeId,
    pub(crate) name: TypeName,
    /// The method of the client.
    pub(crate) method: String,
    pub(crate) auth: Auth,
    /// Whether signatures cover the body (AWS, "unsignedPayload trait").
    pub(crate) signed_payload: bool,
    /// Whether the model marks it as idempotent, and neither its HTTP method nor an idempotency
    /// token makes it idempotent.
    pub(crate) idempotent: bool,
    /// Whether the service may delay its response until an event (AWS, "longPoll trait").
    pub(crate) long_poll: bool,
    /// The values that it gives to parameters of the endpoint rules.
    pub(crate) bindings: Vec<Binding>,
    pub(crate) request: Request,
    pub(crate) input: Structure,
    pub(crate) response: Response,
    pub(crate) output: Structure,
    pub(crate) errors: Vec<ErrorVariant>,
    pub(crate) pagination: Option<Pagination>,
    pub(crate) waiters: Vec<Waiter>,
    pub(crate) examples: Examples,
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) docs: Docs,
    /// Empty unless the options ask for them.
    pub(crate) protocol_tests: OperationTests,
}

/// The `paginated` trait of an operation, merged with the service's.
#[derive(Debug, PartialEq)]
pub(crate) struct Pagination {
    pub(crate) input_token: String,
    pub(crate) output_token: Vec<String>,
    pub(crate) items: Vec<String>,
    pub(crate) page_size: Option<String>,
}

impl Service {
    /// The operations that have protocol tests for clients.
    pub(crate) fn tested(&self) -> impl Iterator<Item = &Operation> {
        self.operations
            .values()
            .filter(|operation| !operation.protocol_tests.client.is_empty())
    }

    /// The operations that have protocol tests for servers.
    pub(crate) fn tested_in_server(&self) -> impl Iterator<Item = &Operation> {
        self.operations
            .values()
            .filter(|operation| !operation.protocol_tests.server.is_empty())
    }

    /// Whether an operation has protocol tests.
    pub(crate) fn is_tested(&self) -> bool {
        self.tested()
            .chain(self.tested_in_server())
            .next()
            .is_some()
    }

    /// Whether no operation has an authentication scheme.
    pub(crate) fn is_unauthenticated(&self) -> bool {
        let own = |operation: &Operation| matches!(&operation.auth, Auth::By { schemes, .. } if !schemes.is_empty());
        self.schemes.is_empty() && !self.operations.values().any(own)
    }

    /// The page of an operation in AWS's API reference.
    pub(crate) fn api_reference(&self, operation: &Operation) -> Option<Markdown> {
        let doc_id = self.doc_id.as_ref()?;
        Some(markdown!(
            "https://docs.aws.amazon.com/goto/WebAPI/{}/{}",
            name(doc_id),
            name(operation.id.name())
        ))
    }

    /// The name of the crate in `use` declarations.
    pub(crate) fn crate_ident(&self) -> String {
        self.crate_name.replace('-', "_")
    }

    /// The members on a path into a structure, by their names in the model.
    pub(crate) fn path<'s>(
        &'s self,
        from: &'s Structure,
        path: &[String],
    ) -> Option<Vec<&'s Member>> {
        member_path(&self.shapes, from, path)
    }

    /// Whether clients need signatures of version 4a.
    pub(crate) fn wants_sigv4a(&self) -> bool {
        let v4a = |schemes: &[Scheme]| {
            schemes
                .iter()
                .any(|scheme| matches!(scheme, Scheme::SigV4a(_)))
        };
        let own = |operation: &Operation| matches!(&operation.auth, Auth::By { schemes, .. } if v4a(schemes));
        v4a(&self.schemes)
            || self.operations.values().any(own)
            || self
                .endpoint
                .as_ref()
                .is_some_and(EndpointRules::requires_sigv4a)
    }
}

/// The members on a path into a structure, by their names in the model.
pub(crate) fn member_path<'s>(
    shapes: &'s Shapes,
    from: &'s Structure,
    path: &[String],
) -> Option<Vec<&'s Member>> {
    let mut structure = Some(from);
    path.iter()
        .map(|name| {
            let member = structure?.member(name)?;
            structure = match member.ty.unboxed() {
                Type::Named(named) => match shapes.get(&named.id)? {
                    Shape::Structure(structure) => Some(structure),
                    _ => None,
                },
                _ => None,
            };
            Some(member)
        })
        .collect()
}
