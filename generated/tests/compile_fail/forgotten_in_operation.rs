use appfabric::types::{ApiKeyCredential, AuthType};

async fn create(client: &appfabric::Client) -> Result<(), appfabric::Error> {
    client
        .create_app_authorization()
        .app_bundle_identifier("bundle")
        .app("SLACK")
        .credential(ApiKeyCredential::builder().api_key("key").build())
        .auth_type(AuthType::ApiKey)
        .send()
        .await?;
    Ok(())
}

fn main() {}
