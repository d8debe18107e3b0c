//! Authentication of operations (Smithy, "Authentication traits").

use crate::graph::auth::{Auth, Scheme};
use crate::select::closure::Closure;
use crate::text::Text;
use smithy_model::traits::{
    AUTH, HTTP_API_KEY_AUTH, HTTP_BASIC_AUTH, HTTP_BEARER_AUTH, HTTP_DIGEST_AUTH, OPTIONAL_AUTH,
    SIGV4, SIGV4A, SigningName, Trait,
};
use smithy_model::{Code, Diagnostic, Log, Shape, ShapeId};
use std::collections::BTreeMap;

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
            listed: AUTH.of(&service.traits).unwrap_or_else(has),
        }
    }

    /// The schemes that clients support, the preferred one first.
    fn known(&self) -> Vec<Scheme> {
        self.resolve(&self.listed)
    }

    /// How requests of an operation are authenticated. If clients support none of its schemes,
    /// they are reported.
    fn auth(&self, operation: &'m Shape, log: &mut Log) -> Auth {
        let own = AUTH.of(&operation.traits);
        let ids = own.as_ref().unwrap_or(&self.listed);
        let schemes = self.resolve(ids);
        let optional = OPTIONAL_AUTH.is_on(&operation.traits);
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
        let both = ids.contains(&SIGV4.id());
        let name = |signature: Trait<SigningName>| {
            let name = signature.of(&self.service.traits);
            name.map(Text::new)
        };
        let scheme = |id: &&str| {
            if *id == SIGV4.id() {
                name(SIGV4).map(Scheme::SigV4)
            } else if *id == SIGV4A.id() && !both {
                name(SIGV4A).map(Scheme::SigV4a)
            } else {
                (*id == HTTP_BEARER_AUTH.id()).then_some(Scheme::Bearer)
            }
        };
        ids.iter().filter_map(scheme).collect()
    }
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
