//! Connects a tenant of Slack to an app bundle: what `client.create_app_authorization(..)` is in
//! boto3.
//!
//! ```text
//! export AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…
//! cargo run -p appfabric --example create_app_authorization -- APP_BUNDLE CLIENT_ID CLIENT_SECRET TENANT_ID
//! ```

use appfabric::types::{AuthType, Oauth2Credential, Tag, Tenant};
use appfabric::{Client, Error};
use std::error::Error as StdError;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn StdError>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [app_bundle, client_id, client_secret, tenant] = arguments.as_slice() else {
        return Err("give four arguments: APP_BUNDLE CLIENT_ID CLIENT_SECRET TENANT_ID".into());
    };
    let client = Client::from_env()?;
    let created = client
        .create_app_authorization()
        .app_bundle_identifier(app_bundle)
        .app("SLACK")
        // One of two; the other is `ApiKeyCredential`, with `AuthType::ApiKey`.
        .credential(
            Oauth2Credential::builder()
                .client_id(client_id)
                .client_secret(client_secret)
                .build(),
        )
        .tenant(
            Tenant::builder()
                .tenant_identifier(tenant)
                .tenant_display_name("Acme")
                .build(),
        )
        .auth_type(AuthType::Oauth2)
        // `client_token` is optional: a random UUID stands in for it, the same for all attempts.
        .tags([Tag::builder().key("team").value("security").build()])
        .send()
        .await;
    match created {
        Ok(created) => {
            let authorization = created.app_authorization;
            println!(
                "Created {}, now {}",
                authorization.app_authorization_arn, authorization.status
            );
            if let Some(url) = authorization.auth_url {
                println!("Next, approve access at {url}");
            }
            Ok(())
        }
        Err(Error::ConflictException(e)) => {
            println!(
                "There is one already: {} {}",
                e.resource_type, e.resource_id
            );
            Ok(())
        }
        Err(e) => Err(e.to_string().into()),
    }
}
