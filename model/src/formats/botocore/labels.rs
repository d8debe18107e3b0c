//! Labels of URI patterns. botocore uses the `locationName` of a member, Smithy the member name.

use crate::syntax::node::Node;

/// Replaces labels by the names of their members. A label without a member is kept.
pub(super) fn with_member_names(uri: &str, input: Option<&Node>) -> String {
    let mut pattern = String::new();
    let mut rest = uri;
    while let Some((before, label, after)) = next(rest) {
        let (name, greedy) = label
            .strip_suffix('+')
            .map_or((label, ""), |name| (name, "+"));
        let member = input
            .and_then(|input| member_of(input, name))
            .unwrap_or(name);
        pattern.extend([before, "{", member, greedy, "}"]);
        rest = after;
    }
    pattern + rest
}

fn next(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (label, after) = rest.split_once('}')?;
    Some((before, label, after))
}

/// Returns the name of the member that a label refers to.
fn member_of<'a>(input: &'a Node, label: &str) -> Option<&'a str> {
    let mut members = input.get("members")?.as_object()?.iter();
    let is_meant = |name: &str, member: &Node| {
        let wire = member
            .get("locationName")
            .and_then(Node::as_str)
            .unwrap_or(name);
        member.get("location").and_then(Node::as_str) == Some("uri") && wire == label
    };
    members
        .find(|(name, entry)| is_meant(name, &entry.node))
        .map(|(name, _)| name.as_str())
}

#[cfg(test)]
mod tests {
    use super::with_member_names;
    use crate::syntax::node::Node;
    use crate::syntax::source::Sources;

    #[test]
    fn labels_become_members() {
        let mut sources = Sources::new();
        let text = r#"{"members": {
            "Id": {"location": "uri", "locationName": "thing-id"},
            "Key": {"location": "uri", "locationName": "key"},
            "name": {"location": "uri"},
            "other": {"location": "querystring", "locationName": "kind"}}}"#;
        let id = sources.add("m", text);
        let input = Node::parse(&sources, id).unwrap();
        for (uri, expected) in [
            ("/", "/"),
            ("/things/{thing-id}/{key+}?list", "/things/{Id}/{Key+}?list"),
            ("/{name}/{kind}", "/{name}/{kind}"),
            ("/{open", "/{open"),
        ] {
            assert_eq!(with_member_names(uri, Some(&input)), expected);
        }
        assert_eq!(with_member_names("/{thing-id}", None), "/{thing-id}");
    }
}
