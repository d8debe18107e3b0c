//! The HTTP binding traits, which several protocols share (Smithy, "HTTP bindings").

use crate::graph::wire::{Head, Location, PathPart, Payload, TimestampFormat};
use crate::text::Text;
use smithy_model::{Code, Diagnostic, HttpTrait, Member, Node, Shape, Traits, UriSegment};

/// The binding traits, and those that the form of a bound member depends on.
const TRAITS: [&str; 11] = [
    "smithy.api#http",
    "smithy.api#httpError",
    "smithy.api#httpHeader",
    "smithy.api#httpLabel",
    "smithy.api#httpPayload",
    "smithy.api#httpPrefixHeaders",
    "smithy.api#httpQuery",
    "smithy.api#httpQueryParams",
    "smithy.api#httpResponseCode",
    "smithy.api#mediaType",
    "smithy.api#timestampFormat",
];

/// Whether a trait is one of the binding traits.
pub(super) fn honors(trait_id: &str) -> bool {
    TRAITS.contains(&trait_id)
}

/// Method, path and query of the `http` trait. `protocol` is the name in the error message.
///
/// # Errors
///
/// The operation has no usable `http` trait.
pub(super) fn head(operation: &Shape, protocol: &str) -> Result<Head, Diagnostic> {
    let http = http(operation).ok_or_else(|| no_http_trait(operation, protocol))?;
    let literal = |(name, value): (String, Option<String>)| match value {
        Some(value) => Text::new(&format!("{name}={value}")),
        None => Text::new(&name),
    };
    Ok(Head {
        method: http.method,
        path: path(http.uri.segments),
        query: http.uri.query.into_iter().map(literal).collect(),
        headers: Vec::new(),
    })
}

/// The status of the `http` trait.
pub(super) fn status(operation: &Shape) -> u16 {
    http(operation).map_or(200, |http| http.code)
}

/// The location of an input member. `payload` is the form of the member if it is the whole body.
pub(super) fn request_location(
    member: &Member,
    head: &Head,
    payload: impl FnOnce() -> Payload,
) -> Location {
    let traits = &member.traits;
    if traits.has("smithy.api#httpLabel") {
        let greedy = head.path.iter().any(
            |part| matches!(part, PathPart::Label { member: name, greedy: true } if *name == member.name),
        );
        Location::Label { greedy }
    } else if let Some(name) = text(traits, "smithy.api#httpQuery") {
        Location::Query(name)
    } else if traits.has("smithy.api#httpQueryParams") {
        Location::QueryParams
    } else {
        header_or_body(traits, payload)
    }
}

/// The location of a member of an output or of an error. `payload` is the form of the member if it
/// is the whole body.
pub(super) fn response_location(member: &Member, payload: impl FnOnce() -> Payload) -> Location {
    if member.traits.has("smithy.api#httpResponseCode") {
        Location::StatusCode
    } else {
        header_or_body(&member.traits, payload)
    }
}

/// The timestamp format of a location that is not in a document.
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
    text(&target.traits, "smithy.api#mediaType")
}

/// The status of an error: that of the `httpError` trait, or the usual one of its fault.
pub(super) fn error_status(error: &Shape) -> u16 {
    let modeled = error
        .traits
        .get("smithy.api#httpError")
        .and_then(Node::as_number)
        .and_then(|text| text.parse().ok());
    let fault = error.traits.get("smithy.api#error").and_then(Node::as_str);
    modeled.unwrap_or(if fault == Some("server") { 500 } else { 400 })
}

fn http(operation: &Shape) -> Option<HttpTrait> {
    HttpTrait::parse(operation.traits.get("smithy.api#http")?)
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
    if let Some(name) = text(traits, "smithy.api#httpHeader") {
        Location::Header(name)
    } else if let Some(prefix) = text(traits, "smithy.api#httpPrefixHeaders") {
        Location::PrefixHeaders(prefix)
    } else if traits.has("smithy.api#httpPayload") {
        Location::Payload(payload())
    } else {
        Location::Body
    }
}

fn text(traits: &Traits, name: &str) -> Option<Text> {
    traits.get(name).and_then(Node::as_str).map(Text::new)
}

fn no_http_trait(operation: &Shape, protocol: &str) -> Diagnostic {
    let id = &operation.id;
    let message = format!("operation `{id}` has no usable `smithy.api#http` trait");
    Diagnostic::error(Code::UnsupportedShape, message)
        .at(operation.span)
        .shape(id)
        .help(format!("{protocol} needs one: method, uri and code"))
}
