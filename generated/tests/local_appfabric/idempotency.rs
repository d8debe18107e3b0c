//! Idempotency tokens, and page tokens.

use crate::{Local, named};
use appfabric::Error;
use appfabric::types::{ApiKeyCredential, AuthType};

const TOKEN: &str = "00000000-0000-4000-8000-00000000000a";

#[tokio::test]
async fn a_token_with_the_same_parameters_returns_the_same_resource() {
    let local = Local::start(&[]).await;
    let bundle = local.bundle().await;
    let create = |key: &str| {
        local
            .client
            .create_app_authorization()
            .app_bundle_identifier(&bundle)
            .app("ASANA")
            .auth_type(AuthType::ApiKey)
            .credential(ApiKeyCredential::builder().api_key(key).build())
            .tenant(named("T1"))
            .client_token(TOKEN)
    };
    let first = create("one").send().await.unwrap().app_authorization;
    let again = create("one").send().await.unwrap().app_authorization;
    assert_eq!(first, again);
    // Credentials are parameters.
    let Error::ConflictException(error) = create("two").send().await.unwrap_err() else {
        panic!("another error");
    };
    assert!(
        error.message.contains("IdempotentParameterMismatch"),
        "{error:?}"
    );
    assert!(first.app_authorization_arn.ends_with(&error.resource_id));
    let list = local.client.list_app_authorizations();
    let output = list.app_bundle_identifier(&bundle).send().await.unwrap();
    assert_eq!(output.app_authorization_summary_list.len(), 1);
}

#[tokio::test]
async fn pages_contain_every_item_once() {
    let local = Local::start(&[]).await;
    let bundle = local.bundle().await;
    let mut created = Vec::new();
    for number in 0..5 {
        created.push(
            local
                .authorization(&bundle, "ZOOM", &format!("T{number}"))
                .await,
        );
    }
    let mut found = Vec::new();
    let mut token = None;
    let mut sizes = Vec::new();
    loop {
        let list = local.client.list_app_authorizations();
        let list = list.app_bundle_identifier(&bundle).max_results(2);
        let page = list.next_token(token.take()).send().await.unwrap();
        let summaries = page.app_authorization_summary_list;
        sizes.push(summaries.len());
        found.extend(summaries.into_iter().map(|it| it.app_authorization_arn));
        if sizes.len() == 1 {
            // An item that is deleted between pages does not disturb the rest.
            let delete = local.client.delete_app_authorization();
            let delete = delete.app_bundle_identifier(&bundle);
            let last = found.last().unwrap();
            delete
                .app_authorization_identifier(last)
                .send()
                .await
                .unwrap();
        }
        token = page.next_token;
        if token.is_none() {
            break;
        }
    }
    assert_eq!((found, sizes), (created, vec![2, 2, 1]));
}

#[tokio::test]
async fn page_tokens_are_opaque_and_expire() {
    let local = Local::start(&[]).await;
    let bundle = local.bundle().await;
    for number in 0..3 {
        local
            .connected(&bundle, "ZOOM", &format!("T{number}"))
            .await;
    }
    let list = |size: i32, token: Option<String>| {
        let list = local.client.list_app_authorizations();
        let list = list.app_bundle_identifier(&bundle).max_results(size);
        list.next_token(token).send()
    };
    let token = list(1, None).await.unwrap().next_token;
    let mut forged = token.clone().unwrap();
    let last = if forged.pop() == Some('0') { '1' } else { '0' };
    forged.push(last);
    for (size, token) in [
        (2, token.clone()),
        (1, Some(forged)),
        (1, Some("é".to_owned())),
    ] {
        let error = list(size, token).await.unwrap_err();
        assert!(matches!(error, Error::ValidationException(_)), "{error}");
    }
    // The token of another list.
    let other = local
        .client
        .list_ingestions()
        .app_bundle_identifier(&bundle);
    let other = other.max_results(1).next_token(token.clone()).send().await;
    assert!(matches!(other, Err(Error::ValidationException(_))));

    local.advance(24 * 60 * 60 - 60).await;
    assert_eq!(
        list(1, token.clone())
            .await
            .unwrap()
            .app_authorization_summary_list
            .len(),
        1
    );
    local.advance(60).await;
    let error = list(1, token).await.unwrap_err();
    assert!(matches!(error, Error::ValidationException(_)), "{error}");
}
