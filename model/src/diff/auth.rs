//! Changes between AWS signature versions of services: not all credentials support both.

use super::differences::{Change, Differences};
use super::event::Event;
use crate::shapes::model::Model;
use crate::shapes::shape::{Service, Shape, ShapeKind, Traits};
use crate::syntax::node::{Node, Value};
use crate::traits::change::EventSeverity;
use crate::traits::registry::authentication::{
    AUTH, HTTP_API_KEY_AUTH, HTTP_BASIC_AUTH, HTTP_BEARER_AUTH, HTTP_DIGEST_AUTH, SIGV4, SIGV4A,
};
use crate::traits::registry::endpoints::ENDPOINT_RULE_SET;
use std::collections::BTreeMap;

pub(super) fn evaluate(differences: &Differences<'_>, events: &mut Vec<Event>) {
    for Change { old, new } in &differences.shapes {
        match (&old.kind, &new.kind) {
            (ShapeKind::Service(_), ShapeKind::Service(_)) => service(old, new, events),
            (ShapeKind::Operation(_), ShapeKind::Operation(_)) => {
                operation(differences, old, new, events)
            }
            _ => {}
        }
    }
}

fn service(old: &Shape, new: &Shape, events: &mut Vec<Event>) {
    let (before, after) = (of_service(&old.traits), of_service(&new.traits));
    let place = format!("`{}`", new.id);
    push(new, "SigV4Migration", &place, &before, &after, events);
    let (Some(rules), Some(new_rules)) = (
        ENDPOINT_RULE_SET.of(&old.traits),
        ENDPOINT_RULE_SET.of(&new.traits),
    ) else {
        return;
    };
    let old_endpoints = endpoints(rules);
    for (path, endpoint) in endpoints(new_rules) {
        let Some(old_endpoint) = old_endpoints.get(&path).filter(|old| **old != endpoint) else {
            continue;
        };
        let schemes = |endpoint: &Node, modelled: &[String]| {
            let own = of_endpoint(endpoint);
            if own.is_empty() {
                modelled.to_vec()
            } else {
                own
            }
        };
        let place = format!(
            "an endpoint in the `@{ENDPOINT_RULE_SET}` trait applied to `{}` at: `{path}`",
            new.id
        );
        let (before, after) = (schemes(old_endpoint, &before), schemes(endpoint, &after));
        push(
            new,
            "EndpointSigV4Migration",
            &place,
            &before,
            &after,
            events,
        );
    }
}

fn operation(differences: &Differences<'_>, old: &Shape, new: &Shape, events: &mut Vec<Event>) {
    if listed(&old.traits) == listed(&new.traits) {
        return;
    }
    for shape in services_of(differences.new, new) {
        let Some(before) = differences.old.shapes.get(&shape.id) else {
            continue;
        };
        if !matches!(before.kind, ShapeKind::Service(_)) {
            continue;
        }
        let before = of_operation(&before.traits, &old.traits);
        let after = of_operation(&shape.traits, &new.traits);
        push(
            new,
            "SigV4Migration",
            &format!("`{}`", new.id),
            &before,
            &after,
            events,
        );
    }
}

/// Returns the services that contain an operation.
fn services_of<'m>(model: &'m Model, operation: &'m Shape) -> impl Iterator<Item = &'m Shape> {
    let belongs = |service: &Service| model.closure(service).operations.contains(&operation.id);
    model
        .services()
        .filter(move |(_, service)| belongs(service))
        .map(|(shape, _)| shape)
}

fn push(
    shape: &Shape,
    id: &str,
    place: &str,
    old: &[String],
    new: &[String],
    events: &mut Vec<Event>,
) {
    if let Some(what) = migration(old, new) {
        let message = format!(
            "{what} in the effective auth schemes for {place}. {}",
            what.consequence()
        );
        events.push(
            EventSeverity::Danger
                .event(id, &shape.id, message)
                .in_new(shape.span),
        );
    }
}

/// The change of the two schemes.
struct Migration {
    what: &'static str,
    scheme: &'static str,
    other: &'static str,
}

impl std::fmt::Display for Migration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            what,
            scheme,
            other,
        } = self;
        write!(
            f,
            "The `{scheme}` authentication scheme was {what} the `{other}` authentication scheme"
        )
    }
}

impl Migration {
    /// Returns why the change may break clients.
    fn consequence(&self) -> &'static str {
        let to_sigv4a = (self.scheme == SIGV4.id()) == (self.what == "replaced by");
        if to_sigv4a {
            "Not all credentials that can make the one signature can make the other, so existing clients may be \
             locked out."
        } else {
            "Existing clients may be locked out if the scope of signatures was narrowed (typically from `*`)."
        }
    }
}

