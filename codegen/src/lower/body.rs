//! The steps that transform a request after its body is written: compression, then checksums.

use crate::graph::body::BodyStep;
use crate::graph::shape::Structure;
use crate::graph::wire::Location;
use smithy_model::{Code, Diagnostic, Log, Node, Shape};

/// The steps for an operation.
pub(crate) fn steps(operation: &Shape, input: &Structure, log: &mut Log) -> Vec<BodyStep> {
    let mut steps = Vec::new();
    if let Some(compression) = operation.traits.get("smithy.api#requestCompression") {
        steps.extend(gzip(operation, compression, log));
    }
    let flexible = operation.traits.get("aws.protocols#httpChecksum");
    // It supersedes `httpChecksumRequired`, and means the same without a member (AWS, "httpChecksum
    // trait").
    let required = match flexible {
        Some(node) => node
            .get("requestChecksumRequired")
            .and_then(Node::as_bool)
            .unwrap_or_default(),
        None => operation.traits.has("smithy.api#httpChecksumRequired"),
    };
    match flexible.and_then(|node| node.get("requestAlgorithmMember")) {
        Some(name) => steps.extend(checksum(operation, name, input, log)),
        None if required => steps.push(BodyStep::ContentMd5),
        None => {}
    }
    if let Some(node) = flexible.and_then(|node| node.get("responseAlgorithms")) {
        let message = format!(
            "checksums in responses of `{}` are not validated",
            operation.id
        );
        let help = "if this matters, validate the checksum headers of the response in your program";
        let problem = Diagnostic::warning(Code::UnsupportedTrait, message).at(node.span);
        log.push(problem.shape(&operation.id).help(help));
    }
    steps
}

fn gzip(operation: &Shape, compression: &Node, log: &mut Log) -> Option<BodyStep> {
    let encodings = compression
        .get("encodings")
        .and_then(Node::as_array)
        .unwrap_or_default();
    if encodings.iter().any(|encoding| {
        encoding
            .as_str()
            .is_some_and(|name| name.eq_ignore_ascii_case("gzip"))
    }) {
        return Some(BodyStep::Gzip);
    }
    let message = format!(
        "requests of `{}` are not compressed, since its encodings do not include `gzip`",
        operation.id
    );
    let problem = Diagnostic::warning(Code::UnsupportedTrait, message).at(compression.span);
    log.push(
        problem
            .shape(&operation.id)
            .help("add `gzip` to the encodings if the service accepts it"),
    );
    None
}

fn checksum(operation: &Shape, name: &Node, input: &Structure, log: &mut Log) -> Option<BodyStep> {
    let wanted = name.as_str().unwrap_or_default();
    let Some(member) = input.member(wanted) else {
        let message = format!(
            "`{wanted}` is the checksum algorithm of `{}`, but its input has no such member",
            operation.id
        );
        let problem = Diagnostic::error(Code::BadTraitValue, message).at(name.span);
        log.push(
            problem
                .shape(&operation.id)
                .help("name an input member that targets an enum of algorithms"),
        );
        return None;
    };
    let header = match &member.location {
        Location::Header(name) => Some(name.clone()),
        _ => None,
    };
    Some(BodyStep::Checksum {
        member: wanted.to_owned(),
        header,
    })
}
