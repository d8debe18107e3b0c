//! A client over a transport that is a few lines of Rust, as in a test of a program that calls
//! AppFabric.
//!
//! ```text
//! cargo run -p appfabric --example mock_transport
//! ```
//!
//! Nothing goes over the network: requests end in `Mock` below, which prints them and answers as
//! AppFabric would.

use appfabric::rt::Body;
use appfabric::rt::http;
use appfabric::types::{AuthType, Oauth2Credential, Tag, Tenant};
use appfabric::{Client, Error};

async fn create(client: &Client) -> Result<(), Error> {
    let created = client
        .create_app_authorization()
        .app_bundle_identifier(
            "arn:aws:appfabric:us-east-1:111122223333:appbundle/1f2e3d4c-0000-4a5b-8c9d-00000000000b",
        )
        .app("SLACK")
        .credential(Oauth2Credential::builder().client_id("client-id").client_secret("client-secret").build())
        .tenant(Tenant::builder().tenant_identifier("T0123").tenant_display_name("Acme").build())
        .auth_type(AuthType::Oauth2)
        .tags([Tag::builder().key("team").value("security").build()])
        .send()
        .await?;

    let authorization = created.app_authorization;
    println!(
        "Created {} for {}",
        authorization.app_authorization_arn, authorization.tenant.tenant_display_name
    );
    println!(
        "  at {}, now {}",
        authorization.created_at, authorization.status
    );
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
            println!(
                "There is one already: {} {}",
                e.resource_type, e.resource_id
            )
        }
        Err(e) => println!("{e}"),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder()
        .region("us-east-1")
        .unsigned()
        .transport(Mock::default())
        .build()?;
    create(&client).await?;
    create_again(&client).await;
    Ok(())
}

/// Takes the place of the network: creates an app authorization once, and then says that it exists.
#[derive(Clone, Default)]
struct Mock {
    created: std::sync::Arc<std::sync::atomic::AtomicBool>,
}

impl tower_service::Service<http::Request<Body>> for Mock {
    type Response = http::Response<Body>;
    type Error = http::Error;
    type Future = std::future::Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(
        &mut self,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Result<(), Self::Error>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        println!("{} {}", request.method(), request.uri());
        // The body is in memory unless a layer made a stream of it.
        println!(
            "{}\n",
            String::from_utf8_lossy(request.body().as_bytes().map_or(b"", |bytes| bytes))
        );
        let response = http::Response::builder().header("x-amzn-requestid", "0aa1-1");
        std::future::ready(
            if self
                .created
                .swap(true, std::sync::atomic::Ordering::Relaxed)
            {
                let response = response
                    .status(409)
                    .header("x-amzn-errortype", "ConflictException");
                response.body(Body::from(ALREADY_THERE))
            } else {
                response.status(201).body(Body::from(CREATED))
            },
        )
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
