//! HTTP bindings: where each member of an operation's input or output travels (Smithy, "HTTP
//! bindings").

use super::types::{Location, TimestampFormat};
use crate::text::Text;
use smithy_model::{HttpTrait, Member, Node, Traits, UriSegment};

/// The `http` trait, its labels resolved to members of the input.
#[derive(Debug, PartialEq)]
pub(crate) struct Http {
    pub(crate) method: String,
    /// What goes before the endpoint's host (`endpoint`).
    pub(crate) host: Vec<HostPart>,
    pub(crate) path: Vec<PathPart>,
    /// Query literals of the URI pattern, encoded, such as `mode=fast`.
    pub(crate) query: Vec<Text>,
    pub(crate) code: u16,
}

/// A stretch of a request's path.
#[derive(Debug, PartialEq)]
pub(crate) enum PathPart {
    Literal(Text),
    /// The name of an input member, as in the model.
    Label {
        member: String,
        greedy: bool,
    },
}

/// A stretch of a host prefix.
#[derive(Debug, PartialEq)]
pub(crate) enum HostPart {
    Literal(Text),
    /// The name of an input member, as in the model.
    Label(String),
}

impl Http {
    /// Method and URI, as the model writes them.
    pub(crate) fn line(&self) -> Text {
        let mut parts = vec![Text::new(&self.method), Text::new(" ")];
        parts.extend(self.path.iter().map(|part| match part {
            PathPart::Literal(text) => text.clone(),
            PathPart::Label {
                member,
                greedy: false,
            } => Text::new(&format!("{{{member}}}")),
            PathPart::Label {
                member,
                greedy: true,
            } => Text::new(&format!("{{{member}+}}")),
        }));
        for (index, literal) in self.query.iter().enumerate() {
            parts.extend([
                Text::new(if index == 0 { "?" } else { "&" }),
                literal.clone(),
            ]);
        }
        Text::concat(&parts)
    }

    /// The binding of an operation.
    pub(crate) fn of(http: HttpTrait, traits: &Traits) -> Self {
        let literal = |(name, value): (String, Option<String>)| match value {
            Some(value) => Text::new(&format!("{name}={value}")),
            None => Text::new(&name),
        };
        Self {
            method: http.method,
            host: host(traits),
            path: path(http.uri.segments),
            query: http.uri.query.into_iter().map(literal).collect(),
            code: http.code,
        }
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
