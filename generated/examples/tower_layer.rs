//! A client whose transport has layers: at most ten requests at a time, each with a header of one's
//! own.
//!
//! ```text
//! cargo run -p appfabric --example tower_layer -- --endpoint-url http://localhost:8080
//! ```
//!
//! Layers are beneath signing: what they add to a request is not signed, and they see every attempt
//! of a call.

use appfabric::Client;
use appfabric::rt::Body;
use appfabric::rt::client::Https;
use appfabric::rt::http::{HeaderValue, Request};
use tower::ServiceBuilder;
use tower::util::MapRequestLayer;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let transport = ServiceBuilder::new()
        .layer(MapRequestLayer::new(|mut request: Request<Body>| {
            request
                .headers_mut()
                .insert("x-team", HeaderValue::from_static("security"));
            request
        }))
        .concurrency_limit(10)
        .service(Https::new());

    let mut builder = Client::builder().env().transport(transport);
    if let [flag, url] = std::env::args().skip(1).collect::<Vec<_>>().as_slice()
        && flag == "--endpoint-url"
    {
        builder = builder.endpoint_url(url);
    }
    let bundles = builder.build()?.list_app_bundles().send().await?;
    for bundle in bundles.app_bundle_summary_list {
        println!("{}", bundle.arn);
    }
    Ok(())
}
