//! The value of the `http` trait and its URI patterns ("HTTP bindings").

use super::fields::{optional, required, spanned_str};
use crate::syntax::node::Node;
use crate::syntax::shape_id::is_identifier;
use crate::traits::reader::{Spanned, TraitValue};
use std::collections::HashSet;
use std::fmt;

/// The HTTP binding of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Http<'a> {
    /// The method.
    pub method: Spanned<&'a str>,
    /// The pattern of path and query string.
    pub uri: Spanned<&'a str>,
    /// The status of successful responses.
    pub code: Spanned<i64>,
}

impl Http<'_> {
    /// The parts of the URI pattern.
    pub fn uri_template(&self) -> Result<UriTemplate, UriError> {
        UriTemplate::parse(self.uri.value)
    }
}

impl TraitValue for Http<'_> {
    type Read<'a> = Http<'a>;

    fn read(node: &Node) -> Option<Http<'_>> {
        let code = optional(node, "code", |node| {
            let value = node.as_i64()?;
            Some(Spanned {
                value,
                span: node.span,
            })
        })?;
        Some(Http {
            method: required(node, "method", spanned_str)?,
            uri: required(node, "uri", spanned_str)?,
            code: code.unwrap_or(Spanned {
                value: 200,
                span: node.span,
            }),
        })
    }
}

/// A URI pattern, `/apps/{app}/files/{path+}?list`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UriTemplate {
    /// The segments of the path; none if the path is `/`. A path that ends with a slash has an
    /// empty literal last.
    pub segments: Vec<UriSegment>,
    /// The literal parameters of the query string, in the order written, with their values if they
    /// have any.
    pub query: Vec<(String, Option<String>)>,
}

/// A segment of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UriSegment {
    /// Fixed text.
    Literal(String),
    /// `{name}`: the value of an input member.
    Label {
        /// The member's name.
        name: String,
    },
    /// `{name+}`: the value of an input member, whose slashes separate further segments.
    GreedyLabel {
        /// The member's name.
        name: String,
    },
}

impl UriSegment {
    /// The name of the member, if the segment is a label.
    pub fn label(&self) -> Option<&str> {
        match self {
            UriSegment::Literal(_) => None,
            UriSegment::Label { name } | UriSegment::GreedyLabel { name } => Some(name),
        }
    }

    fn parse(text: &str) -> Result<Self, UriError> {
        if let Some(inner) = text
            .strip_prefix('{')
            .and_then(|text| text.strip_suffix('}'))
        {
            let (name, greedy) = inner
                .strip_suffix('+')
                .map_or((inner, false), |name| (name, true));
            if !is_identifier(name) {
                return Err(UriError::InvalidLabel(text.to_owned()));
            }
            let name = name.to_owned();
            return Ok(if greedy {
                UriSegment::GreedyLabel { name }
            } else {
                UriSegment::Label { name }
            });
        }
        match text {
            "." | ".." => Err(UriError::DotSegment),
            _ if text.contains(['{', '}']) => Err(UriError::PartialLabel(text.to_owned())),
            _ if text.bytes().all(is_path_byte) => Ok(UriSegment::Literal(text.to_owned())),
            _ => Err(UriError::InvalidCharacter(text.to_owned())),
        }
    }
}

impl UriTemplate {
    /// Reads a pattern.
    pub fn parse(text: &str) -> Result<Self, UriError> {
        let path_and_query = text.strip_prefix('/').ok_or(UriError::NotAbsolute)?;
        if text.contains('#') {
            return Err(UriError::Fragment);
        }
        let (path, query) = match path_and_query.split_once('?') {
            Some((path, query)) => (path, parse_query(query)?),
            None => (path_and_query, Vec::new()),
        };
        let segments = parse_path(path)?;
        check_labels(&segments)?;
        Ok(Self { segments, query })
    }

    /// The names of the labels, in order.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(UriSegment::label)
    }
}

fn parse_path(path: &str) -> Result<Vec<UriSegment>, UriError> {
    if path.is_empty() {
        return Ok(Vec::new());
    }
    if path.starts_with('/') || path.contains("//") {
        return Err(UriError::EmptySegment);
    }
    path.split('/').map(UriSegment::parse).collect()
}

fn parse_query(query: &str) -> Result<Vec<(String, Option<String>)>, UriError> {
    if query.is_empty() {
        return Err(UriError::EmptyQuery);
    }
    if query.contains(['{', '}']) {
        return Err(UriError::LabelInQuery);
    }
    if !query
        .bytes()
        .all(|byte| is_path_byte(byte) || matches!(byte, b'/' | b'?'))
    {
        return Err(UriError::InvalidCharacter(query.to_owned()));
    }
    let mut parameters: Vec<(String, Option<String>)> = Vec::new();
    let mut names: HashSet<&str> = HashSet::new();
    for parameter in query.split('&') {
        let (name, value) = match parameter.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (parameter, None),
        };
        if !names.insert(name) {
            return Err(UriError::RepeatedParameter(name.to_owned()));
        }
        parameters.push((name.to_owned(), value));
    }
    Ok(parameters)
}

fn check_labels(segments: &[UriSegment]) -> Result<(), UriError> {
    let mut seen: HashSet<String> = HashSet::new();
    let mut greedy = false;
    for segment in segments {
        let Some(name) = segment.label() else {
            continue;
        };
        if greedy {
            return Err(UriError::LabelAfterGreedy(name.to_owned()));
        }
        if !seen.insert(name.to_ascii_lowercase()) {
            return Err(UriError::RepeatedLabel(name.to_owned()));
        }
        greedy = matches!(segment, UriSegment::GreedyLabel { .. });
    }
    Ok(())
}

