//! Connects a tenant of Slack to an app bundle: `client.create_app_authorization(..)` of boto3 in Rust.
//!
//! ```text
//! cargo run -p appfabric --example create_app_authorization
//! ```
//!
//! Nothing goes over the network: requests end in `Service` below, which prints them and answers as AppFabric would.

use appfabric::rt::{Bytes, Endpoint, http};
use appfabric::types::{AuthType, Oauth2Credential, Tag, Tenant};
use appfabric::{Client, Error};

async fn create(client: &Client) -> Result<(), Error> {
    let created = client
        .create_app_authorization()
        .app_bundle_identifier(
            "arn:aws:appfabric:us-east-1:111122223333:appbundle/1f2e3d4c-0000-4a5b-8c9d-00000000000b",
        )
        .app("SLACK")
        // One of two; the other is `ApiKeyCredential`, with `AuthType::ApiKey`.
        .credential(Oauth2Credential::builder().client_id("client-id").client_secret("client-secret").build())
        .tenant(Tenant::builder().tenant_identifier("T0123").tenant_display_name("Acme").build())
        .auth_type(AuthType::Oauth2)
        // `client_token` is optional: a random UUID stands in for it.
        .tags([Tag::builder().key("team").value("security").build()])
        .send()
        .await?;

    let authorization = created.app_authorization;
    println!(
        "Created {} for {}",
        authorization.app_authorization_arn, authorization.tenant.tenant_display_name
    );
    println!("  at {}, now {}", authorization.created_at, authorization.status);
    if let Some(url) = authorization.auth_url {
        println!("  next, approve access at {url}");
    }
    Ok(())
}

/// Each error of the service is a variant, and prints what happened in one line.
async fn create_again(client: &Client) {
    match create(client).await {
        Ok(()) => {}
        Err(Error::ConflictException(e)) => {
            println!("There is one already: {} {}", e.resource_type, e.resource_id)
        }
        Err(e) => println!("{e}"),
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(Endpoint::new("https://appfabric.us-east-1.amazonaws.com")?, Service::default());
    block_on(create(&client))?;
    block_on(create_again(&client));
    Ok(())
}

/// Takes the place of the network: creates an app authorization once, and then says that it exists.
#[derive(Clone, Default)]
struct Service {
    created: std::sync::Arc<std::sync::atomic::AtomicBool>,
}

impl tower_service::Service<http::Request<Bytes>> for Service {
    type Response = http::Response<Bytes>;
    type Error = http::Error;
    type Future = std::future::Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Self::Error>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Bytes>) -> Self::Future {
        println!("{} {}", request.method(), request.uri());
        println!("{}\n", String::from_utf8_lossy(request.body()));
        let response = http::Response::builder().header("x-amzn-requestid", "0aa1-1");
        std::future::ready(if self.created.swap(true, std::sync::atomic::Ordering::Relaxed) {
            let response = response.status(409).header("x-amzn-errortype", "ConflictException");
            response.body(Bytes::from_static(ALREADY_THERE.as_bytes()))
        } else {
            response.status(201).body(Bytes::from_static(CREATED.as_bytes()))
        })
    }
}

const CREATED: &str = r#"{
    "appAuthorization": {
        "appAuthorizationArn": "arn:aws:appfabric:us-east-1:111122223333:appbundle/1f2e/appauthorization/2a3b",
        "appBundleArn": "arn:aws:appfabric:us-east-1:111122223333:appbundle/1f2e",
        "app": "SLACK",
        "tenant": {"tenantIdentifier": "T0123", "tenantDisplayName": "Acme"},
        "authType": "oauth2",
        "status": "PendingConnect",
        "createdAt": "2024-05-06T07:08:09.123Z",
        "updatedAt": "2024-05-06T07:08:09.123Z",
        "persona": "admin",
        "authUrl": "https://slack.com/oauth/v2/authorize?client_id=client-id"
    }
}"#;

const ALREADY_THERE: &str = r#"{
    "message": "An app authorization for this tenant exists",
    "resourceId": "arn:aws:appfabric:us-east-1:111122223333:appbundle/1f2e/appauthorization/2a3b",
    "resourceType": "appAuthorization"
}"#;

/// Enough of an async runtime for futures that never wait; a program that does more uses `tokio` or the like.
fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    loop {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}
