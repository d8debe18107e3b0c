//! The implementation of the emitted trait: each method calls the operation with the state, between
//! the faults.

use super::account::Caller;
use super::clock::Clock;
use super::errors::{field, internal, throttled};
use super::faults::{Fault, Rule, draw};
use super::operations::Call;
use super::requests::Note;
use super::state::State;
use appfabric::operations::*;
use appfabric::server::*;
use appfabric::types::{
    InternalServerException, ThrottlingException, ValidationException, ValidationExceptionReason,
};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// AppFabric in memory.
pub(crate) struct LocalAppFabric {
    pub(crate) clock: Clock,
    /// The URL of the server, once it listens.
    pub(crate) url: OnceLock<String>,
    /// Told after each call, when the state may have changed.
    pub(crate) called: Notify,
    faults: Vec<Rule>,
    state: Mutex<State>,
}

/// The time for which a stalled request has no response.
const STALL: Duration = Duration::from_secs(60);

impl LocalAppFabric {
    pub(crate) fn new(state: State, faults: Vec<Rule>) -> Self {
        Self {
            clock: Clock::default(),
            url: OnceLock::new(),
            called: Notify::new(),
            faults,
            state: Mutex::new(state),
        }
    }

    pub(crate) fn url(&self) -> &str {
        self.url.get().map_or("", String::as_str)
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn call<O, E>(
        &self,
        context: Context,
        run: impl FnOnce(&mut Call<'_>) -> Result<O, E>,
    ) -> Result<O, E>
    where
        E: From<ThrottlingException> + From<InternalServerException>,
    {
        let note = context.extensions().get::<Arc<Note>>();
        if let Some(note) = note {
            // The first operation is the only one.
            let _ = note.operation.set(context.operation());
        }
        match draw(&self.faults, context.operation()) {
            Some(Fault::Throttling) => return Err(throttled().into()),
            Some(Fault::Error) => return Err(internal().into()),
            Some(Fault::Stall) => {
                tokio::time::sleep(STALL).await;
                return Err(internal().into());
            }
            Some(Fault::BrokenBody) => note.into_iter().for_each(|note| note.break_body()),
            None => {}
        }
        let caller: &Caller = match note {
            Some(note) => &note.caller,
            None => return Err(internal().into()),
        };
        let result = run(&mut Call {
            state: &mut self.state(),
            caller,
            now: self.clock.now(),
            url: self.url(),
        });
        self.called.notify_one();
        result
    }
}

/// The methods of the trait, which all have the same body.
macro_rules! operations {
    ($($method:ident($input:ident) -> $output:ident, $error:ident;)*) => {
        impl Operations for LocalAppFabric {
            $(
                async fn $method(&self, input: $input, context: Context) -> Result<$output, $error> {
                    self.call(context, |call| call.$method(input)).await
                }
            )*

            fn validation_exception(&self, violations: &Violations) -> ValidationException {
                let fields = violations.iter();
                let fields: Vec<_> = fields
                    .map(|violation| field(&member(violation.path()), violation.message()))
                    .collect();
                ValidationException::builder()
                    .message(violations.message())
                    .reason(ValidationExceptionReason::FieldValidationFailed)
                    .field_list(fields)
                    .build()
            }
        }
    };
}

operations! {
    batch_get_user_access_tasks(BatchGetUserAccessTasks) -> BatchGetUserAccessTasksOutput, BatchGetUserAccessTasksError;
    connect_app_authorization(ConnectAppAuthorization) -> ConnectAppAuthorizationOutput, ConnectAppAuthorizationError;
    create_app_authorization(CreateAppAuthorization) -> CreateAppAuthorizationOutput, CreateAppAuthorizationError;
    create_app_bundle(CreateAppBundle) -> CreateAppBundleOutput, CreateAppBundleError;
    create_ingestion(CreateIngestion) -> CreateIngestionOutput, CreateIngestionError;
    create_ingestion_destination(CreateIngestionDestination) -> CreateIngestionDestinationOutput, CreateIngestionDestinationError;
    delete_app_authorization(DeleteAppAuthorization) -> DeleteAppAuthorizationOutput, DeleteAppAuthorizationError;
    delete_app_bundle(DeleteAppBundle) -> DeleteAppBundleOutput, DeleteAppBundleError;
    delete_ingestion(DeleteIngestion) -> DeleteIngestionOutput, DeleteIngestionError;
    delete_ingestion_destination(DeleteIngestionDestination) -> DeleteIngestionDestinationOutput, DeleteIngestionDestinationError;
    get_app_authorization(GetAppAuthorization) -> GetAppAuthorizationOutput, GetAppAuthorizationError;
    get_app_bundle(GetAppBundle) -> GetAppBundleOutput, GetAppBundleError;
    get_ingestion(GetIngestion) -> GetIngestionOutput, GetIngestionError;
    get_ingestion_destination(GetIngestionDestination) -> GetIngestionDestinationOutput, GetIngestionDestinationError;
    list_app_authorizations(ListAppAuthorizations) -> ListAppAuthorizationsOutput, ListAppAuthorizationsError;
    list_app_bundles(ListAppBundles) -> ListAppBundlesOutput, ListAppBundlesError;
    list_ingestion_destinations(ListIngestionDestinations) -> ListIngestionDestinationsOutput, ListIngestionDestinationsError;
    list_ingestions(ListIngestions) -> ListIngestionsOutput, ListIngestionsError;
    list_tags_for_resource(ListTagsForResource) -> ListTagsForResourceOutput, ListTagsForResourceError;
    start_ingestion(StartIngestion) -> StartIngestionOutput, StartIngestionError;
    start_user_access_tasks(StartUserAccessTasks) -> StartUserAccessTasksOutput, StartUserAccessTasksError;
    stop_ingestion(StopIngestion) -> StopIngestionOutput, StopIngestionError;
    tag_resource(TagResource) -> TagResourceOutput, TagResourceError;
    untag_resource(UntagResource) -> UntagResourceOutput, UntagResourceError;
    update_app_authorization(UpdateAppAuthorization) -> UpdateAppAuthorizationOutput, UpdateAppAuthorizationError;
    update_ingestion_destination(UpdateIngestionDestination) -> UpdateIngestionDestinationOutput, UpdateIngestionDestinationError;
}

/// The name of a member in `fieldList`: `tenant.tenantIdentifier` for `/tenant/tenantIdentifier`.
fn member(pointer: &str) -> String {
    pointer.trim_start_matches('/').replace('/', ".")
}
