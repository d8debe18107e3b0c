//! The emitted server.

use appfabric::operations::{
    CreateAppAuthorization, CreateAppAuthorizationOutput, ListAppBundles, ListAppBundlesOutput,
};
use appfabric::rt::Timestamp;
use appfabric::server::{
    Context, CreateAppAuthorizationError, ListAppBundlesError, Operations, Server, Violations,
};
use appfabric::types::{
    AppAuthorization, AppAuthorizationStatus, AppBundleSummary, ValidationException,
    ValidationExceptionReason,
};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use tokio::net::TcpListener;

struct Service;

impl Operations for Service {
    async fn list_app_bundles(
        &self,
        input: ListAppBundles,
        _: Context,
    ) -> Result<ListAppBundlesOutput, ListAppBundlesError> {
        let count = input.max_results.unwrap_or(10);
        let bundles =
            (0..count).map(|number| AppBundleSummary::builder().arn(crate::arn(number)).build());
        Ok(ListAppBundlesOutput::builder()
            .app_bundle_summary_list(bundles.collect::<Vec<_>>())
            .build())
    }

    async fn create_app_authorization(
        &self,
        input: CreateAppAuthorization,
        _: Context,
    ) -> Result<CreateAppAuthorizationOutput, CreateAppAuthorizationError> {
        let time = Timestamp::from_epoch_seconds(1_767_323_045);
        let authorization = AppAuthorization::builder()
            .app(input.app)
            .app_authorization_arn("arn:a-1")
            .app_bundle_arn(input.app_bundle_identifier)
            .auth_type(input.auth_type)
            .created_at(time)
            .status(AppAuthorizationStatus::PendingConnect)
            .tenant(input.tenant)
            .updated_at(time)
            .build();
        Ok(CreateAppAuthorizationOutput::builder()
            .app_authorization(authorization)
            .build())
    }

    fn validation_exception(&self, violations: &Violations) -> ValidationException {
        ValidationException::builder()
            .message(violations.message())
            .reason(ValidationExceptionReason::FieldValidationFailed)
            .build()
    }
}

pub(crate) async fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = Server::new(Service);
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let service = TowerToHyperService::new(server.clone());
            tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    });
    address
}
