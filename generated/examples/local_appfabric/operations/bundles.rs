//! App bundles.

use super::super::arn;
use super::super::errors::{Kind, conflict, not_found_as_invalid, quota};
use super::super::state::Bundle;
use super::{Call, Creation, PageRequest};
use appfabric::operations::{
    CreateAppBundle, CreateAppBundleOutput, DeleteAppBundle, DeleteAppBundleOutput, GetAppBundle,
    GetAppBundleOutput, ListAppBundles, ListAppBundlesOutput,
};
use appfabric::server::{
    CreateAppBundleError, DeleteAppBundleError, GetAppBundleError, ListAppBundlesError,
};
use appfabric::types::{AppBundle, AppBundleSummary};

/// App bundles of an account in a Region (*AWS AppFabric endpoints and quotas*).
const MOST_BUNDLES: usize = 1;
/// App bundles of all accounts, so that the state stays small.
const MOST_BUNDLES_OF_ALL: usize = 1000;

impl Call<'_> {
    pub(crate) fn create_app_bundle(
        &mut self,
        mut input: CreateAppBundle,
    ) -> Result<CreateAppBundleOutput, CreateAppBundleError> {
        let creation = Creation::take(self.state, &mut input, |input| {
            (&mut input.client_token, &input.tags)
        })?;
        if let Some(bundle) = self.state.bundle_of(self.caller) {
            let record = &bundle.record;
            return match creation.earlier(Kind::AppBundle, [record].into_iter())? {
                Some(record) => Ok(created(record.shape.clone())),
                None => Err(quota(Kind::AppBundle, &record.id, MOST_BUNDLES).into()),
            };
        }
        if self.state.bundles.len() >= MOST_BUNDLES_OF_ALL {
            return Err(quota(Kind::AppBundle, "", MOST_BUNDLES_OF_ALL).into());
        }
        let caller = self.caller;
        let key = input.customer_managed_key_identifier;
        let key = key.map(|key| key_arn(self.caller, key));
        let record = creation
            .record(
                |id| arn::app_bundle(caller, id),
                |arn| {
                    AppBundle::builder()
                        .arn(arn)
                        .customer_managed_key_arn(key)
                        .build()
                },
            )
            .map_err(CreateAppBundleError::internal)?;
        let output = created(record.shape.clone());
        self.state.bundles.push(Bundle::new(caller, record));
        Ok(output)
    }

    pub(crate) fn get_app_bundle(
        &mut self,
        input: GetAppBundle,
    ) -> Result<GetAppBundleOutput, GetAppBundleError> {
        let identifier = &input.app_bundle_identifier;
        let bundle = self.state.bundle(self.caller, identifier)?;
        Ok(GetAppBundleOutput::builder()
            .app_bundle(bundle.record.shape.clone())
            .build())
    }

    pub(crate) fn list_app_bundles(
        &mut self,
        input: ListAppBundles,
    ) -> Result<ListAppBundlesOutput, ListAppBundlesError> {
        let request = PageRequest {
            list: &["bundles", &self.caller.account, &self.caller.region],
            max_results: input.max_results,
            next_token: input.next_token.as_deref(),
        };
        let key = self.state.key.clone();
        let bundle = self.state.bundle_of(self.caller);
        let page = request.page(&key, self.now, bundle.iter().map(|bundle| &bundle.record))?;
        let summary = |arn: &String| AppBundleSummary::builder().arn(arn).build();
        let summaries: Vec<_> = page.records.iter().map(|it| summary(&it.arn)).collect();
        Ok(ListAppBundlesOutput::builder()
            .app_bundle_summary_list(summaries)
            .next_token(page.next_token)
            .build())
    }

    /// It does not declare `ResourceNotFoundException`.
    pub(crate) fn delete_app_bundle(
        &mut self,
        input: DeleteAppBundle,
    ) -> Result<DeleteAppBundleOutput, DeleteAppBundleError> {
        let identifier = &input.app_bundle_identifier;
        let found = self.state.bundle(self.caller, identifier);
        let bundle = found.map_err(not_found_as_invalid)?;
        let id = bundle.record.id.clone();
        if !bundle.authorizations.is_empty() || !bundle.ingestions.is_empty() {
            let message =
                "The app bundle contains app authorizations or ingestions. Delete them first.";
            return Err(conflict(Kind::AppBundle, &id, message).into());
        }
        self.state.bundles.retain(|bundle| bundle.record.id != id);
        Ok(DeleteAppBundleOutput::default())
    }
}

fn created(bundle: AppBundle) -> CreateAppBundleOutput {
    CreateAppBundleOutput::builder().app_bundle(bundle).build()
}

/// The ARN of a KMS key whose ARN or ID is given.
fn key_arn(caller: &super::super::account::Caller, key: String) -> String {
    if key.starts_with("arn:") {
        return key;
    }
    let (account, region) = (&caller.account, &caller.region);
    format!("arn:aws:kms:{region}:{account}:key/{key}")
}
