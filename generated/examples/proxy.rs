//! Lists the app bundles through a proxy, whose certificates are in a file of the company.
//!
//! ```text
//! AWS_REGION=us-east-1 cargo run -p appfabric --example proxy -- http://proxy.example:3128 company.pem
//! ```
//!
//! Without code, `HTTPS_PROXY` and `AWS_CA_BUNDLE` have the same effect.

use appfabric::Client;
use appfabric::rt::client::Https;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let proxy = arguments.next().ok_or("usage: proxy URL [FILE]")?;
    let mut transport = Https::new().proxy(proxy)?.no_proxy("localhost");
    if let Some(file) = arguments.next() {
        transport = transport.ca_bundle(file);
    }
    let client = Client::builder().env().transport(transport).build()?;
    for bundle in client.list_app_bundles().items().try_collect().await? {
        println!("{}", bundle.arn);
    }
    Ok(())
}
