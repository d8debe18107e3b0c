//! Ingestions.

use super::super::arn;
use super::super::errors::{Kind, conflict, invalid, not_found_as_invalid, quota};
use super::super::state::Ingestion;
use super::authorizations::check_app;
use super::{Call, Creation, PageRequest};
use appfabric::operations::{
    CreateIngestion, CreateIngestionOutput, DeleteIngestion, DeleteIngestionOutput, GetIngestion,
    GetIngestionOutput, ListIngestions, ListIngestionsOutput, StartIngestion, StartIngestionOutput,
    StopIngestion, StopIngestionOutput,
};
use appfabric::server::{
    CreateIngestionError, DeleteIngestionError, GetIngestionError, ListIngestionsError,
    StartIngestionError, StopIngestionError,
};
use appfabric::types::{self, AppAuthorizationStatus, IngestionState, IngestionSummary};

/// Ingestions of an account in a Region (*AWS AppFabric endpoints and quotas*).
const MOST_INGESTIONS: usize = 50;

impl Call<'_> {
    /// It does not declare `ResourceNotFoundException`.
    pub(crate) fn create_ingestion(
        &mut self,
        mut input: CreateIngestion,
    ) -> Result<CreateIngestionOutput, CreateIngestionError> {
        let creation = Creation::take(self.state, &mut input, |input| {
            (&mut input.client_token, &input.tags)
        })?;
        let now = self.now;
        let found = self.state.bundle(self.caller, &input.app_bundle_identifier);
        let bundle = found.map_err(not_found_as_invalid)?;
        let records = bundle.ingestions.iter().map(|it| &it.record);
        if let Some(record) = creation.earlier(Kind::Ingestion, records)? {
            return Ok(created(record.shape.clone()));
        }
        check_app(&input.app)?;
        let authorization = bundle
            .authorizations
            .iter()
            .find(|it| it.connects(&input.app, &input.tenant_id));
        let status = authorization.map(|it| &it.record.shape.status);
        if status != Some(&AppAuthorizationStatus::Connected) {
            let message = "The tenant of the application has no connected app authorization. \
                           Connect it before you create an ingestion.";
            return Err(invalid(message).into());
        }
        let mut shapes = bundle.ingestions.iter().map(|it| &it.record);
        if let Some(other) = shapes.find(|it| {
            let shape = &it.shape;
            (&shape.app, &shape.tenant_id, &shape.ingestion_type)
                == (&input.app, &input.tenant_id, &input.ingestion_type)
        }) {
            let message = "The tenant of the application has an ingestion already.";
            return Err(conflict(Kind::Ingestion, &other.id, message).into());
        }
        if bundle.ingestions.len() >= MOST_INGESTIONS {
            return Err(quota(Kind::Ingestion, &bundle.record.id, MOST_INGESTIONS).into());
        }
        let bundle_arn = &bundle.record.arn;
        let record = creation
            .record(
                |id| arn::ingestion(bundle_arn, id),
                |arn| {
                    types::Ingestion::builder()
                        .app(input.app)
                        .app_bundle_arn(bundle_arn)
                        .arn(arn)
                        .created_at(now)
                        .ingestion_type(input.ingestion_type)
                        .state(IngestionState::Disabled)
                        .tenant_id(input.tenant_id)
                        .updated_at(now)
                        .build()
                },
            )
            .map_err(CreateIngestionError::internal)?;
        let output = created(record.shape.clone());
        bundle.ingestions.push(Ingestion {
            record,
            destinations: Vec::new(),
        });
        Ok(output)
    }

    pub(crate) fn get_ingestion(
        &mut self,
        input: GetIngestion,
    ) -> Result<GetIngestionOutput, GetIngestionError> {
        let ingestion =
            self.ingestion(&input.app_bundle_identifier, &input.ingestion_identifier)?;
        Ok(GetIngestionOutput::builder()
            .ingestion(ingestion.record.shape.clone())
            .build())
    }

    pub(crate) fn list_ingestions(
        &mut self,
        input: ListIngestions,
    ) -> Result<ListIngestionsOutput, ListIngestionsError> {
        let key = self.state.key.clone();
        let bundle = self
            .state
            .bundle(self.caller, &input.app_bundle_identifier)?;
        let request = PageRequest {
            list: &["ingestions", &bundle.record.id],
            max_results: input.max_results,
            next_token: input.next_token.as_deref(),
        };
        let records = bundle.ingestions.iter().map(|it| &it.record);
        let page = request.page(&key, self.now, records)?;
        let summaries: Vec<_> = page.records.iter().map(|it| summary(&it.shape)).collect();
        Ok(ListIngestionsOutput::builder()
            .ingestions(summaries)
            .next_token(page.next_token)
            .build())
    }

    pub(crate) fn start_ingestion(
        &mut self,
        input: StartIngestion,
    ) -> Result<StartIngestionOutput, StartIngestionError> {
        let now = self.now;
        let ingestion =
            self.ingestion(&input.app_bundle_identifier, &input.ingestion_identifier)?;
        if !ingestion.change(IngestionState::Enabled, now) {
            let message = "The ingestion is enabled already.";
            return Err(conflict(Kind::Ingestion, &ingestion.record.id, message).into());
        }
        Ok(StartIngestionOutput::default())
    }

    pub(crate) fn stop_ingestion(
        &mut self,
        input: StopIngestion,
    ) -> Result<StopIngestionOutput, StopIngestionError> {
        let now = self.now;
        let ingestion =
            self.ingestion(&input.app_bundle_identifier, &input.ingestion_identifier)?;
        if !ingestion.change(IngestionState::Disabled, now) {
            let message = "The ingestion is disabled already.";
            return Err(conflict(Kind::Ingestion, &ingestion.record.id, message).into());
        }
        Ok(StopIngestionOutput::default())
    }

    /// It does not declare `ConflictException`.
    pub(crate) fn delete_ingestion(
        &mut self,
        input: DeleteIngestion,
    ) -> Result<DeleteIngestionOutput, DeleteIngestionError> {
        let bundle = self
            .state
            .bundle(self.caller, &input.app_bundle_identifier)?;
        let ingestion = bundle.ingestion(&input.ingestion_identifier)?;
        if ingestion.record.shape.state == IngestionState::Enabled {
            return Err(invalid("The ingestion is enabled. Stop it first.").into());
        }
        if !ingestion.destinations.is_empty() {
            return Err(invalid("The ingestion has destinations. Delete them first.").into());
        }
        let id = ingestion.record.id.clone();
        bundle.ingestions.retain(|it| it.record.id != id);
        Ok(DeleteIngestionOutput::default())
    }
}

impl Ingestion {
    /// Whether the state changed.
    pub(super) fn change(&mut self, state: IngestionState, now: appfabric::rt::Timestamp) -> bool {
        let shape = &mut self.record.shape;
        let changed = shape.state != state;
        if changed {
            (shape.state, shape.updated_at) = (state, now);
        }
        changed
    }
}

fn created(ingestion: types::Ingestion) -> CreateIngestionOutput {
    CreateIngestionOutput::builder()
        .ingestion(ingestion)
        .build()
}

fn summary(shape: &types::Ingestion) -> IngestionSummary {
    IngestionSummary::builder()
        .app(&shape.app)
        .arn(&shape.arn)
        .state(shape.state.clone())
        .tenant_id(&shape.tenant_id)
        .build()
}
