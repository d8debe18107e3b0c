//! The HTTP binding traits, which several protocols share (Smithy, "HTTP bindings").

use crate::graph::wire::{Head, Location, PathPart, Payload};
use crate::text::Text;
use smithy_model::traits::{
    ERROR, Fault, HTTP, HTTP_ERROR, HTTP_HEADER, HTTP_LABEL, HTTP_PAYLOAD, HTTP_PREFIX_HEADERS,
    HTTP_QUERY, HTTP_QUERY_PARAMS, HTTP_RESPONSE_CODE, MEDIA_TYPE, TIMESTAMP_FORMAT,
    TimestampFormat, UriSegment,
};
use smithy_model::{Code, Diagnostic, Member, Shape, Traits};

/// The binding traits, and the traits that decide the form of a bound member.
const TRAITS: [&str; 11] = [
    HTTP.id(),
    HTTP_ERROR.id(),
    HTTP_HEADER.id(),
    HTTP_LABEL.id(),
    HTTP_PAYLOAD.id(),
    HTTP_PREFIX_HEADERS.id(),
    HTTP_QUERY.id(),
    HTTP_QUERY_PARAMS.id(),
    HTTP_RESPONSE_CODE.id(),
    MEDIA_TYPE.id(),
    TIMESTAMP_FORMAT.id(),
];

/// Whether a trait is one of the binding traits.
pub(super) fn honors(trait_id: &str) -> bool {
    TRAITS.contains(&trait_id)
}

/// Method, path and query of the `http` trait. The error message names `protocol`.
///
/// # Errors
///
/// The operation has no usable `http` trait.
pub(super) fn head(operation: &Shape, protocol: &str) -> Result<Head, Diagnostic> {
    let http = HTTP.of(&operation.traits);
    let http = http.and_then(|http| Some((http.method.value, http.uri_template().ok()?)));
    let (method, uri) = http.ok_or_else(|| no_http_trait(operation, protocol))?;
    let literal = |(name, value): (String, Option<String>)| match value {
        Some(value) => Text::new(&format!("{name}={value}")),
        None => Text::new(&name),
    };
    Ok(Head {
        method: method.to_owned(),
        path: path(uri.segments),
        query: uri.query.into_iter().map(literal).collect(),
        headers: Vec::new(),
    })
}

/// The status of the `http` trait.
pub(super) fn status(operation: &Shape) -> u16 {
    let http = HTTP.of(&operation.traits);
    let code = http.and_then(|http| u16::try_from(http.code.value).ok());
    code.unwrap_or(200)
}

/// The location of an input member. `payload` is the form of the member if it is the whole body.
pub(super) fn request_location(
    member: &Member,
    head: &Head,
    payload: impl FnOnce() -> Payload,
) -> Location {
    let traits = &member.traits;
    if HTTP_LABEL.is_on(traits) {
        let greedy = head.path.iter().any(
            |part| matches!(part, PathPart::Label { member: name, greedy: true } if *name == member.name),
        );
        Location::Label { greedy }
    } else if let Some(name) = HTTP_QUERY.of(traits) {
        Location::Query(Text::new(name))
    } else if HTTP_QUERY_PARAMS.is_on(traits) {
        Location::QueryParams
    } else {
        header_or_body(traits, payload)
    }
}

/// The location of a member of an output or of an error. `payload` is the form of the member if it
/// is the whole body.
pub(super) fn response_location(member: &Member, payload: impl FnOnce() -> Payload) -> Location {
    if HTTP_RESPONSE_CODE.is_on(&member.traits) {
        Location::StatusCode
    } else {
        header_or_body(&member.traits, payload)
    }
}

/// The default timestamp format of a location outside documents.
pub(super) fn timestamp_format(location: &Location) -> Option<TimestampFormat> {
    match location {
        Location::Header(_) | Location::PrefixHeaders(_) => Some(TimestampFormat::HttpDate),
        Location::Label { .. } | Location::Query(_) | Location::QueryParams => {
            Some(TimestampFormat::DateTime)
        }
        Location::Body | Location::Payload(_) | Location::StatusCode => None,
    }
}

/// The media type of a string or blob.
pub(super) fn media_type(target: &Shape) -> Option<Text> {
    MEDIA_TYPE.of(&target.traits).map(Text::new)
}

/// The status of an error: the value of the `httpError` trait, or the default for its fault.
pub(super) fn error_status(error: &Shape) -> u16 {
    let modeled = HTTP_ERROR.of(&error.traits);
    let modeled = modeled.and_then(|status| u16::try_from(status).ok());
    modeled.unwrap_or(match ERROR.of(&error.traits) {
        Some(Fault::Server) => 500,
        Some(Fault::Client) | None => 400,
    })
}

/// The path; adjacent literals are one part.
fn path(segments: Vec<UriSegment>) -> Vec<PathPart> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    for segment in segments {
        literal.push('/');
        let (member, greedy) = match segment {
            UriSegment::Literal(text) => {
                literal.push_str(&text);
                continue;
            }
            UriSegment::Label { name } => (name, false),
            UriSegment::GreedyLabel { name } => (name, true),
        };
        parts.push(PathPart::Literal(Text::new(&literal)));
        literal.clear();
        parts.push(PathPart::Label { member, greedy });
    }
    if parts.is_empty() && literal.is_empty() {
        literal.push('/');
    }
    if !literal.is_empty() {
        parts.push(PathPart::Literal(Text::new(&literal)));
    }
    parts
}

fn header_or_body(traits: &Traits, payload: impl FnOnce() -> Payload) -> Location {
    if let Some(name) = HTTP_HEADER.of(traits) {
        Location::Header(Text::new(name))
    } else if let Some(prefix) = HTTP_PREFIX_HEADERS.of(traits) {
        Location::PrefixHeaders(Text::new(prefix))
    } else if HTTP_PAYLOAD.is_on(traits) {
        Location::Payload(payload())
    } else {
        Location::Body
    }
}

fn no_http_trait(operation: &Shape, protocol: &str) -> Diagnostic {
    let id = &operation.id;
    let message = format!("operation `{id}` has no usable `{HTTP}` trait");
    Diagnostic::error(Code::UnsupportedShape, message)
        .at(operation.span)
        .shape(id)
        .help(format!("{protocol} needs one: method, uri and code"))
}