/// Whether a byte can stand in a path segment: RFC 3986's `pchar`.
fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%".contains(&byte)
}

/// What is wrong with a URI pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UriError {
    /// It does not start with `/`.
    NotAbsolute,
    /// It has an empty segment.
    EmptySegment,
    /// It has a segment `.` or `..`.
    DotSegment,
    /// It has a fragment.
    Fragment,
    /// It ends with `?`.
    EmptyQuery,
    /// This part has a character that cannot stand in a URI.
    InvalidCharacter(String),
    /// This label's name is no identifier.
    InvalidLabel(String),
    /// This segment has more than a label in it.
    PartialLabel(String),
    /// The label of this name appears twice.
    RepeatedLabel(String),
    /// The label of this name follows a greedy one.
    LabelAfterGreedy(String),
    /// The query string has a label.
    LabelInQuery,
    /// This parameter appears twice in the query string.
    RepeatedParameter(String),
}

impl UriError {
    /// How to mend it.
    pub(crate) fn help(&self) -> &'static str {
        match self {
            UriError::NotAbsolute => "write `/` before it",
            UriError::EmptySegment => "remove one of the slashes",
            UriError::DotSegment => "write the path without it",
            UriError::Fragment => "remove `#` and what follows; or write `%23`",
            UriError::EmptyQuery => "remove the `?`, or write a parameter after it",
            UriError::InvalidCharacter(_) => {
                "write such characters percent-encoded, a space as `%20`"
            }
            UriError::InvalidLabel(_) => {
                "write `{name}` or, greedy, `{name+}`, with the name of an input member"
            }
            UriError::PartialLabel(_) => "put slashes around the label, as in `/a/{b}/c`",
            UriError::RepeatedLabel(_) => "give one of them another name",
            UriError::LabelAfterGreedy(_) => {
                "make the greedy label the last one, or take the `+` from it"
            }
            UriError::LabelInQuery => "remove it, and bind the member with `smithy.api#httpQuery`",
            UriError::RepeatedParameter(_) => "remove one of them",
        }
    }
}

impl fmt::Display for UriError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UriError::NotAbsolute => f.write_str("the URI must start with `/`"),
            UriError::EmptySegment => f.write_str("the URI has an empty segment"),
            UriError::DotSegment => f.write_str("the URI has a segment `.` or `..`"),
            UriError::Fragment => f.write_str("the URI has a fragment"),
            UriError::EmptyQuery => f.write_str("the URI ends with `?`"),
            UriError::InvalidCharacter(part) => {
                write!(f, "`{part}` has characters that cannot stand in a URI")
            }
            UriError::InvalidLabel(label) => write!(f, "the label `{label}` has no valid name"),
            UriError::PartialLabel(segment) => {
                write!(f, "a label must fill its segment, not part of `{segment}`")
            }
            UriError::RepeatedLabel(name) => write!(f, "the label `{name}` appears twice"),
            UriError::LabelAfterGreedy(name) => {
                write!(f, "the label `{name}` follows a greedy label")
            }
            UriError::LabelInQuery => f.write_str("the query string has a label"),
            UriError::RepeatedParameter(name) => write!(f, "the parameter `{name}` appears twice"),
        }
    }
}

impl std::error::Error for UriError {}

#[cfg(test)]
mod tests {
    use super::{UriError, UriSegment, UriTemplate};

    fn literal(text: &str) -> UriSegment {
        UriSegment::Literal(text.to_owned())
    }

    #[test]
    fn patterns() {
        let uri = UriTemplate::parse("/apps/{app}/files/{path+}?list&kind=a").unwrap();
        let label = UriSegment::Label {
            name: "app".to_owned(),
        };
        let greedy = UriSegment::GreedyLabel {
            name: "path".to_owned(),
        };
        assert_eq!(
            uri.segments,
            [literal("apps"), label, literal("files"), greedy]
        );
        assert_eq!(
            uri.query,
            [
                ("list".to_owned(), None),
                ("kind".to_owned(), Some("a".to_owned()))
            ]
        );
        assert_eq!(uri.labels().collect::<Vec<_>>(), ["app", "path"]);
        assert_eq!(UriTemplate::parse("/").unwrap().segments, []);
        assert_eq!(
            UriTemplate::parse("/a/").unwrap().segments,
            [literal("a"), literal("")]
        );
        assert!(UriTemplate::parse("/{path+}/acl").is_ok());
    }

    #[test]
    fn invalid_patterns_are_rejected() {
        let text = |text: &str| text.to_owned();
        for (uri, error) in [
            ("", UriError::NotAbsolute),
            ("a/b", UriError::NotAbsolute),
            ("//", UriError::EmptySegment),
            ("/a//b", UriError::EmptySegment),
            ("/a/../b", UriError::DotSegment),
            ("/a#b", UriError::Fragment),
            ("/a?", UriError::EmptyQuery),
            ("/é", UriError::InvalidCharacter(text("é"))),
            ("/a b", UriError::InvalidCharacter(text("a b"))),
            ("/a?b=é", UriError::InvalidCharacter(text("b=é"))),
            ("/{}", UriError::InvalidLabel(text("{}"))),
            ("/{a b}", UriError::InvalidLabel(text("{a b}"))),
            ("/{a}b", UriError::PartialLabel(text("{a}b"))),
            ("/a}", UriError::PartialLabel(text("a}"))),
            ("/{a}/{A}", UriError::RepeatedLabel(text("A"))),
            ("/{a+}/{b}", UriError::LabelAfterGreedy(text("b"))),
            ("/a?b={c}", UriError::LabelInQuery),
            ("/a?b&b=1", UriError::RepeatedParameter(text("b"))),
        ] {
            assert_eq!(UriTemplate::parse(uri), Err(error), "{uri}");
        }
    }
}
