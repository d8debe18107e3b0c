//! The list of the source files of a crate.

use crate::emit::call::by_name;
use crate::emit::client::{endpoint, error, operation, service_client};
use crate::emit::examples::calls::ExampleTexts;
use crate::emit::index;
use crate::emit::serde;
use crate::emit::server;
use crate::emit::tests::{protocol_tests, server_tests};
use crate::emit::types::{enums, structure, union};
use crate::graph::service::{Operation, Service};
use crate::graph::shape::Shape;
use crate::print::source_file::{SourceFile, Unparsable};
use smithy_model::ShapeId;

/// A source file. Files are emitted independently of each other.
pub(crate) enum Emit<'s> {
    Library,
    ByName,
    Serde,
    ServerApi,
    ServerErrors,
    ServerConstraints,
    ServerOperation(&'s Operation),
    Client,
    Endpoint,
    Error,
    OperationIndex,
    BuildersOfOperations,
    Outputs,
    Operation(&'s Operation),
    Output(&'s Operation),
    TypeIndex,
    BuildersOfTypes,
    Shape(&'s Shape),
    ProtocolTestIndex,
    ProtocolTests(&'s Operation),
    ServerTestIndex,
    ServerTests(&'s Operation),
}

/// Every source file of the crate.
pub(crate) fn files(service: &Service) -> Vec<Emit<'_>> {
    let mut files = vec![
        Emit::Library,
        Emit::ByName,
        Emit::Client,
        Emit::Endpoint,
        Emit::Error,
        Emit::OperationIndex,
        Emit::TypeIndex,
    ];
    if !service.operations.is_empty() {
        files.extend([Emit::BuildersOfOperations, Emit::Outputs]);
    }
    files.extend(index::has_builders_of_types(service).then_some(Emit::BuildersOfTypes));
    files.extend(service.serde.then_some(Emit::Serde));
    if service.server {
        files.extend([Emit::ServerApi, Emit::ServerErrors, Emit::ServerConstraints]);
        files.extend(service.operations.values().map(Emit::ServerOperation));
    }
    files.extend(
        service
            .operations
            .values()
            .flat_map(|operation| [Emit::Operation(operation), Emit::Output(operation)]),
    );
    files.extend(service.shapes.values().map(Emit::Shape));
    files.extend(service.is_tested().then_some(Emit::ProtocolTestIndex));
    files.extend(service.tested().map(Emit::ProtocolTests));
    let mut in_server = service.tested_in_server().peekable();
    files.extend(in_server.peek().map(|_| Emit::ServerTestIndex));
    files.extend(in_server.map(Emit::ServerTests));
    files
}

impl Emit<'_> {
    /// Emits the file.
    ///
    /// # Errors
    ///
    /// The emitted tokens do not parse, which is a bug in the emitter.
    pub(crate) fn file(
        &self,
        service: &Service,
        examples: &ExampleTexts,
    ) -> Result<SourceFile, Unparsable> {
        let file = match self {
            Self::Library => index::library(service, examples),
            Self::ByName => by_name::file(service),
            Self::Serde => serde::file(service),
            Self::ServerApi => server::api::file(service),
            Self::ServerErrors => server::errors::file(service),
            Self::ServerConstraints => server::validate::file(service),
            Self::ServerOperation(operation) => server::operation::file(operation, service),
            Self::Client => service_client::file(service),
            Self::Endpoint => endpoint::file::file(service),
            Self::Error => error::file(service),
            Self::OperationIndex => index::operations(service),
            Self::BuildersOfOperations => index::builders_of_operations(service),
            Self::Outputs => index::outputs(service),
            Self::Operation(operation) => operation::file(operation, service, examples),
            Self::Output(operation) => operation::output(operation, service),
            Self::TypeIndex => index::types(service),
            Self::BuildersOfTypes => index::builders_of_types(service),
            Self::Shape(Shape::Structure(shape)) => structure::file(shape, service),
            Self::Shape(Shape::Union(shape)) => union::file(shape),
            Self::Shape(Shape::Enum(shape)) => enums::string(shape),
            Self::Shape(Shape::IntEnum(shape)) => enums::integer(shape),
            Self::Shape(Shape::Error(shape)) => error::shape(shape, service),
            Self::ProtocolTestIndex => protocol_tests::index(service),
            Self::ProtocolTests(operation) => protocol_tests::file(operation, service),
            Self::ServerTestIndex => server_tests::index(service),
            Self::ServerTests(operation) => server_tests::file(operation, service),
        };
        file.map_err(|error| Unparsable {
            shape: self.shape(service).clone(),
            error,
        })
    }

    /// The shape that the file is emitted for.
    fn shape<'s>(&'s self, service: &'s Service) -> &'s ShapeId {
        match self {
            Self::Library
            | Self::ByName
            | Self::Serde
            | Self::ServerApi
            | Self::ServerErrors
            | Self::ServerConstraints
            | Self::Client
            | Self::Endpoint
            | Self::Error
            | Self::OperationIndex
            | Self::BuildersOfOperations
            | Self::Outputs
            | Self::TypeIndex
            | Self::BuildersOfTypes
            | Self::ProtocolTestIndex
            | Self::ServerTestIndex => &service.id,
            Self::Operation(operation)
            | Self::Output(operation)
            | Self::ServerOperation(operation)
            | Self::ProtocolTests(operation)
            | Self::ServerTests(operation) => &operation.id,
            Self::Shape(shape) => shape.id(),
        }
    }
}
