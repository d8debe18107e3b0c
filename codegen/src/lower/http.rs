//! HTTP bindings: where each member of an operation's input or output travels (Smithy, "HTTP
//! bindings").

use crate::graph::http::{HostPart, Http, PathPart};
use crate::graph::member::{Location, TimestampFormat};
use crate::text::Text;
use smithy_model::{HttpTrait, Member, Node, Traits, UriSegment};

/// The binding of an operation.
pub(crate) fn of(http: HttpTrait, traits: &Traits) -> Http {
    let literal = |(name, value): (String, Option<String>)| match value {
        Some(value) => Text::new(&format!("{name}={value}")),
        None => Text::new(&name),
    };
    Http {
        method: http.method,
        host: host(traits),
        path: path(http.uri.segments),
        query: http.uri.query.into_iter().map(literal).collect(),
        code: http.code,
    }
}

/// The host prefix (Smithy, "Endpoint traits"); loading made sure that its braces are closed.
fn host(traits: &Traits) -> Vec<HostPart> {
    let endpoint = traits.get("smithy.api#endpoint");
    let prefix = endpoint
        .and_then(|node| node.get("hostPrefix")?.as_str())
        .unwrap_or_default();
    let mut parts = Vec::new();
    for (index, part) in prefix
        .split(['{', '}'])
        .enumerate()
        .filter(|(_, part)| !part.is_empty())
    {
        parts.push(match index % 2 {
            0 => HostPart::Literal(Text::new(part)),
            _ => HostPart::Label(part.to_owned()),
        });
    }
    parts
}

/// The path; literals that follow each other are one.
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

/// Where a member of an operation's input travels.
pub(crate) fn input_location(member: &Member, http: &Http) -> Location {
    let traits = &member.traits;
    if traits.has("smithy.api#httpLabel") {
        let greedy = http.path.iter().any(
            |part| matches!(part, PathPart::Label { member: name, greedy: true } if *name == member.name),
        );
        Location::Label { greedy }
    } else if let Some(name) = text(traits, "smithy.api#httpQuery") {
        Location::Query(name)
    } else if traits.has("smithy.api#httpQueryParams") {
        Location::QueryParams
    } else {
        header_or_body(traits)
    }
}

/// Where a member of an operation's output, or of an error, travels.
pub(crate) fn output_location(member: &Member) -> Location {
    if member.traits.has("smithy.api#httpResponseCode") {
        Location::StatusCode
    } else {
        header_or_body(&member.traits)
    }
}

fn header_or_body(traits: &Traits) -> Location {
    if let Some(name) = text(traits, "smithy.api#httpHeader") {
        Location::Header(name)
    } else if let Some(prefix) = text(traits, "smithy.api#httpPrefixHeaders") {
        Location::PrefixHeaders(prefix)
    } else if traits.has("smithy.api#httpPayload") {
        Location::Payload
    } else {
        Location::Body
    }
}

fn text(traits: &Traits, name: &str) -> Option<Text> {
    traits.get(name).and_then(Node::as_str).map(Text::new)
}

/// The timestamp format of a place, where no `timestampFormat` says otherwise (AWS restJson1
/// protocol; Smithy, "HTTP bindings").
pub(crate) fn default_timestamp_format(location: &Location) -> TimestampFormat {
    match location {
        Location::Header(_) | Location::PrefixHeaders(_) => TimestampFormat::HttpDate,
        Location::Label { .. } | Location::Query(_) | Location::QueryParams => {
            TimestampFormat::DateTime
        }
        Location::Body | Location::Payload | Location::StatusCode => TimestampFormat::EpochSeconds,
    }
}
