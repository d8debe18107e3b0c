//! The steps that transform a request after its body is written: compression, then checksums.

use crate::graph::body::BodyStep;
use crate::graph::shape::Structure;
use crate::graph::wire::Location;
use smithy_model::traits::{
    HTTP_CHECKSUM, HTTP_CHECKSUM_REQUIRED, REQUEST_COMPRESSION, RequestCompression, Spanned,
};
use smithy_model::{Code, Diagnostic, Log, Shape};

/// The steps for an operation.
pub(crate) fn steps(operation: &Shape, input: &Structure, log: &mut Log) -> Vec<BodyStep> {
    let mut steps = Vec::new();
    if let Some(compression) = REQUEST_COMPRESSION.spanned(&operation.traits) {
        steps.extend(gzip(operation, &compression, log));
    }
    let flexible = HTTP_CHECKSUM.of(&operation.traits);
    // It supersedes `httpChecksumRequired`, and means the same without a member (AWS, "httpChecksum
    // trait").
    let required = match &flexible {
        Some(flexible) => flexible.request_checksum_required,
        None => HTTP_CHECKSUM_REQUIRED.is_on(&operation.traits),
    };
    match flexible
        .as_ref()
        .and_then(|flexible| flexible.request_algorithm_member)
    {
        Some(name) => steps.extend(checksum(operation, name, input, log)),
        None if required => steps.push(BodyStep::ContentMd5),
        None => {}
    }
    if let Some(algorithms) = flexible.and_then(|flexible| flexible.response_algorithms) {
        let message = format!(
            "checksums in responses of `{}` are not validated",
            operation.id
        );
        let help = "if this matters, validate the checksum headers of the response in your program";
        let problem = Diagnostic::warning(Code::UnsupportedTrait, message).at(algorithms.span);
        log.push(problem.shape(&operation.id).help(help));
    }
    steps
}

fn gzip(
    operation: &Shape,
    compression: &Spanned<RequestCompression<'_>>,
    log: &mut Log,
) -> Option<BodyStep> {
    let mut encodings = compression.value.encodings.iter();
    if encodings.any(|encoding| encoding.eq_ignore_ascii_case("gzip")) {
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

fn checksum(
    operation: &Shape,
    name: Spanned<&str>,
    input: &Structure,
    log: &mut Log,
) -> Option<BodyStep> {
    let wanted = name.value;
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
