//! URI patterns of operations (Smithy, *HTTP bindings*, http trait).

use std::cmp::Ordering;

/// A URI pattern, such as `/bundles/{id}/files/{key+}?mode=fast`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UriPattern {
    segments: Vec<Segment>,
    query: Vec<(&'static str, Option<&'static str>)>,
}

#[derive(Debug, PartialEq, Eq)]
enum Segment {
    Literal(&'static str),
    Label(&'static str),
    Greedy(&'static str),
}

/// The encoded values of labels, by the names of their members.
pub(super) type Labels<'a> = Vec<(&'static str, &'a str)>;

impl UriPattern {
    pub(super) fn parse(uri: &'static str) -> Self {
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        Self {
            segments: segments(path).map(Segment::parse).collect(),
            query: pairs
                .map(|pair| match pair.split_once('=') {
                    Some((name, value)) => (name, Some(value).filter(|value| !value.is_empty())),
                    None => (pair, None),
                })
                .collect(),
        }
    }

    /// Matches an encoded path and the decoded pairs of a query string. Returns the labels.
    pub(super) fn matches<'a>(
        &self,
        path: &'a str,
        query: &[(String, String)],
    ) -> Option<Labels<'a>> {
        let labels = self.match_path(path)?;
        let has = |(name, value): &(&str, Option<&str>)| {
            query
                .iter()
                .any(|(key, text)| key == name && value.is_none_or(|value| text == value))
        };
        self.query.iter().all(has).then_some(labels)
    }

    fn match_path<'a>(&self, path: &'a str) -> Option<Labels<'a>> {
        let mut labels = Vec::new();
        let mut rest = path.strip_prefix('/')?;
        for (index, segment) in self.segments.iter().enumerate() {
            let after = self.segments.len() - index - 1;
            let end = match segment {
                Segment::Greedy(_) => end_before(rest, after)?,
                _ => rest.find('/').unwrap_or(rest.len()),
            };
            let (text, tail) = rest.split_at_checked(end)?;
            match segment {
                Segment::Literal(literal) if *literal == text => {}
                Segment::Label(name) | Segment::Greedy(name) if !text.is_empty() => {
                    labels.push((*name, text));
                }
                _ => return None,
            }
            rest = match (after, tail.strip_prefix('/')) {
                (0, None) => "",
                (1.., Some(tail)) => tail,
                _ => return None,
            };
        }
        rest.is_empty().then_some(labels)
    }

    /// Orders patterns by specificity, the most specific one first (Smithy, *HTTP bindings*,
    /// Specificity routing): a literal precedes a label, a label precedes a greedy label, more
    /// segments precede fewer, and more query literals precede fewer.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let pairs = self.segments.iter().zip(&other.segments);
        pairs
            .map(|(one, other)| one.rank().cmp(&other.rank()))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
            .then_with(|| other.segments.len().cmp(&self.segments.len()))
            .then_with(|| other.query.len().cmp(&self.query.len()))
    }
}

impl Segment {
    fn parse(text: &'static str) -> Self {
        let label = text
            .strip_prefix('{')
            .and_then(|text| text.strip_suffix('}'));
        match label {
            None => Self::Literal(text),
            Some(label) => match label.strip_suffix('+') {
                Some(label) => Self::Greedy(label),
                None => Self::Label(label),
            },
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Literal(_) => 0,
            Self::Label(_) => 1,
            Self::Greedy(_) => 2,
        }
    }
}

fn segments(path: &'static str) -> impl Iterator<Item = &'static str> {
    path.strip_prefix('/').unwrap_or(path).split('/')
}

/// The end of the text before the last `after` segments of a path.
fn end_before(path: &str, after: usize) -> Option<usize> {
    let mut end = path.len();
    for _ in 0..after {
        end = path.get(..end)?.rfind('/')?;
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(pattern: &'static str, path: &'static str) -> Option<Labels<'static>> {
        UriPattern::parse(pattern).matches(path, &[])
    }

    #[test]
    fn paths_match_segment_by_segment() {
        assert_eq!(labels("/", "/"), Some(vec![]));
        assert_eq!(labels("/a", "/a"), Some(vec![]));
        assert_eq!(labels("/a/{b}/c", "/a/x/c"), Some(vec![("b", "x")]));
        for path in [
            "/a", "/a/", "/a/x/c/", "/a//c", "/a/x", "/b/x/c", "a/x/c", "",
        ] {
            assert_eq!(labels("/a/{b}/c", path), None, "{path}");
        }
    }

    #[test]
    fn greedy_labels_match_several_segments() {
        assert_eq!(labels("/{a+}", "/x/y"), Some(vec![("a", "x/y")]));
        assert_eq!(
            labels("/{a}/{b+}/end", "/x/y/end/z/end"),
            Some(vec![("a", "x"), ("b", "y/end/z")])
        );
        for path in ["/x/end", "/x//end", "/x/y/end/z"] {
            assert_eq!(labels("/{a}/{b+}/end", path), None, "{path}");
        }
    }

    #[test]
    fn query_literals_have_to_be_in_the_query() {
        let pattern = UriPattern::parse("/a?mode=fast&flag");
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let [mode, flag, other] = [pair("mode", "fast"), pair("flag", ""), pair("mode", "slow")];
        assert!(
            pattern
                .matches("/a", &[flag.clone(), mode.clone()])
                .is_some()
        );
        assert!(pattern.matches("/a", &[mode]).is_none());
        assert!(pattern.matches("/a", &[flag, other]).is_none());
    }

    #[test]
    fn specific_patterns_are_first() {
        // The order of the examples in Smithy's specification.
        let sorted = [
            "/abc/bcd/{xyz}",
            "/abc/{xyz}/cde",
            "/{xyz}/bcd/cde?def=ghi",
            "/{xyz}/bcd/cde",
            "/{xyz}/bcd",
            "/{xyz+}/bcd",
            "/{xyz+}",
        ];
        let mut patterns: Vec<&str> = sorted.iter().rev().copied().collect();
        patterns.sort_by(|one, other| UriPattern::parse(one).compare(&UriPattern::parse(other)));
        assert_eq!(patterns, sorted);
    }
}
