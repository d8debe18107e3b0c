use super::{BUNDLE, BUNDLE_ID, golden, nothing, two_tags, wire};
use appfabric::operations::{
    ConnectAppAuthorization, CreateAppAuthorization, DeleteAppAuthorization, GetAppAuthorization,
    ListAppAuthorizations, UpdateAppAuthorization,
};
use appfabric::types::{ApiKeyCredential, AuthRequest, AuthType, Oauth2Credential, Tenant};
use serde_json::json;

const AUTHORIZATION: &str =
    "arn:aws:appfabric:us-east-1:111122223333:appbundle/b1/appauthorization/a1";
const AUTHORIZATION_ID: &str = "1f2e3d4c-0000-4a5b-8c9d-00000000000a";

fn tenant() -> Tenant {
    Tenant::builder()
        .tenant_identifier("T0123")
        .tenant_display_name("Acme & Söhne")
        .build()
}

fn oauth2() -> Oauth2Credential {
    Oauth2Credential::builder()
        .client_id("client-1")
        .client_secret("s3cr3t/+=")
        .build()
}

#[test]
fn connect_app_authorization() {
    let auth_request = AuthRequest::builder()
        .redirect_uri("https://example.com/callback?a=b")
        .code("c0de/+=");
    golden(
        ConnectAppAuthorization::builder()
            .app_bundle_identifier(BUNDLE)
            .app_authorization_identifier(AUTHORIZATION)
            .auth_request(auth_request.build())
            .build(),
        ConnectAppAuthorization::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .app_authorization_identifier(AUTHORIZATION_ID)
            .build(),
        |output| json!({"appAuthorizationSummary": wire(&output.app_authorization_summary)}),
    );
}

#[test]
fn create_app_authorization() {
    golden(
        CreateAppAuthorization::builder()
            .app_bundle_identifier(BUNDLE)
            .app("SLACK")
            .credential(oauth2())
            .tenant(tenant())
            .auth_type(AuthType::Oauth2)
            .client_token("0f0e0d0c-0b0a-4908-8706-050403020100")
            .tags(two_tags())
            .build(),
        CreateAppAuthorization::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .app("OKTA")
            .credential(ApiKeyCredential::builder().api_key("k3y-~!").build())
            .tenant(
                Tenant::builder()
                    .tenant_identifier("T")
                    .tenant_display_name("A")
                    .build(),
            )
            .auth_type(AuthType::ApiKey)
            .build(),
        |output| json!({"appAuthorization": wire(&output.app_authorization)}),
    );
}

#[test]
fn delete_app_authorization() {
    golden(
        DeleteAppAuthorization::builder()
            .app_bundle_identifier(BUNDLE)
            .app_authorization_identifier(AUTHORIZATION)
            .build(),
        DeleteAppAuthorization::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .app_authorization_identifier(AUTHORIZATION_ID)
            .build(),
        nothing,
    );
}

#[test]
fn get_app_authorization() {
    golden(
        GetAppAuthorization::builder()
            .app_bundle_identifier(BUNDLE)
            .app_authorization_identifier(AUTHORIZATION)
            .build(),
        GetAppAuthorization::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .app_authorization_identifier(AUTHORIZATION_ID)
            .build(),
        |output| json!({"appAuthorization": wire(&output.app_authorization)}),
    );
}

#[test]
fn list_app_authorizations() {
    golden(
        ListAppAuthorizations::builder()
            .app_bundle_identifier(BUNDLE)
            .max_results(50)
            .next_token("a+b/c==&d e~é%2F?#")
            .build(),
        ListAppAuthorizations::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .build(),
        |output| {
            json!({
                "appAuthorizationSummaryList": wire(&output.app_authorization_summary_list),
                "nextToken": output.next_token,
            })
        },
    );
}

#[test]
fn update_app_authorization() {
    golden(
        UpdateAppAuthorization::builder()
            .app_bundle_identifier(BUNDLE)
            .app_authorization_identifier(AUTHORIZATION)
            .credential(oauth2())
            .tenant(tenant())
            .build(),
        UpdateAppAuthorization::builder()
            .app_bundle_identifier(BUNDLE_ID)
            .app_authorization_identifier(AUTHORIZATION_ID)
            .build(),
        |output| json!({"appAuthorization": wire(&output.app_authorization)}),
    );
}
