//! Takes Region and credentials from a profile of `~/.aws/config` and `~/.aws/credentials`, with the
//! crate `aws-config`, which supports profiles with roles and single sign-on.
//!
//! ```text
//! cargo run -p appfabric --features aws-config --example profile -- PROFILE
//! ```

use appfabric::Client;
use aws_config::BehaviorVersion;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let profile = std::env::args().nth(1).ok_or("give a PROFILE")?;
    // For roles, single sign-on and metadata of EC2. The default of `aws-config` needs a C compiler.
    let http = aws_smithy_http_client::Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build_https();
    let config = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http)
        .profile_name(profile)
        .load()
        .await;

    // `Client::builder().sdk_config(&config)` is the same with further settings.
    let client = Client::from(&config);
    let mut bundles = client.list_app_bundles().items();
    while let Some(bundle) = bundles.next().await {
        println!("{}", bundle?.arn);
    }
    Ok(())
}
