//! Authentication of operations (Smithy, "Authentication traits").

use crate::graph::auth::{Auth, Scheme};
use crate::select::closure::Closure;
use crate::text::Text;
use smithy_model::{Code, Diagnostic, Log, Node, Shape, ShapeId, Traits};
use std::collections::BTreeMap;

const SIGV4: &str = "aws.auth#sigv4";
const SIGV4A: &str = "aws.auth#sigv4a";
const BEARER: &str = "smithy.api#httpBearerAuth";

/// How the clients and operations of a service authenticate.
#[derive(Debug)]
pub(crate) struct Authentication<'m> {
    /// The schemes of the service that clients support, the preferred one first.
    pub(crate) schemes: Vec<Scheme>,
    pub(crate) operations: BTreeMap<&'m ShapeId, Auth>,
}

/// Reads the authentication traits of the service and its operations.
pub(crate) fn lower<'m>(closure: &Closure<'m>, log: &mut Log) -> Authentication<'m> {
    let schemes = Schemes::of(closure.service.shape);
    let operations = closure.operations.iter();
    Authentication {
        schemes: schemes.known(),
        operations: operations
            .map(|(id, (shape, _))| (*id, schemes.auth(shape, log)))
            .collect(),
    }
}

/// The schemes of a service: those in its `auth` trait, or those whose traits it has.
struct Schemes<'m> {
    service: &'m Shape,
    listed: Vec<&'m str>,
}

impl<'m> Schemes<'m> {
    /// Reads the traits of the service.
    fn of(service: &'m Shape) -> Self {
        let has = || {
            let mut ids: Vec<&str> = service
                .traits
                .iter()
                .map(|(id, _)| id.as_str())
                .filter(|id| is_scheme(id))
                .collect();
            ids.sort_unstable();
            ids
        };
        Self {
            service,
            listed: listed(&service.traits).unwrap_or_else(has),
        }
    }

    /// The schemes that clients support, the preferred one first.
    fn known(&self) -> Vec<Scheme> {
        self.resolve(&self.listed)
    }

    /// How requests of an operation are authenticated. If clients support none of its schemes,
    /// they are reported.
    fn auth(&self, operation: &'m Shape, log: &mut Log) -> Auth {
        let own = listed(&operation.traits);
        let ids = own.as_ref().unwrap_or(&self.listed);
        let schemes = self.resolve(ids);
        let optional = operation.traits.has("smithy.api#optionalAuth");
        if schemes.is_empty() && !ids.is_empty() {
            let message = format!(
                "operation `{}` requires {}, which is not supported",
                operation.id,
                ids.join(" or ")
            );
            let help =
                "its requests are not authenticated: use a transport that authenticates them";
            let problem = Diagnostic::warning(Code::UnsupportedTrait, message).at(operation.span);
            log.push(problem.shape(&operation.id).help(help));
        }
        // Clients of a service without schemes have no identity to use.
        if schemes.is_empty() && (own.is_some() || !ids.is_empty()) {
            Auth::None
        } else if schemes != self.known() {
            Auth::By { schemes, optional }
        } else if optional {
            Auth::Optional
        } else {
            Auth::Required
        }
    }

    /// Where both are accepted, version 4 is chosen: signatures of version 4a are more expensive.
    fn resolve(&self, ids: &[&str]) -> Vec<Scheme> {
        let both = ids.contains(&SIGV4);
        let scheme = |id: &&str| match *id {
            SIGV4 => Some(Scheme::SigV4(self.signing_name(SIGV4)?)),
            SIGV4A if !both => Some(Scheme::SigV4a(self.signing_name(SIGV4A)?)),
            BEARER => Some(Scheme::Bearer),
            _ => None,
        };
        ids.iter().filter_map(scheme).collect()
    }

    fn signing_name(&self, scheme: &str) -> Option<Text> {
        self.service
            .traits
            .get(scheme)?
            .get("name")?
            .as_str()
            .map(Text::new)
    }
}

/// The schemes in the `auth` trait.
fn listed(traits: &Traits) -> Option<Vec<&str>> {
    let schemes = traits.get("smithy.api#auth")?.as_array()?;
    Some(schemes.iter().filter_map(Node::as_str).collect())
}

fn is_scheme(id: &str) -> bool {
    matches!(
        id,
        SIGV4
            | SIGV4A
            | BEARER
            | "smithy.api#httpApiKeyAuth"
            | "smithy.api#httpBasicAuth"
            | "smithy.api#httpDigestAuth"
    )
}
