//! Ingestion destinations.

use super::super::arn;
use super::super::errors::{Kind, conflict, not_found_as_invalid, quota};
use super::super::state::Ingestion;
use super::{Call, Creation, PageRequest};
use appfabric::operations::{
    CreateIngestionDestination, CreateIngestionDestinationOutput, DeleteIngestionDestination,
    DeleteIngestionDestinationOutput, GetIngestionDestination, GetIngestionDestinationOutput,
    ListIngestionDestinations, ListIngestionDestinationsOutput, UpdateIngestionDestination,
    UpdateIngestionDestinationOutput,
};
use appfabric::server::{
    CreateIngestionDestinationError, DeleteIngestionDestinationError, GetIngestionDestinationError,
    ListIngestionDestinationsError, UpdateIngestionDestinationError,
};
use appfabric::types::{
    ConflictException, Destination, DestinationConfiguration, IngestionDestination,
    IngestionDestinationStatus, IngestionDestinationSummary, IngestionState,
};

/// Destinations of an ingestion (*AWS AppFabric endpoints and quotas*).
const MOST_DESTINATIONS: usize = 5;
/// The name of a bucket or stream that AppFabric cannot write to, or its beginning before a hyphen.
const FAILING_NAME: &str = "fail";

impl Call<'_> {
    /// It does not declare `ResourceNotFoundException`.
    pub(crate) fn create_ingestion_destination(
        &mut self,
        mut input: CreateIngestionDestination,
    ) -> Result<CreateIngestionDestinationOutput, CreateIngestionDestinationError> {
        let creation = Creation::take(self.state, &mut input, |input| {
            (&mut input.client_token, &input.tags)
        })?;
        let now = self.now;
        let found = self.ingestion(&input.app_bundle_identifier, &input.ingestion_identifier);
        let ingestion = found.map_err(not_found_as_invalid)?;
        let records = ingestion.destinations.iter();
        if let Some(record) = creation.earlier(Kind::IngestionDestination, records)? {
            return Ok(created(record.shape.clone()));
        }
        check_unique(ingestion, &input.destination_configuration, None)?;
        if ingestion.destinations.len() >= MOST_DESTINATIONS {
            let id = &ingestion.record.id;
            return Err(quota(Kind::IngestionDestination, id, MOST_DESTINATIONS).into());
        }
        let ingestion_arn = &ingestion.record.arn;
        let record = creation
            .record(
                |id| arn::ingestion_destination(ingestion_arn, id),
                |arn| {
                    let mut shape = IngestionDestination::builder()
                        .arn(arn)
                        .created_at(now)
                        .destination_configuration(input.destination_configuration)
                        .ingestion_arn(ingestion_arn)
                        .processing_configuration(input.processing_configuration)
                        .updated_at(now)
                        .build();
                    set_status(&mut shape);
                    shape
                },
            )
            .map_err(CreateIngestionDestinationError::internal)?;
        let output = created(record.shape.clone());
        ingestion.destinations.push(record);
        Ok(output)
    }

    pub(crate) fn get_ingestion_destination(
        &mut self,
        input: GetIngestionDestination,
    ) -> Result<GetIngestionDestinationOutput, GetIngestionDestinationError> {
        let ingestion =
            self.ingestion(&input.app_bundle_identifier, &input.ingestion_identifier)?;
        let destination = ingestion.destination(&input.ingestion_destination_identifier)?;
        Ok(GetIngestionDestinationOutput::builder()
            .ingestion_destination(destination.shape.clone())
            .build())
    }

    pub(crate) fn list_ingestion_destinations(
        &mut self,
        input: ListIngestionDestinations,
    ) -> Result<ListIngestionDestinationsOutput, ListIngestionDestinationsError> {
        let (key, now) = (self.state.key.clone(), self.now);
        let ingestion =
            self.ingestion(&input.app_bundle_identifier, &input.ingestion_identifier)?;
        let request = PageRequest {
            list: &["destinations", &ingestion.record.id],
            max_results: input.max_results,
            next_token: input.next_token.as_deref(),
        };
        let page = request.page(&key, now, ingestion.destinations.iter())?;
        let summary = |arn: &String| IngestionDestinationSummary::builder().arn(arn).build();
        let summaries: Vec<_> = page.records.iter().map(|it| summary(&it.arn)).collect();
        Ok(ListIngestionDestinationsOutput::builder()
            .ingestion_destinations(summaries)
            .next_token(page.next_token)
            .build())
    }

    pub(crate) fn update_ingestion_destination(
        &mut self,
        input: UpdateIngestionDestination,
    ) -> Result<UpdateIngestionDestinationOutput, UpdateIngestionDestinationError> {
        let now = self.now;
        let ingestion =
            self.ingestion(&input.app_bundle_identifier, &input.ingestion_identifier)?;
        let identifier = &input.ingestion_destination_identifier;
        let id = ingestion.destination(identifier)?.id.clone();
        check_unique(ingestion, &input.destination_configuration, Some(&id))?;
        let shape = &mut ingestion.destination(&id)?.shape;
        shape.destination_configuration = input.destination_configuration;
        shape.updated_at = Some(now);
        set_status(shape);
        Ok(UpdateIngestionDestinationOutput::builder()
            .ingestion_destination(shape.clone())
            .build())
    }

    pub(crate) fn delete_ingestion_destination(
        &mut self,
        input: DeleteIngestionDestination,
    ) -> Result<DeleteIngestionDestinationOutput, DeleteIngestionDestinationError> {
        let now = self.now;
        let ingestion =
            self.ingestion(&input.app_bundle_identifier, &input.ingestion_identifier)?;
        let identifier = &input.ingestion_destination_identifier;
        let id = ingestion.destination(identifier)?.id.clone();
        ingestion.destinations.retain(|it| it.id != id);
        // An enabled ingestion fails without its destination, and is disabled.
        ingestion.change(IngestionState::Disabled, now);
        Ok(DeleteIngestionDestinationOutput::default())
    }
}

fn created(destination: IngestionDestination) -> CreateIngestionDestinationOutput {
    CreateIngestionDestinationOutput::builder()
        .ingestion_destination(destination)
        .build()
}

/// An ingestion delivers to each bucket with a prefix, and to each stream, once.
fn check_unique(
    ingestion: &Ingestion,
    configuration: &DestinationConfiguration,
    except: Option<&str>,
) -> Result<(), ConflictException> {
    let mut others = ingestion.destinations.iter();
    match others.find(|it| {
        Some(it.id.as_str()) != except && it.shape.destination_configuration == *configuration
    }) {
        None => Ok(()),
        Some(other) => {
            let message = "The ingestion has this destination already.";
            Err(conflict(Kind::IngestionDestination, &other.id, message))
        }
    }
}

fn set_status(shape: &mut IngestionDestination) {
    let name = match &shape.destination_configuration {
        DestinationConfiguration::AuditLog(log) => match &log.destination {
            Destination::S3Bucket(bucket) => bucket.bucket_name.as_str(),
            Destination::FirehoseStream(stream) => stream.stream_name.as_str(),
            _ => "",
        },
        _ => "",
    };
    let (status, reason) = match name.split('-').next() == Some(FAILING_NAME) {
        true => (
            IngestionDestinationStatus::Failed,
            Some("AppFabric cannot write to the destination.".to_owned()),
        ),
        false => (IngestionDestinationStatus::Active, None),
    };
    (shape.status, shape.status_reason) = (Some(status), reason);
}
