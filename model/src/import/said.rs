//! What botocore's format says of traits.

use crate::shapes::shape::Traits;
use crate::syntax::node::{Node, Value};
use crate::syntax::shape_id::ShapeId;
use crate::traits::registry;

/// What it means that botocore does not say a trait.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Silence {
    /// That it is not there.
    Absent,
    /// Nothing: the trait is said in some models, or in a file that may be missing.
    Nothing,
    /// Nothing, and what is said is a guess, which serves for shapes that are new.
    Guess,
}
use Silence::{Absent, Guess, Nothing};

/// Whether two values, ours and botocore's, can be the same in spite of what the format loses.
type Alike = fn(&Node, &Node) -> bool;

/// The traits that botocore can say. All others stay as they are.
const SAID: &[(&str, Silence, Alike)] = &[
    ("aws.api#clientDiscoveredEndpoint", Absent, same),
    ("aws.api#clientEndpointDiscovery", Absent, same),
    ("aws.api#clientEndpointDiscoveryId", Absent, same),
    // It has no `arnNamespace`, `cloudFormationName` and so on; what it has tells the service.
    ("aws.api#service", Nothing, same_service),
    ("aws.auth#sigv4", Absent, same),
    ("aws.auth#sigv4a", Absent, same),
    ("aws.auth#unsignedPayload", Absent, same),
    ("aws.protocols#httpChecksum", Absent, same),
    ("aws.protocols#restJson1", Absent, same),
    ("smithy.api#auth", Nothing, same),
    ("smithy.api#default", Guess, same),
    ("smithy.api#deprecated", Absent, same),
    ("smithy.api#endpoint", Absent, same),
    ("smithy.api#enum", Absent, same),
    ("smithy.api#enumValue", Absent, same),
    ("smithy.api#error", Absent, same),
    ("smithy.api#eventHeader", Absent, same),
    ("smithy.api#eventPayload", Absent, same),
    ("smithy.api#examples", Nothing, same),
    ("smithy.api#hostLabel", Absent, same),
    ("smithy.api#http", Absent, same_http),
    ("smithy.api#httpBearerAuth", Absent, same),
    ("smithy.api#httpChecksumRequired", Absent, same),
    ("smithy.api#httpError", Absent, same),
    ("smithy.api#httpHeader", Absent, same),
    ("smithy.api#httpLabel", Absent, same),
    ("smithy.api#httpPayload", Absent, same),
    ("smithy.api#httpPrefixHeaders", Absent, same),
    ("smithy.api#httpQuery", Absent, same),
    ("smithy.api#httpQueryParams", Absent, same),
    ("smithy.api#httpResponseCode", Absent, same),
    ("smithy.api#idempotencyToken", Absent, same),
    ("smithy.api#idempotent", Nothing, same),
    ("smithy.api#input", Guess, same),
    ("smithy.api#jsonName", Absent, same),
    ("smithy.api#length", Absent, same_length),
    ("smithy.api#mediaType", Nothing, same),
    ("smithy.api#optionalAuth", Absent, same),
    ("smithy.api#output", Guess, same),
    ("smithy.api#paginated", Nothing, same_pages),
    ("smithy.api#pattern", Absent, same_pattern),
    ("smithy.api#range", Absent, same),
    ("smithy.api#readonly", Nothing, same),
    ("smithy.api#requestCompression", Absent, same),
    ("smithy.api#required", Absent, same),
    ("smithy.api#requiresLength", Absent, same),
    ("smithy.api#retryable", Absent, same_retryable),
    ("smithy.api#sensitive", Absent, same),
    ("smithy.api#sparse", Nothing, same),
    ("smithy.api#streaming", Absent, same),
    ("smithy.api#timestampFormat", Absent, same),
    ("smithy.api#title", Absent, same),
    ("smithy.rules#clientContextParams", Absent, same),
    ("smithy.rules#contextParam", Absent, same),
    ("smithy.rules#endpointRuleSet", Nothing, same),
    ("smithy.rules#operationContextParams", Absent, same),
    ("smithy.rules#staticContextParams", Absent, same),
    ("smithy.waiters#waitable", Nothing, same),
];