fn migration(old: &[String], new: &[String]) -> Option<Migration> {
    let place =
        |schemes: &[String], id: &str| schemes.iter().position(|scheme| normal(scheme) == id);
    let old = (place(old, SIGV4.id()), place(old, SIGV4A.id()));
    let new = (place(new, SIGV4.id()), place(new, SIGV4A.id()));
    let migration = |what, to_sigv4a: bool| {
        let (scheme, other) = if to_sigv4a {
            (SIGV4A.id(), SIGV4.id())
        } else {
            (SIGV4.id(), SIGV4A.id())
        };
        Some(Migration {
            what,
            scheme,
            other,
        })
    };
    match (old, new) {
        ((Some(_), None), (None, Some(_))) => migration("replaced by", false),
        ((None, Some(_)), (Some(_), None)) => migration("replaced by", true),
        ((Some(old), Some(old_a)), (Some(new), Some(new_a))) if (old < old_a) != (new < new_a) => {
            migration("moved before", new_a < new)
        }
        ((None, Some(_)), (Some(new), Some(new_a))) if new < new_a => {
            migration("added before", false)
        }
        ((Some(_), None), (Some(new), Some(new_a))) if new_a < new => {
            migration("added before", true)
        }
        _ => None,
    }
}

/// Returns the scheme for a name in endpoint rules, which have no namespace and more variants.
fn normal(scheme: &str) -> &str {
    match scheme {
        "sigv4" => SIGV4.id(),
        "sigv4a" => SIGV4A.id(),
        _ if scheme.starts_with("sigv4a-") => SIGV4A.id(),
        _ if scheme.starts_with("sigv4-") => SIGV4.id(),
        other => other,
    }
}

/// Returns the schemes of a service: those in `@auth`, or its traits by name (Smithy,
/// *Authentication traits*).
fn of_service(traits: &Traits) -> Vec<String> {
    listed(traits).unwrap_or_else(|| {
        let mut schemes: Vec<String> = traits
            .iter()
            .map(|(id, _)| id.as_str())
            .filter(|id| is_scheme(id))
            .map(str::to_owned)
            .collect();
        schemes.sort_unstable();
        schemes
    })
}

/// Returns the schemes of an operation: those in its `@auth` that the service has.
fn of_operation(service: &Traits, operation: &Traits) -> Vec<String> {
    match listed(operation) {
        Some(own) => own
            .into_iter()
            .filter(|scheme| service.has(scheme))
            .collect(),
        None => of_service(service),
    }
}

fn listed(traits: &Traits) -> Option<Vec<String>> {
    let schemes = AUTH.of(traits)?;
    Some(schemes.into_iter().map(str::to_owned).collect())
}

fn is_scheme(id: &str) -> bool {
    const SCHEMES: [&str; 6] = [
        HTTP_API_KEY_AUTH.id(),
        HTTP_BASIC_AUTH.id(),
        HTTP_BEARER_AUTH.id(),
        HTTP_DIGEST_AUTH.id(),
        SIGV4.id(),
        SIGV4A.id(),
    ];
    SCHEMES.contains(&id)
}

/// Returns the schemes that an endpoint in the rules lists.
fn of_endpoint(endpoint: &Node) -> Vec<String> {
    let schemes = endpoint
        .get("properties")
        .and_then(|node| node.get("authSchemes"))
        .and_then(Node::as_array);
    let name = |scheme: &Node| scheme.get("name").and_then(Node::as_str).map(str::to_owned);
    schemes
        .unwrap_or_default()
        .iter()
        .filter_map(name)
        .collect()
}

/// Returns every endpoint in a rule set, by its JSON pointer.
fn endpoints(rules: &Node) -> BTreeMap<String, &Node> {
    let mut found = BTreeMap::new();
    let mut open = vec![(String::new(), rules)];
    while let Some((path, node)) = open.pop() {
        match &node.value {
            Value::Array(items) => {
                open.extend(
                    items
                        .iter()
                        .enumerate()
                        .map(|(index, item)| (format!("{path}/{index}"), item)),
                );
            }
            Value::Object(members) => {
                for (key, entry) in members
                    .iter()
                    .filter(|(key, _)| matches!(key.as_str(), "rules" | "endpoint"))
                {
                    let path = format!("{path}/{key}");
                    if key == "endpoint" {
                        found.insert(path, &entry.node);
                    } else {
                        open.push((path, &entry.node));
                    }
                }
            }
            _ => {}
        }
    }
    found
}
