//! The emitted server inside an axum application: beside other routes, with a limit for bodies, a time
//! limit, and a graceful shutdown with Ctrl-C.
//!
//! ```text
//! cargo run --manifest-path generated/peers/Cargo.toml -p axum-example
//! curl http://127.0.0.1:8421/appbundles/arn:aws:appfabric:us-east-1:123456789012:appbundle%2Fb-1
//! ```

use appfabric::operations::{GetAppBundle, GetAppBundleOutput};
use appfabric::server::{Context, GetAppBundleError, Operations, Server, Violations};
use appfabric::types::{AppBundle, ValidationException, ValidationExceptionReason};
use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use std::time::Duration;
use tokio::net::TcpListener;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

/// The implementation. Operations that it leaves out answer with the status 501.
struct Service;

impl Operations for Service {
    async fn get_app_bundle(
        &self,
        input: GetAppBundle,
        _: Context,
    ) -> Result<GetAppBundleOutput, GetAppBundleError> {
        let bundle = AppBundle::builder()
            .arn(input.app_bundle_identifier)
            .build();
        Ok(GetAppBundleOutput::builder().app_bundle(bundle).build())
    }

    fn validation_exception(&self, violations: &Violations) -> ValidationException {
        ValidationException::builder()
            .message(violations.message())
            .reason(ValidationExceptionReason::FieldValidationFailed)
            .build()
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let application = Router::new()
        .route("/health", get(|| async { "healthy" }))
        // All other paths are those of the model.
        .fallback_service(Server::new(Service))
        .layer(RequestBodyLimitLayer::new(1024 * 1024))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            Duration::from_secs(30),
        ));
    let listener = TcpListener::bind("127.0.0.1:8421").await?;
    axum::serve(listener, application)
        .with_graceful_shutdown(async {
            // An error means that there is no Ctrl-C to wait for.
            let _ = tokio::signal::ctrl_c().await;
        })
        .await
}
