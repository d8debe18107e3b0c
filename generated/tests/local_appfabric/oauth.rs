//! OAuth2: the local server is the application.

use crate::{Local, named, oauth2};
use appfabric::Error;
use appfabric::types::{AppAuthorization, AppAuthorizationStatus, AuthRequest, Persona};

impl Local {
    /// The target of the page on which the user grants access.
    fn page(&self, authorization: &AppAuthorization) -> String {
        let url = authorization.auth_url.as_ref().unwrap();
        url.strip_prefix(self.running.url()).unwrap().to_owned()
    }

    /// Approves, and returns the redirect URL up to the code, and the code.
    async fn approve(&self, target: &str) -> (String, String) {
        let (status, head, _) = self.send("POST", target).await;
        assert_eq!(status, 303, "{head}");
        let (_, location) = head.split_once("location: ").unwrap();
        let location = location.lines().next().unwrap();
        let (url, code) = location.split_once("code=").unwrap();
        (url.to_owned(), code.split('&').next().unwrap().to_owned())
    }

    async fn connect(
        &self,
        authorization: &AppAuthorization,
        code: &str,
        redirect_uri: &str,
    ) -> Result<AppAuthorizationStatus, Error> {
        let request = AuthRequest::builder().code(code).redirect_uri(redirect_uri);
        let connect = self.client.connect_app_authorization();
        let connect = connect
            .app_bundle_identifier(&authorization.app_bundle_arn)
            .app_authorization_identifier(&authorization.app_authorization_arn)
            .auth_request(request.build());
        Ok(connect.send().await?.app_authorization_summary.status)
    }
}

const REDIRECT: &str = "https://example.com/done";

#[tokio::test]
async fn a_browser_approves_by_the_form_of_the_page() {
    let local = Local::start(&[]).await;
    let bundle = local.bundle().await;
    let authorization = local.oauth_authorization(&bundle, "T1").await;
    // The Terraform provider stores the URL up to `oauth2`, and fails without it.
    assert!(authorization.auth_url.as_ref().unwrap().contains("oauth2"));
    assert_eq!(authorization.status, AppAuthorizationStatus::PendingConnect);
    let (status, _, page) = local.send("GET", &local.page(&authorization)).await;
    assert_eq!(status, 200);
    assert!(page.contains("Acme") && page.contains("SLACK"));
    let (_, action) = page.split_once("action=\"").unwrap();
    let action = action.split('"').next().unwrap().replace("&amp;", "&");
    let (redirect, code) = local.approve(&action).await;
    let shown = redirect.strip_prefix(local.running.url()).unwrap();
    let (status, _, page) = local.send("GET", &format!("{shown}code={code}")).await;
    assert!(status == 200 && page.contains(&code), "{page}");

    let connected = local
        .connect(&authorization, &code, REDIRECT)
        .await
        .unwrap();
    assert_eq!(connected, AppAuthorizationStatus::Connected);
    let get = local
        .client
        .get_app_authorization()
        .app_bundle_identifier(&bundle);
    let get = get.app_authorization_identifier(&authorization.app_authorization_arn);
    let output = get.send().await.unwrap().app_authorization;
    assert_eq!(output.persona, Some(Persona::Admin));
}

#[tokio::test]
async fn codes_are_checked() {
    let local = Local::start(&[]).await;
    let bundle = local.bundle().await;
    let authorization = local.oauth_authorization(&bundle, "T1").await;
    let page = local.page(&authorization);
    let refused = |result: Result<_, Error>| matches!(result, Err(Error::ValidationException(_)));
    assert!(refused(
        local.connect(&authorization, "guess", REDIRECT).await
    ));
    let (_, code) = local.approve(&page).await;
    assert!(refused(
        local.connect(&authorization, "guess", REDIRECT).await
    ));
    local.advance(601).await;
    assert!(refused(
        local.connect(&authorization, &code, REDIRECT).await
    ));
    // A redirect URL of the caller is part of what the code is for.
    let target = page.replace(
        "redirect_uri=",
        "redirect_uri=https%3A%2F%2Fexample.com%2Fdone&ignored=",
    );
    let (redirect, code) = local.approve(&target).await;
    assert_eq!(redirect, "https://example.com/done?");
    let other = "https://example.com/other";
    assert!(refused(local.connect(&authorization, &code, other).await));
    let (_, code) = local.approve(&target).await;
    local
        .connect(&authorization, &code, REDIRECT)
        .await
        .unwrap();
    for (wrong, status) in [
        (page.replace("state=", "state=0"), 404),
        (
            page.replace("redirect_uri=", "redirect_uri=http%3A%2F%2Fexample.com&x="),
            400,
        ),
    ] {
        assert_eq!(local.send("POST", &wrong).await.0, status);
    }
}

#[tokio::test]
async fn a_chosen_tenant_rejects_the_credentials() {
    let local = Local::start(&[]).await;
    let bundle = local.bundle().await;
    let authorization = local.oauth_authorization(&bundle, "fail").await;
    let page = local.page(&authorization);
    let (_, code) = local.approve(&page).await;
    let failed = local
        .connect(&authorization, &code, REDIRECT)
        .await
        .unwrap();
    assert_eq!(failed, AppAuthorizationStatus::ConnectionValidationFailed);
    let update = local
        .client
        .update_app_authorization()
        .app_bundle_identifier(&bundle);
    let update = update.app_authorization_identifier(&authorization.app_authorization_arn);
    update.tenant(named("T1")).send().await.unwrap();
    let (_, code) = local.approve(&page).await;
    let connected = local
        .connect(&authorization, &code, REDIRECT)
        .await
        .unwrap();
    assert_eq!(connected, AppAuthorizationStatus::Connected);
    // An update disconnects.
    let update = local
        .client
        .update_app_authorization()
        .app_bundle_identifier(&bundle);
    let update = update.app_authorization_identifier(&authorization.app_authorization_arn);
    let output = update.credential(oauth2()).send().await.unwrap();
    assert_eq!(
        output.app_authorization.status,
        AppAuthorizationStatus::PendingConnect
    );
}
