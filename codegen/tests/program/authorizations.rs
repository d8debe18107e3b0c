//! Prints the app authorizations of an app bundle that have a status, as JSON.
//!
//! `authorizations http://proxy:3128 BUNDLE Connected`

use appfabric::rt::client::Https;
use appfabric::types::AppAuthorizationStatus;
use std::error::Error;
use std::time::Duration;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().ok_or("usage: authorizations PROXY BUNDLE STATUS");
    let (proxy, bundle, status) = (next()?, next()?, next()?);
    // A status that the model does not have is an error, which lists those of the model.
    let status: AppAuthorizationStatus = status.parse()?;

    let transport = Https::new().proxy(&proxy)?.no_proxy("localhost");
    let client = appfabric::Client::builder().env().transport(transport).build()?;

    let (output, metadata) = client
        .list_app_authorizations()
        .app_bundle_identifier(bundle)
        .customize(|call| call.operation_timeout(Duration::from_secs(3)))
        .send_with_metadata()
        .await?;
    eprintln!("request {}", metadata.request_id().unwrap_or("without ID"));

    let mut authorizations = output.app_authorization_summary_list;
    authorizations.retain(|authorization| authorization.status == status);
    println!("{}", serde_json::to_string_pretty(&authorizations)?);
    Ok(())
}
