//! The traits of Smithy and AWS.
//!
//! `registry` has a row for each trait: what its value looks like, where it may stand, how a change
//! of it is judged, and how botocore's format expresses it. Its constants read values:
//! `HTTP_HEADER.of(&member.traits)`. `values` has the types that they read as.

pub(crate) mod change;
pub(crate) mod form;
pub(crate) mod grammar;
pub(crate) mod place;
pub(crate) mod protocol_rules;
pub(crate) mod reader;
pub(crate) mod registry;
pub(crate) mod row;
pub(crate) mod subject;
pub(crate) mod values;

pub use reader::{Spanned, Trait, TraitValue};
pub use registry::api_gateway::*;
pub use registry::authentication::*;
pub use registry::aws::*;
pub use registry::behavior::*;
pub use registry::cloudformation::*;
pub use registry::compliance_tests::*;
pub use registry::constraints::*;
pub use registry::documentation::*;
pub use registry::endpoints::*;
pub use registry::http_bindings::*;
pub use registry::iam::*;
pub use registry::ids;
pub use registry::meta::*;
pub use registry::protocols::*;
pub use registry::resources::*;
pub use registry::serialization::*;
pub use registry::streaming::*;
pub use registry::type_refinement::*;
pub use values::authentication::{ApiKeyAuth, ApiKeyLocation, SigningName};
pub use values::aws::SdkService;
pub use values::behavior::{HttpChecksum, Paginated, RequestCompression, Retryable};
pub use values::compliance_tests::{
    Implementation, RequestTest, RequestTests, ResponseTest, ResponseTests, TestCase,
};
pub use values::constraints::{Length, Range};
pub use values::documentation::{Deprecated, Example, ExampleError, Examples};
pub use values::endpoints::{
    ClientContextParam, ClientContextParams, ClientParamType, ContextParam, EndpointParam,
    HostPrefix, OperationContextParams, StaticContextParams,
};
pub use values::fields::Strings;
pub use values::http::{Http, UriError, UriSegment, UriTemplate};
pub use values::malformed_requests::{
    BadTemplate, BodyAssertion, MalformedRequest, MalformedRequestCase, MalformedRequestTest,
    MalformedRequestTests, MalformedResponse,
};
pub use values::meta::TraitDefinition;
pub use values::resources::{Reference, References};
pub use values::serialization::{ProtocolDefinition, TimestampFormat};
pub use values::type_refinement::{EnumDefinition, EnumDefinitions, Fault};
pub use values::waiters::{
    Acceptor, AcceptorState, Comparator, Matcher, PathMatcher, Waiter, Waiters,
};
