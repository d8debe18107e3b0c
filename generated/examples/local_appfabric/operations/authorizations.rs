//! App authorizations.

use super::super::arn;
use super::super::errors::{Kind, conflict, invalid, invalid_member, quota};
use super::super::state::Authorization;
use super::super::tokens::Key;
use super::connect::auth_url;
use super::{Call, Creation, PageRequest};
use appfabric::operations::{
    CreateAppAuthorization, CreateAppAuthorizationOutput, DeleteAppAuthorization,
    DeleteAppAuthorizationOutput, GetAppAuthorization, GetAppAuthorizationOutput,
    ListAppAuthorizations, ListAppAuthorizationsOutput, UpdateAppAuthorization,
    UpdateAppAuthorizationOutput,
};
use appfabric::server::{
    CreateAppAuthorizationError, DeleteAppAuthorizationError, GetAppAuthorizationError,
    ListAppAuthorizationsError, UpdateAppAuthorizationError,
};
use appfabric::types::{
    AppAuthorization, AppAuthorizationStatus, AppAuthorizationSummary, AuthType, Credential,
    ValidationException,
};

/// App authorizations of an account in a Region (*AWS AppFabric endpoints and quotas*).
const MOST_AUTHORIZATIONS: usize = 50;

impl Call<'_> {
    pub(crate) fn create_app_authorization(
        &mut self,
        mut input: CreateAppAuthorization,
    ) -> Result<CreateAppAuthorizationOutput, CreateAppAuthorizationError> {
        let key = self.state.key.clone();
        let creation = Creation::take(self.state, &mut input, |input| {
            (&mut input.client_token, &input.tags)
        })?;
        let (now, url) = (self.now, self.url);
        let identifier = &input.app_bundle_identifier;
        let bundle = self.state.bundle(self.caller, identifier)?;
        let records = bundle.authorizations.iter().map(|it| &it.record);
        if let Some(record) = creation.earlier(Kind::AppAuthorization, records)? {
            let authorization = bundle.authorization(&record.id.clone())?;
            return Ok(created(view(authorization, url)));
        }
        check_app(&input.app)?;
        let (client_id, credential) = credential(&key, &input.auth_type, &input.credential)?;
        let tenant = &input.tenant.tenant_identifier;
        if let Some(other) = bundle
            .authorizations
            .iter()
            .find(|it| it.connects(&input.app, tenant))
        {
            let message = "The tenant of the application has an app authorization already.";
            return Err(conflict(Kind::AppAuthorization, &other.record.id, message).into());
        }
        if bundle.authorizations.len() >= MOST_AUTHORIZATIONS {
            let id = &bundle.record.id;
            return Err(quota(Kind::AppAuthorization, id, MOST_AUTHORIZATIONS).into());
        }
        let bundle_arn = &bundle.record.arn;
        let record = creation
            .record(
                |id| arn::app_authorization(bundle_arn, id),
                |arn| {
                    AppAuthorization::builder()
                        .app(input.app)
                        .app_authorization_arn(arn)
                        .app_bundle_arn(bundle_arn)
                        .auth_type(input.auth_type)
                        .created_at(now)
                        .status(AppAuthorizationStatus::PendingConnect)
                        .tenant(input.tenant)
                        .updated_at(now)
                        .build()
                },
            )
            .map_err(CreateAppAuthorizationError::internal)?;
        let authorization = Authorization {
            record,
            client_id,
            credential,
            code: None,
        };
        let output = created(view(&authorization, url));
        bundle.authorizations.push(authorization);
        Ok(output)
    }

    pub(crate) fn get_app_authorization(
        &mut self,
        input: GetAppAuthorization,
    ) -> Result<GetAppAuthorizationOutput, GetAppAuthorizationError> {
        let identifier = &input.app_bundle_identifier;
        let bundle = self.state.bundle(self.caller, identifier)?;
        let authorization = bundle.authorization(&input.app_authorization_identifier)?;
        Ok(GetAppAuthorizationOutput::builder()
            .app_authorization(view(authorization, self.url))
            .build())
    }

    pub(crate) fn list_app_authorizations(
        &mut self,
        input: ListAppAuthorizations,
    ) -> Result<ListAppAuthorizationsOutput, ListAppAuthorizationsError> {
        let key = self.state.key.clone();
        let identifier = &input.app_bundle_identifier;
        let bundle = self.state.bundle(self.caller, identifier)?;
        let request = PageRequest {
            list: &["authorizations", &bundle.record.id],
            max_results: input.max_results,
            next_token: input.next_token.as_deref(),
        };
        let records = bundle.authorizations.iter().map(|it| &it.record);
        let page = request.page(&key, self.now, records)?;
        let summaries: Vec<_> = page.records.iter().map(|it| summary(&it.shape)).collect();
        Ok(ListAppAuthorizationsOutput::builder()
            .app_authorization_summary_list(summaries)
            .next_token(page.next_token)
            .build())
    }

    pub(crate) fn update_app_authorization(
        &mut self,
        input: UpdateAppAuthorization,
    ) -> Result<UpdateAppAuthorizationOutput, UpdateAppAuthorizationError> {
        let (key, now) = (self.state.key.clone(), self.now);
        let identifier = &input.app_bundle_identifier;
        let bundle = self.state.bundle(self.caller, identifier)?;
        let authorization = bundle.authorization(&input.app_authorization_identifier)?;
        let (id, app) = (
            authorization.record.id.clone(),
            authorization.record.shape.app.clone(),
        );
        let auth_type = authorization.record.shape.auth_type.clone();
        let new = match &input.credential {
            Some(given) => Some(credential(&key, &auth_type, given)?),
            None => None,
        };
        if let Some(tenant) = &input.tenant {
            let mut others = bundle.authorizations.iter();
            if others.any(|it| it.record.id != id && it.connects(&app, &tenant.tenant_identifier)) {
                let message = "The tenant of the application has an app authorization already.";
                return Err(invalid_member("tenant", message).into());
            }
        }
        let authorization = bundle.authorization(&id)?;
        if let Some((client_id, digest)) = new {
            (authorization.client_id, authorization.credential) = (client_id, digest);
        }
        let shape = &mut authorization.record.shape;
        if let Some(tenant) = input.tenant {
            shape.tenant = tenant;
        }
        if shape.status == AppAuthorizationStatus::Connected {
            shape.status = AppAuthorizationStatus::PendingConnect;
        }
        shape.updated_at = now;
        authorization.code = None;
        Ok(UpdateAppAuthorizationOutput::builder()
            .app_authorization(view(authorization, self.url))
            .build())
    }

    pub(crate) fn delete_app_authorization(
        &mut self,
        input: DeleteAppAuthorization,
    ) -> Result<DeleteAppAuthorizationOutput, DeleteAppAuthorizationError> {
        let identifier = &input.app_bundle_identifier;
        let bundle = self.state.bundle(self.caller, identifier)?;
        let authorization = bundle.authorization(&input.app_authorization_identifier)?;
        let id = authorization.record.id.clone();
        let shape = &authorization.record.shape;
        let (app, tenant) = (shape.app.clone(), shape.tenant.tenant_identifier.clone());
        let mut ingestions = bundle.ingestions.iter().map(|it| &it.record.shape);
        if ingestions.any(|it| it.app == app && it.tenant_id == tenant) {
            let message = "An ingestion uses the app authorization. Delete the ingestion first.";
            return Err(invalid(message).into());
        }
        bundle.authorizations.retain(|it| it.record.id != id);
        Ok(DeleteAppAuthorizationOutput::default())
    }
}

