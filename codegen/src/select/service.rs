//! Which service of the model is generated.

use crate::options::Options;
use smithy_model::{Code, Diagnostic, Model, Service, Shape, ShapeId};

/// The protocol that is emitted (AWS restJson1 protocol).
pub(crate) const PROTOCOL: &str = "aws.protocols#restJson1";

/// The chosen service shape.
#[derive(Clone, Copy)]
pub(crate) struct Selected<'m> {
    pub(crate) shape: &'m Shape,
    pub(crate) service: &'m Service,
}

/// The service that the options name, or the only one, if it speaks restJson1.
pub(crate) fn service<'m>(model: &'m Model, options: &Options) -> Result<Selected<'m>, Diagnostic> {
    let selected = match (&options.service, all(model).as_slice()) {
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
    speaks_protocol(selected)?;
    Ok(selected)
}

/// The services that can be generated.
pub(crate) fn services(model: &Model) -> Vec<&ShapeId> {
    let services = model.services().map(|(shape, _)| shape);
    services
        .filter(|shape| shape.traits.has(PROTOCOL))
        .map(|shape| &shape.id)
        .collect()
}

fn all(model: &Model) -> Vec<Selected<'_>> {
    model
        .services()
        .map(|(shape, service)| Selected { shape, service })
        .collect()
}

fn named<'m>(name: &str, all: &[Selected<'m>]) -> Result<Selected<'m>, Diagnostic> {
    let matches = |selected: &&Selected<'_>| {
        let id = &selected.shape.id;
        id.as_str() == name || id.name() == name
    };
    all.iter().find(matches).copied().ok_or_else(|| {
        Diagnostic::error(
            Code::UnknownService,
            format!("the model has no service `{name}`"),
        )
        .help(format!("it has {}", list(all)))
    })
}

fn ambiguous(several: &[Selected<'_>]) -> Diagnostic {
    Diagnostic::error(
        Code::SeveralServices,
        format!("the model has {} services", several.len()),
    )
    .at(several.last().and_then(|service| service.shape.span))
    .help(format!("choose one with `--service`: {}", list(several)))
}

fn list(services: &[Selected<'_>]) -> String {
    services
        .iter()
        .map(|service| format!("`{}`", service.shape.id))
        .collect::<Vec<_>>()
        .join(", ")
}

fn speaks_protocol(selected: Selected<'_>) -> Result<(), Diagnostic> {
    let shape = selected.shape;
    if shape.traits.has(PROTOCOL) {
        return Ok(());
    }
    let others: Vec<_> = shape
        .traits
        .iter()
        .map(|(id, _)| id)
        .filter(|id| id.namespace() == "aws.protocols" || id.namespace() == "smithy.protocols")
        .map(|id| format!("`{id}`"))
        .collect();
    let speaks = if others.is_empty() {
        "names no protocol".to_owned()
    } else {
        format!("speaks {}", others.join(", "))
    };
    Err(Diagnostic::error(
        Code::UnsupportedProtocol,
        format!("service `{}` {speaks}", shape.id),
    )
    .at(shape.span)
    .shape(&shape.id)
    .help(format!(
        "only services with the trait `{PROTOCOL}` can be generated"
    )))
}