/// The traits of something: what botocore says, and of ours, if it is in our model as well, what it
/// cannot say.
pub(super) fn merge(ours: Option<&Traits>, said: &Traits) -> Traits {
    let mut merged = Traits::default();
    for (id, node) in ours.iter().flat_map(|ours| ours.iter()) {
        let row = SAID.iter().find(|(known, ..)| *known == id.as_str());
        let now = said.get(id.as_str());
        let kept = match (row, now) {
            (None | Some((_, Guess, _)), _) | (Some((_, Nothing, _)), None) => Some(node),
            (Some((_, Absent, _)), None) => None,
            (Some((.., alike)), Some(now)) => Some(if alike(node, now) { node } else { now }),
        };
        merged.0.extend(kept.map(|node| (id.clone(), node.clone())));
    }
    let is_guess = |id: &ShapeId| {
        SAID.iter()
            .any(|(known, silence, _)| *known == id.as_str() && *silence == Guess)
    };
    let is_told = |id: &ShapeId| ours.is_none_or(|ours| !ours.has(id.as_str()) && !is_guess(id));
    let new = said
        .iter()
        .filter(|(id, node)| is_told(id) && !says_nothing(id.as_str(), node));
    merged
        .0
        .extend(new.map(|(id, node)| (id.clone(), node.clone())));
    // What botocore is silent about goes where it excludes what botocore says: `readonly` became
    // `idempotent`.
    merged.0.retain(|id, _| {
        let is_excluded =
            |(other, _): (&ShapeId, _)| registry::exclude_each_other(id.as_str(), other.as_str());
        said.has(id.as_str()) || !said.iter().any(is_excluded)
    });
    merged
}

fn same(ours: &Node, said: &Node) -> bool {
    ours == said
}

fn same_service(ours: &Node, said: &Node) -> bool {
    ours.get("sdkId") == said.get("sdkId")
}

/// The status is 200 unless it is given (Smithy specification, "http trait").
fn same_http(ours: &Node, said: &Node) -> bool {
    let status = |node: &Node| node.get("code").and_then(Node::as_i64).unwrap_or(200);
    ["method", "uri"]
        .iter()
        .all(|key| ours.get(key) == said.get(key))
        && status(ours) == status(said)
}

/// A least length of zero is left out by some.
fn same_length(ours: &Node, said: &Node) -> bool {
    let least = |node: &Node| node.get("min").and_then(Node::as_i64).unwrap_or(0);
    ours.get("max") == said.get("max") && least(ours) == least(said)
}

/// Anchors at the ends are lost.
fn same_pattern(ours: &Node, said: &Node) -> bool {
    let bare = |node: &Node| {
        let text = node.as_str().unwrap_or_default();
        let text = text.strip_prefix('^').unwrap_or(text);
        text.strip_suffix('$').unwrap_or(text).to_owned()
    };
    bare(ours) == bare(said)
}

/// Smithy's pages have items of one member. Of an operation that has two, botocore's paginator says
/// none.
fn same_pages(ours: &Node, said: &Node) -> bool {
    let tokens = ["inputToken", "outputToken", "pageSize"];
    tokens.iter().all(|key| ours.get(key) == said.get(key))
        && said
            .get("items")
            .is_none_or(|items| ours.get("items") == Some(items))
}

/// `throttling` is written out even if it is false.
fn same_retryable(ours: &Node, said: &Node) -> bool {
    let throttles = |node: &Node| {
        node.get("throttling")
            .and_then(Node::as_bool)
            .unwrap_or_default()
    };
    throttles(ours) == throttles(said)
}

/// Whether a trait that botocore writes out is as good as none: any length is 0 at least.
fn says_nothing(id: &str, node: &Node) -> bool {
    let any = Node {
        value: Value::Null,
        span: node.span,
    };
    id == "smithy.api#length" && same_length(&any, node)
}

#[cfg(test)]
mod tests {
    use super::SAID;
    use crate::load;
    use crate::syntax::source::Sources;

    /// The service of this test has everything that botocore can say.
    #[test]
    fn the_table_has_every_trait_that_botocore_says() {
        let mut sources = Sources::new();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/botocore");
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().is_some_and(|name| name != "smithy.json") {
                sources.add(
                    path.display().to_string(),
                    std::fs::read_to_string(&path).unwrap(),
                );
            }
        }
        let model = load(&sources).model;
        let members = model.shapes.values().flat_map(|shape| shape.members());
        let all = model
            .shapes
            .values()
            .map(|shape| &shape.traits)
            .chain(members.map(|member| &member.traits));
        let mut said: Vec<&str> = all
            .flat_map(|traits| traits.iter())
            .map(|(id, _)| id.as_str())
            .collect();
        said.sort_unstable();
        said.dedup();
        said.retain(|id| {
            !matches!(
                *id,
                "smithy.api#documentation" | "smithy.rules#endpointTests"
            )
        });
        let unknown: Vec<&str> = said
            .iter()
            .copied()
            .filter(|id| SAID.iter().all(|(known, ..)| known != id))
            .collect();
        assert!(
            unknown.is_empty() && said.len() > 30,
            "{unknown:?} of {said:?}"
        );
        assert!(SAID.is_sorted_by_key(|(id, ..)| *id));
    }
}
