//! A first program, which README.md shows.
//!
//! ```text
//! AWS_REGION=us-east-1 cargo run -p appfabric --example first_call
//! ```

use appfabric::types::{AuthType, Oauth2Credential, Tag, Tenant};
use appfabric::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL, …
    let client = Client::from_env()?;

    let credential = Oauth2Credential::builder()
        .client_id("id")
        .client_secret("secret");
    let created = client
        .create_app_authorization()
        .app_bundle_identifier("0b1ae6b9-2f4c-4c4e-9d2f-3a7d0d3f1c55")
        .app("SLACK")
        .credential(credential.build())
        .tenant(
            Tenant::builder()
                .tenant_identifier("T0123")
                .tenant_display_name("Acme")
                .build(),
        )
        .auth_type(AuthType::Oauth2)
        .tags([Tag::builder().key("team").value("security").build()])
        .send()
        .await?;
    println!("open {:?}", created.app_authorization.auth_url);

    match client
        .delete_app_bundle()
        .app_bundle_identifier("in-use")
        .send()
        .await
    {
        Ok(_) => {}
        Err(Error::ConflictException(conflict)) => eprintln!("still in use: {}", conflict.message),
        // "DeleteAppBundle failed: AccessDeniedException (403, request id …): …"
        Err(error) => return Err(error.into()),
    }

    // A Stream of the items of all pages.
    let mut bundles = client.list_app_bundles().items();
    while let Some(bundle) = bundles.next().await {
        println!("{}", bundle?.arn);
    }
    Ok(())
}
