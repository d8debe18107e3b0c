//! Who may call an operation (Smithy, *Authentication traits*).

use super::log::Log;
use super::types::Auth;
use smithy_model::{Code, Diagnostic, Node, Shape, Traits};

const SIGV4: &str = "aws.auth#sigv4";

/// The schemes of a service: those that `@auth` lists, or those that it has traits of.
pub(crate) struct Schemes<'m> {
    listed: Vec<&'m str>,
}

impl<'m> Schemes<'m> {
    /// Reads the service's traits.
    pub(crate) fn of(service: &'m Shape) -> Self {
        let has = || service.traits.iter().map(|(id, _)| id.as_str()).filter(|id| is_scheme(id)).collect();
        Self { listed: listed(&service.traits).unwrap_or_else(has) }
    }

    /// Who may call this operation. A client can only sign: a scheme without signatures is reported.
    pub(crate) fn auth(&self, operation: &'m Shape, log: &mut Log) -> Auth {
        let own = listed(&operation.traits);
        let schemes = own.as_ref().unwrap_or(&self.listed);
        // Clients of a service without schemes have nothing to sign for.
        if schemes.contains(&SIGV4) || own.is_none() && schemes.is_empty() {
            let optional = operation.traits.has("smithy.api#optionalAuth");
            return if optional { Auth::Optional } else { Auth::Required };
        }
        if !schemes.is_empty() {
            let message = format!("operation `{}` is called with {}", operation.id, schemes.join(" or "));
            let help = "its requests are not signed: give the client a transport that adds what is needed";
            let problem = Diagnostic::warning(Code::UnsupportedTrait, message).at(operation.span);
            log.push(problem.shape(&operation.id).help(help));
        }
        Auth::None
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
            | "aws.auth#sigv4a"
            | "smithy.api#httpApiKeyAuth"
            | "smithy.api#httpBasicAuth"
            | "smithy.api#httpBearerAuth"
            | "smithy.api#httpDigestAuth"
    )
}
