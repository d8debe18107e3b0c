//! The operations by name.

use aws_sdk_appfabric::Client;
use aws_sdk_appfabric::error::ProvideErrorMetadata;
use aws_sdk_appfabric::types::{
    AuditLogDestinationConfiguration, AuditLogProcessingConfiguration, AuthRequest, Credential,
    Destination, DestinationConfiguration, FirehoseStream, Oauth2Credential,
    ProcessingConfiguration, S3Bucket, Tag, Tenant,
};
use serde_json::{Map, Value, json};

/// The values that later calls use, by their names in `life.json`.
type Facts = Map<String, Value>;

/// The text of a member.
fn text(input: &Value, name: &str) -> Option<String> {
    input[name].as_str().map(str::to_owned)
}

fn texts(input: &Value, name: &str) -> Option<Vec<String>> {
    let items = input[name].as_array()?;
    Some(
        items
            .iter()
            .map(|item| item.as_str().unwrap().to_owned())
            .collect(),
    )
}

fn tags(input: &Value) -> Option<Vec<Tag>> {
    let tag = |tag: &Value| {
        Tag::builder()
            .set_key(text(tag, "key"))
            .set_value(text(tag, "value"))
            .build()
            .unwrap()
    };
    Some(input["tags"].as_array()?.iter().map(tag).collect())
}

fn tenant(input: &Value) -> Option<Tenant> {
    let tenant = input.get("tenant")?;
    let tenant = Tenant::builder()
        .set_tenant_identifier(text(tenant, "tenantIdentifier"))
        .set_tenant_display_name(text(tenant, "tenantDisplayName"));
    Some(tenant.build().unwrap())
}

fn credential(input: &Value) -> Option<Credential> {
    let credential = &input.get("credential")?["oauth2Credential"];
    let credential = Oauth2Credential::builder()
        .set_client_id(text(credential, "clientId"))
        .set_client_secret(text(credential, "clientSecret"));
    Some(Credential::Oauth2Credential(credential.build().unwrap()))
}

fn auth_request(input: &Value) -> Option<AuthRequest> {
    let request = input.get("authRequest")?;
    let request = AuthRequest::builder()
        .set_redirect_uri(text(request, "redirectUri"))
        .set_code(text(request, "code"));
    Some(request.build().unwrap())
}

fn processing(input: &Value) -> Option<ProcessingConfiguration> {
    let log = &input.get("processingConfiguration")?["auditLog"];
    let log = AuditLogProcessingConfiguration::builder()
        .schema(log["schema"].as_str()?.into())
        .format(log["format"].as_str()?.into());
    Some(ProcessingConfiguration::AuditLog(log.build().unwrap()))
}

fn destination(input: &Value) -> Option<DestinationConfiguration> {
    let destination = &input.get("destinationConfiguration")?["auditLog"]["destination"];
    let destination = match destination.get("s3Bucket") {
        Some(bucket) => Destination::S3Bucket(
            S3Bucket::builder()
                .set_bucket_name(text(bucket, "bucketName"))
                .set_prefix(text(bucket, "prefix"))
                .build()
                .unwrap(),
        ),
        None => Destination::FirehoseStream(
            FirehoseStream::builder()
                .set_stream_name(text(&destination["firehoseStream"], "streamName"))
                .build()
                .unwrap(),
        ),
    };
    let log = AuditLogDestinationConfiguration::builder().destination(destination);
    Some(DestinationConfiguration::AuditLog(log.build()))
}

/// Sends a request of the builder with these members, and returns the facts of the output.
macro_rules! send {
    ($client:ident . $method:ident $(, $setter:ident ( $value:expr ))*; $output:ident => $facts:expr) => {
        match $client.$method()$(.$setter($value))*.send().await {
            Ok($output) => Ok($facts),
            Err(error) => Err(error.code().unwrap_or("no code").to_owned()),
        }
    };
    ($client:ident . $method:ident $(, $setter:ident ( $value:expr ))*) => {
        send!($client.$method $(, $setter($value))*; _output => Facts::new())
    };
}

fn fact(name: &str, value: impl Into<Value>) -> Facts {
    Facts::from_iter([(name.to_owned(), value.into())])
}

