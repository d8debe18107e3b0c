//! The status page: what exists, and the last requests.

use super::super::operations::status;
use super::super::requests::Entry;
use super::super::service::LocalAppFabric;
use super::super::state::{Bundle, Record};
use super::html::{Escaped, page as html, table};
use appfabric::rt::Timestamp;
use appfabric::types::{Destination, DestinationConfiguration, IngestionDestination};

/// The page.
pub(super) fn page(service: &LocalAppFabric, requests: &[Entry]) -> String {
    let now = service.clock.now();
    let mut content = format!("<p>The time is {now}.</p>\n");
    let state = service.state();
    if state.bundles.is_empty() {
        content += "<p>No app bundle exists. <code>CreateAppBundle</code> creates one.</p>\n";
    }
    for bundle in &state.bundles {
        content += &section(bundle, now);
    }
    content += "<h2>Last requests</h2>\n";
    let rows: Vec<_> = requests.iter().rev().map(row).collect();
    let columns = [
        "Time",
        "Account",
        "Region",
        "Operation",
        "Request",
        "Status",
    ];
    content += &table(columns, &rows);
    html("AppFabric in memory", &content)
}

fn section(bundle: &Bundle, now: Timestamp) -> String {
    let place = format!("{} in {}", bundle.account, bundle.region);
    let arn = &bundle.record.arn;
    let mut content = format!(
        "<h2>Account {}</h2>\n<p>App bundle <code>{}</code>{}</p>\n",
        Escaped(&place),
        Escaped(arn),
        Escaped(&tags(&bundle.record)),
    );
    content += "<h3>App authorizations</h3>\n";
    let rows = bundle.authorizations.iter().map(|it| {
        let shape = &it.record.shape;
        [
            shape.app.clone(),
            shape.tenant.tenant_identifier.clone(),
            shape.tenant.tenant_display_name.clone(),
            shape.auth_type.to_string(),
            shape.status.to_string(),
            shape.updated_at.to_string(),
            it.record.id.clone(),
            tags(&it.record),
        ]
    });
    let rows: Vec<_> = rows.collect();
    let columns = [
        "Application",
        "Tenant",
        "Name",
        "Type",
        "Status",
        "Updated",
        "ID",
        "Tags",
    ];
    content += &table(columns, &rows);
    content += "<h3>Ingestions</h3>\n";
    let rows: Vec<_> = bundle
        .ingestions
        .iter()
        .map(|it| {
            let shape = &it.record.shape;
            let destinations: Vec<_> = it.destinations.iter().map(destination).collect();
            [
                shape.app.clone(),
                shape.tenant_id.clone(),
                shape.state.to_string(),
                destinations.join(", "),
                it.record.id.clone(),
                tags(&it.record),
            ]
        })
        .collect();
    let columns = [
        "Application",
        "Tenant",
        "State",
        "Destinations",
        "ID",
        "Tags",
    ];
    content += &table(columns, &rows);
    content += "<h3>User access tasks</h3>\n";
    let rows: Vec<_> = bundle
        .tasks
        .iter()
        .rev()
        .take(50)
        .map(|task| {
            let tenant = task.tenant.tenant_identifier.clone();
            let status = status(task, now).to_string();
            [task.app.clone(), tenant, status, task.id.clone()]
        })
        .collect();
    content + &table(["Application", "Tenant", "Status", "ID"], &rows)
}

fn tags<T>(record: &Record<T>) -> String {
    let tags = record.tags.iter();
    let tags: Vec<_> = tags.map(|(key, value)| format!(" {key}={value}")).collect();
    tags.concat()
}

/// Where a destination is, with its status.
fn destination(record: &Record<IngestionDestination>) -> String {
    let shape = &record.shape;
    let place = match &shape.destination_configuration {
        DestinationConfiguration::AuditLog(log) => match &log.destination {
            Destination::S3Bucket(it) => {
                let prefix = it.prefix.as_deref().unwrap_or_default();
                format!("s3://{}/{prefix}", it.bucket_name)
            }
            Destination::FirehoseStream(it) => format!("firehose:{}", it.stream_name),
            _ => String::new(),
        },
        _ => String::new(),
    };
    let status = shape.status.as_ref().map(ToString::to_string);
    format!("{place} ({})", status.unwrap_or_default())
}

fn row(entry: &Entry) -> [String; 6] {
    [
        entry.time.to_string(),
        entry.caller.account.clone(),
        entry.caller.region.clone(),
        entry.operation.to_owned(),
        format!("{} {}", entry.method, entry.path),
        entry.status.to_string(),
    ]
}
