//! Who may call an operation (Smithy, *Authentication traits*).

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
    /// The schemes that clients have, the preferred first.
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

/// The schemes of a service: those that `@auth` lists, or those that it has traits of.
struct Schemes<'m> {
    service: &'m Shape,
    listed: Vec<&'m str>,
}

impl<'m> Schemes<'m> {
    /// Reads the service's traits.
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

    /// Those that clients have, the preferred first.
    fn known(&self) -> Vec<Scheme> {
        self.resolve(&self.listed)
    }

    /// Who may call this operation. A scheme that clients do not have is reported if there is no
    /// other.
    fn auth(&self, operation: &'m Shape, log: &mut Log) -> Auth {
        let own = listed(&operation.traits);
        let ids = own.as_ref().unwrap_or(&self.listed);
        let schemes = self.resolve(ids);
        let optional = operation.traits.has("smithy.api#optionalAuth");
        if schemes.is_empty() && !ids.is_empty() {
            let message = format!(
                "operation `{}` is called with {}",
                operation.id,
                ids.join(" or ")
            );
            let help =
                "its requests are not signed: give the client a transport that adds what is needed";
            let problem = Diagnostic::warning(Code::UnsupportedTrait, message).at(operation.span);
            log.push(problem.shape(&operation.id).help(help));
        }
        // Clients of a service without schemes have nothing to show.
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

    /// A signature of version 4a costs a client more than one of version 4, so that the latter is
    /// chosen where both are taken.
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

/// The schemes that `@auth` lists.
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