/// Calls an operation. The error is its code.
pub(crate) async fn call(client: &Client, operation: &str, input: &Value) -> Result<Facts, String> {
    let bundle = || text(input, "appBundleIdentifier");
    let authorization = || text(input, "appAuthorizationIdentifier");
    let ingestion = || text(input, "ingestionIdentifier");
    let ingestion_destination = || text(input, "ingestionDestinationIdentifier");
    let resource = || text(input, "resourceArn");
    let token = || text(input, "clientToken");
    let max_results = || {
        input["maxResults"]
            .as_i64()
            .map(|count| i32::try_from(count).unwrap())
    };
    match operation {
        "CreateAppBundle" => {
            send!(client.create_app_bundle, set_client_token(token()), set_tags(tags(input));
            output => fact("bundle", output.app_bundle().unwrap().arn()))
        }
        "GetAppBundle" => send!(client.get_app_bundle, set_app_bundle_identifier(bundle())),
        "ListAppBundles" => send!(client.list_app_bundles, set_max_results(max_results())),
        "DeleteAppBundle" => send!(
            client.delete_app_bundle,
            set_app_bundle_identifier(bundle())
        ),
        "CreateAppAuthorization" => send!(client.create_app_authorization,
        set_app_bundle_identifier(bundle()), set_app(text(input, "app")), set_credential(credential(input)),
        set_auth_type(input["authType"].as_str().map(Into::into)), set_tenant(tenant(input));
        output => {
            let authorization = output.app_authorization().unwrap();
            let mut facts = fact("authorization", authorization.app_authorization_arn());
            facts.insert("url".to_owned(), json!(authorization.auth_url().unwrap()));
            facts
        }),
        "GetAppAuthorization" => send!(
            client.get_app_authorization,
            set_app_bundle_identifier(bundle()),
            set_app_authorization_identifier(authorization())
        ),
        "ListAppAuthorizations" => send!(
            client.list_app_authorizations,
            set_app_bundle_identifier(bundle())
        ),
        "UpdateAppAuthorization" => send!(
            client.update_app_authorization,
            set_app_bundle_identifier(bundle()),
            set_app_authorization_identifier(authorization()),
            set_tenant(tenant(input))
        ),
        "ConnectAppAuthorization" => send!(
            client.connect_app_authorization,
            set_app_bundle_identifier(bundle()),
            set_app_authorization_identifier(authorization()),
            set_auth_request(auth_request(input))
        ),
        "DeleteAppAuthorization" => send!(
            client.delete_app_authorization,
            set_app_bundle_identifier(bundle()),
            set_app_authorization_identifier(authorization())
        ),
        "CreateIngestion" => send!(client.create_ingestion,
            set_app_bundle_identifier(bundle()), set_app(text(input, "app")), set_tenant_id(text(input, "tenantId")),
            set_ingestion_type(input["ingestionType"].as_str().map(Into::into)), set_tags(tags(input));
            output => fact("ingestion", output.ingestion().unwrap().arn())),
        "GetIngestion" => send!(
            client.get_ingestion,
            set_app_bundle_identifier(bundle()),
            set_ingestion_identifier(ingestion())
        ),
        "ListIngestions" => send!(client.list_ingestions, set_app_bundle_identifier(bundle())),
        "StartIngestion" => send!(
            client.start_ingestion,
            set_app_bundle_identifier(bundle()),
            set_ingestion_identifier(ingestion())
        ),
        "StopIngestion" => send!(
            client.stop_ingestion,
            set_app_bundle_identifier(bundle()),
            set_ingestion_identifier(ingestion())
        ),
        "DeleteIngestion" => send!(
            client.delete_ingestion,
            set_app_bundle_identifier(bundle()),
            set_ingestion_identifier(ingestion())
        ),
        "CreateIngestionDestination" => send!(client.create_ingestion_destination,
            set_app_bundle_identifier(bundle()), set_ingestion_identifier(ingestion()),
            set_processing_configuration(processing(input)), set_destination_configuration(destination(input));
            output => fact("destination", output.ingestion_destination().unwrap().arn())),
        "UpdateIngestionDestination" => send!(
            client.update_ingestion_destination,
            set_app_bundle_identifier(bundle()),
            set_ingestion_identifier(ingestion()),
            set_ingestion_destination_identifier(ingestion_destination()),
            set_destination_configuration(destination(input))
        ),
        "GetIngestionDestination" => send!(
            client.get_ingestion_destination,
            set_app_bundle_identifier(bundle()),
            set_ingestion_identifier(ingestion()),
            set_ingestion_destination_identifier(ingestion_destination())
        ),
        "ListIngestionDestinations" => send!(
            client.list_ingestion_destinations,
            set_app_bundle_identifier(bundle()),
            set_ingestion_identifier(ingestion())
        ),
        "DeleteIngestionDestination" => send!(
            client.delete_ingestion_destination,
            set_app_bundle_identifier(bundle()),
            set_ingestion_identifier(ingestion()),
            set_ingestion_destination_identifier(ingestion_destination())
        ),
        "TagResource" => send!(
            client.tag_resource,
            set_resource_arn(resource()),
            set_tags(tags(input))
        ),
        "UntagResource" => send!(
            client.untag_resource,
            set_resource_arn(resource()),
            set_tag_keys(texts(input, "tagKeys"))
        ),
        "ListTagsForResource" => send!(client.list_tags_for_resource, set_resource_arn(resource())),
        "StartUserAccessTasks" => send!(client.start_user_access_tasks,
            set_app_bundle_identifier(bundle()), set_email(text(input, "email"));
            output => fact("task", output.user_access_tasks_list()[0].task_id().unwrap())),
        "BatchGetUserAccessTasks" => send!(
            client.batch_get_user_access_tasks,
            set_app_bundle_identifier(bundle()),
            set_task_id_list(texts(input, "taskIdList"))
        ),
        other => panic!("no operation {other}"),
    }
}
