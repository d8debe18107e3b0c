//! Connecting an app authorization to its application, which this server plays too.

use super::super::errors::{invalid, invalid_member};
use super::super::state::{Authorization, Code, State};
use super::super::text::encoded;
use super::Call;
use super::authorizations::summary;
use appfabric::operations::{ConnectAppAuthorization, ConnectAppAuthorizationOutput};
use appfabric::rt::{RequestError, Timestamp};
use appfabric::server::ConnectAppAuthorizationError;
use appfabric::types::{
    AppAuthorizationStatus, AuthRequest, AuthType, Persona, ValidationException,
};
use std::time::Duration;

/// The lifetime of authorization codes (RFC 6749, section 4.1.2, recommends at most this).
const CODE_LIFETIME: Duration = Duration::from_secs(10 * 60);
/// The ID of a tenant whose application rejects the credentials, or its beginning before a hyphen.
const FAILING_TENANT: &str = "fail";

impl Call<'_> {
    pub(crate) fn connect_app_authorization(
        &mut self,
        input: ConnectAppAuthorization,
    ) -> Result<ConnectAppAuthorizationOutput, ConnectAppAuthorizationError> {
        let now = self.now;
        let identifier = &input.app_bundle_identifier;
        let bundle = self.state.bundle(self.caller, identifier)?;
        let authorization = bundle.authorization(&input.app_authorization_identifier)?;
        if authorization.record.shape.auth_type == AuthType::Oauth2 {
            take_code(authorization, input.auth_request.as_ref(), now)?;
        }
        let shape = &mut authorization.record.shape;
        let tenant = &shape.tenant.tenant_identifier;
        shape.status = match tenant.split('-').next() == Some(FAILING_TENANT) {
            true => AppAuthorizationStatus::ConnectionValidationFailed,
            false => AppAuthorizationStatus::Connected,
        };
        shape.persona = Some(Persona::Admin);
        shape.updated_at = now;
        Ok(ConnectAppAuthorizationOutput::builder()
            .app_authorization_summary(summary(shape))
            .build())
    }
}

/// Checks the authorization code of a request. A code can be used once.
fn take_code(
    authorization: &mut Authorization,
    request: Option<&AuthRequest>,
    now: Timestamp,
) -> Result<(), ValidationException> {
    let request = request.ok_or_else(|| {
        let message = "The member is required for the authorization type oauth2.";
        invalid_member("authRequest", message)
    })?;
    let wrong = || {
        let message = "The code is not one that a user approved at the authUrl, or has expired.";
        invalid_member("authRequest.code", message)
    };
    let code = authorization
        .code
        .take_if(|code| code.text == request.code)
        .ok_or_else(wrong)?;
    let age = now.duration_since(code.issued_at).unwrap_or_default();
    if age > CODE_LIFETIME {
        return Err(wrong());
    }
    // The callback page of this server stands for any redirect URL, because it has no TLS.
    if code.redirect_uri.starts_with("https://") && code.redirect_uri != request.redirect_uri {
        return Err(invalid(
            "authRequest.redirectUri is not the URL that the code was sent to.",
        ));
    }
    Ok(())
}

/// The URL at which a user grants access. The Terraform provider requires `oauth2` in it
/// (hashicorp/terraform-provider-aws, `parseAuthURL`).
pub(super) fn auth_url(authorization: &Authorization, url: &str) -> Option<String> {
    let client_id = authorization.client_id.as_ref()?;
    Some(format!(
        "{url}/oauth2/authorize?response_type=code&client_id={}&redirect_uri={}&state={}",
        encoded(client_id),
        encoded(&format!("{url}/oauth2/callback")),
        authorization.record.id,
    ))
}

/// Issues a code for the authorization with the ID; `None` if there is none for OAuth2.
pub(crate) fn approve(
    state: &mut State,
    id: &str,
    redirect_uri: &str,
    now: Timestamp,
) -> Result<Option<String>, RequestError> {
    let mut all = state
        .bundles
        .iter_mut()
        .flat_map(|bundle| &mut bundle.authorizations);
    let Some(found) = all.find(|it| it.record.id == id && it.client_id.is_some()) else {
        return Ok(None);
    };
    let text = appfabric::rt::random_token()?;
    found.code = Some(Code {
        text: text.clone(),
        redirect_uri: redirect_uri.to_owned(),
        issued_at: now,
    });
    Ok(Some(text))
}
