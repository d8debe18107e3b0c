//! A service and its operations.

use crate::graph::auth::{Auth, Scheme};
use crate::graph::endpoint::bindings::Binding;
use crate::graph::endpoint::rule_set::EndpointRules;
use crate::graph::examples::Examples;
use crate::graph::member::{Deprecated, Member, Type};
use crate::graph::protocol_tests::ProtocolTest;
use crate::graph::shape::{Shape, Structure, TypeName};
use crate::graph::waiters::Waiter;
use crate::graph::wire::{Request, Response};
use crate::text::Text;
use crate::text::docs::Docs;
use indexmap::IndexMap;
use smithy_model::ShapeId;

/// The shapes that become Rust types, by shape id.
pub(crate) type Shapes = IndexMap<ShapeId, Shape>;

/// A service: its operations and every shape that becomes a Rust type, both sorted by shape id.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) id: ShapeId,
    /// The name that people know it by, from `title`, `sdkId` or the shape's name.
    pub(crate) title: Text,
    /// The name in crate form, such as `appfabric`.
    pub(crate) crate_name: String,
    pub(crate) version: Text,
    /// The id that settings name it by, from `sdkId` or the shape's name.
    pub(crate) sdk_id: Text,
    /// How requests tell who sends them, the preferred scheme first.
    pub(crate) schemes: Vec<Scheme>,
    pub(crate) docs: Docs,
    pub(crate) operations: IndexMap<ShapeId, Operation>,
    pub(crate) shapes: Shapes,
    /// The errors that any of the operations may return.
    pub(crate) errors: Vec<ErrorVariant>,
    /// The module of `smithy_rt::protocol` that reads code and message of an error response.
    pub(crate) error_reader: &'static str,
    pub(crate) endpoint: Option<EndpointRules>,
    /// The `recursion_limit` that the crate needs, if it is more than the compiler's own.
    pub(crate) recursion_limit: Option<usize>,
}

/// One variant of the service's error enum.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ErrorVariant {
    pub(crate) id: ShapeId,
    /// The code that identifies it in a response.
    pub(crate) code: Text,
    /// The variant.
    pub(crate) rust: String,
    /// The type in it.
    pub(crate) shape: String,
    /// What `@retryable` says.
    pub(crate) retry: Retry,
    /// What a client does: the same, and retries of codes and statuses that no model has to mark.
    pub(crate) retried: Retry,
}

/// Whether an error is worth another attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Retry {
    Never,
    Transient,
    Throttling,
}

/// An operation. Its input structure carries the operation's name: the operation *is* its input.
#[derive(Debug, PartialEq)]
pub(crate) struct Operation {
    pub(crate) id: ShapeId,
    pub(crate) name: TypeName,
    /// The client's method.
    pub(crate) method: String,
    pub(crate) auth: Auth,
    /// Whether signatures cover the body (no `unsignedPayload`).
    pub(crate) signed_payload: bool,
    /// Whether the model says what its method does not: that the service may act on it several
    /// times.
    pub(crate) idempotent: bool,
    /// Whether the service may wait for something to happen before it answers.
    pub(crate) long_poll: bool,
    /// What it gives to the endpoint rules.
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
    /// None unless they are asked for.
    pub(crate) protocol_tests: Vec<ProtocolTest>,
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
    /// The operations that have protocol tests.
    pub(crate) fn tested(&self) -> impl Iterator<Item = &Operation> {
        self.operations
            .values()
            .filter(|operation| !operation.protocol_tests.is_empty())
    }

    /// The name that `use` statements have for the crate.
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
                .is_some_and(EndpointRules::want_sigv4a)
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