impl Authorization {
    /// Whether it is the one for a tenant of an application.
    pub(super) fn connects(&self, app: &str, tenant: &str) -> bool {
        let shape = &self.record.shape;
        shape.app == app && shape.tenant.tenant_identifier == tenant
    }
}

fn created(authorization: AppAuthorization) -> CreateAppAuthorizationOutput {
    CreateAppAuthorizationOutput::builder()
        .app_authorization(authorization)
        .build()
}

/// The authorization as operations return it, with the URL at this server.
fn view(authorization: &Authorization, url: &str) -> AppAuthorization {
    let mut shape = authorization.record.shape.clone();
    shape.auth_url = auth_url(authorization, url);
    shape
}

pub(super) fn summary(shape: &AppAuthorization) -> AppAuthorizationSummary {
    AppAuthorizationSummary::builder()
        .app(&shape.app)
        .app_authorization_arn(&shape.app_authorization_arn)
        .app_bundle_arn(&shape.app_bundle_arn)
        .status(shape.status.clone())
        .tenant(shape.tenant.clone())
        .updated_at(shape.updated_at)
        .build()
}

/// Names of applications are in upper case (*AWS AppFabric API Reference*, `CreateAppAuthorization`).
/// The service knows more than the twelve in the reference, such as `TERRAFORMCLOUD`.
pub(super) fn check_app(app: &str) -> Result<(), ValidationException> {
    let valid = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    if app.bytes().all(valid) {
        return Ok(());
    }
    let message = "The name of an application has only upper-case letters and digits.";
    Err(invalid_member("app", message))
}

/// The client ID and the digest of a credential, which must match the authorization type.
fn credential(
    key: &Key,
    auth_type: &AuthType,
    credential: &Credential,
) -> Result<(Option<String>, String), ValidationException> {
    match (auth_type, credential) {
        (AuthType::Oauth2, Credential::Oauth2Credential(it)) => {
            let digest = key.digest(&[it.client_id.as_bytes(), it.client_secret.as_bytes()]);
            Ok((Some(it.client_id.clone()), digest))
        }
        (AuthType::ApiKey, Credential::ApiKeyCredential(it)) => {
            Ok((None, key.digest(&[it.api_key.as_bytes()])))
        }
        _ => {
            let message = "The credential must be the one of the authorization type.";
            Err(invalid_member("credential", message))
        }
    }
}
