//! Selects the service and its protocol.

use crate::options::Options;
use crate::protocol::list::{PROTOCOLS, ProtocolEntry};
use smithy_model::traits::SERVICE;
use smithy_model::{Code, Diagnostic, Model, Service, Shape, ShapeId};

/// The selected service and its protocol.
#[derive(Clone, Copy)]
pub(crate) struct Selected<'m> {
    pub(crate) shape: &'m Shape,
    pub(crate) service: &'m Service,
    pub(crate) protocol: ProtocolEntry,
}

impl<'m> Selected<'m> {
    /// The `sdkId` of the trait `aws.api#service`.
    pub(crate) fn sdk_id(&self) -> Option<&'m str> {
        SERVICE.of(&self.shape.traits).map(|service| service.sdk_id)
    }
}

/// The service that the options name, or the only one, if it has one of the protocols.
pub(crate) fn service<'m>(model: &'m Model, options: &Options) -> Result<Selected<'m>, Diagnostic> {
    let (shape, service) = match (
        &options.service,
        model.services().collect::<Vec<_>>().as_slice(),
    ) {
        (_, []) => {
            return Err(
                Diagnostic::error(Code::MissingService, "the model has no service shape")
                    .help("add the file that defines the service to `--model`"),
            );
        }
        (None, [only]) => *only,
        (None, several) => return Err(ambiguous(several)),
        (Some(name), all) => named(name, all)?,
    };
    let protocols: Vec<ProtocolEntry> = [&options.protocols, PROTOCOLS].concat();
    let protocol = protocols
        .iter()
        .find(|protocol| shape.traits.has(protocol.id))
        .ok_or_else(|| no_protocol(shape, &protocols))?;
    Ok(Selected {
        shape,
        service,
        protocol: *protocol,
    })
}

/// The services that can be generated.
pub(crate) fn services(model: &Model) -> Vec<&ShapeId> {
    let services = model.services().map(|(shape, _)| shape);
    services
        .filter(|shape| {
            PROTOCOLS
                .iter()
                .any(|protocol| shape.traits.has(protocol.id))
        })
        .map(|shape| &shape.id)
        .collect()
}

type Pair<'m> = (&'m Shape, &'m Service);

fn named<'m>(name: &str, all: &[Pair<'m>]) -> Result<Pair<'m>, Diagnostic> {
    let matches = |(shape, _): &&Pair<'_>| shape.id.as_str() == name || shape.id.name() == name;
    all.iter().find(matches).copied().ok_or_else(|| {
        Diagnostic::error(
            Code::UnknownService,
            format!("the model has no service `{name}`"),
        )
        .help(format!("it has {}", list(all)))
    })
}

fn ambiguous(several: &[Pair<'_>]) -> Diagnostic {
    Diagnostic::error(
        Code::SeveralServices,
        format!("the model has {} services", several.len()),
    )
    .at(several.last().and_then(|(shape, _)| shape.span))
    .help(format!("choose one with `--service`: {}", list(several)))
}

fn list(services: &[Pair<'_>]) -> String {
    services
        .iter()
        .map(|(shape, _)| format!("`{}`", shape.id))
        .collect::<Vec<_>>()
        .join(", ")
}

fn no_protocol(shape: &Shape, protocols: &[ProtocolEntry]) -> Diagnostic {
    let known: Vec<_> = protocols
        .iter()
        .map(|protocol| format!("`{}`", protocol.id))
        .collect();
    let others: Vec<_> = shape
        .traits
        .iter()
        .map(|(id, _)| id)
        .filter(|id| id.namespace() == "aws.protocols" || id.namespace() == "smithy.protocols")
        .map(|id| format!("`{id}`"))
        .collect();
    let protocols_of_service = if others.is_empty() {
        "has no protocol trait".to_owned()
    } else {
        format!("has the protocol {}", others.join(", "))
    };
    Diagnostic::error(
        Code::UnsupportedProtocol,
        format!("service `{}` {protocols_of_service}", shape.id),
    )
    .at(shape.span)
    .shape(&shape.id)
    .help(format!(
        "only services with the trait {} can be generated",
        known.join(" or ")
    ))
}
