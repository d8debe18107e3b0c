//! Reading a list of 100 items, 42 KB, every string owned: the answer of AppFabric's
//! `ListAppAuthorizations`.
//!
//! `cargo bench -p smithy-rt` prints the median and the best of 25 runs, and how many times as long
//! as ours each takes. `clone` makes and drops the same allocations and reads nothing: no reader
//! that owns its strings can be faster.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // A program that may panic.
#![allow(missing_docs)] // A program, not an interface.

use smithy_rt::json;
use std::borrow::Cow;
use std::hint::black_box;
use std::time::Instant;

#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Page {
    app_authorization_summary_list: Vec<Summary>,
    next_token: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Summary {
    app_authorization_arn: String,
    app_bundle_arn: String,
    app: String,
    tenant: Tenant,
    status: Status,
    updated_at: String,
}

#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Tenant {
    tenant_identifier: String,
    tenant_display_name: String,
}

#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
#[serde(from = "Cow<'de, str>")]
enum Status {
    PendingConnect,
    Connected,
    ConnectionValidationFailed,
    TokenAutoRotationFailed,
    Unknown(smithy_rt::UnknownValue),
}

smithy_rt::string_enum!(Status {
    PendingConnect = "PendingConnect",
    Connected = "Connected",
    ConnectionValidationFailed = "ConnectionValidationFailed",
    TokenAutoRotationFailed = "TokenAutoRotationFailed",
});

impl Default for Status {
    fn default() -> Self {
        Self::blank()
    }
}

impl From<Cow<'_, str>> for Status {
    fn from(value: Cow<'_, str>) -> Self {
        Self::from(&*value)
    }
}

impl json::Decode for Page {
    fn decode(json: &mut json::Reader<'_>) -> json::Result<Self> {
        let mut value = Self::default();
        json.structure(|json, key| match key {
            "appAuthorizationSummaryList" => json.member(&mut value.app_authorization_summary_list),
            "nextToken" => json.member(&mut value.next_token),
            _ => json.skip(),
        })?;
        Ok(value)
    }
}

impl json::Decode for Summary {
    fn decode(json: &mut json::Reader<'_>) -> json::Result<Self> {
        let mut value = Self::default();
        json.structure(|json, key| match key {
            "appAuthorizationArn" => json.member(&mut value.app_authorization_arn),
            "appBundleArn" => json.member(&mut value.app_bundle_arn),
            "app" => json.member(&mut value.app),
            "tenant" => json.member(&mut value.tenant),
            "status" => json.member(&mut value.status),
            "updatedAt" => json.member(&mut value.updated_at),
            _ => json.skip(),
        })?;
        Ok(value)
    }
}

impl json::Decode for Tenant {
    fn decode(json: &mut json::Reader<'_>) -> json::Result<Self> {
        let mut value = Self::default();
        json.structure(|json, key| match key {
            "tenantIdentifier" => json.member(&mut value.tenant_identifier),
            "tenantDisplayName" => json.member(&mut value.tenant_display_name),
            _ => json.skip(),
        })?;
        Ok(value)
    }
}

impl json::Encode for Page {
    fn encode(&self, json: &mut json::Writer) {
        json.object(|json| {
            json.member(
                "appAuthorizationSummaryList",
                &self.app_authorization_summary_list,
            );
            json.member("nextToken", &self.next_token);
        });
    }
}

impl json::Encode for Summary {
    fn encode(&self, json: &mut json::Writer) {
        json.object(|json| {
            json.member("appAuthorizationArn", &self.app_authorization_arn);
            json.member("appBundleArn", &self.app_bundle_arn);
            json.member("app", &self.app);
            json.member("tenant", &self.tenant);
            json.member("status", &self.status);
            json.member("updatedAt", &self.updated_at);
        });
    }
}

impl json::Encode for Tenant {
    fn encode(&self, json: &mut json::Writer) {
        json.object(|json| {
            json.member("tenantIdentifier", &self.tenant_identifier);
            json.member("tenantDisplayName", &self.tenant_display_name);
        });
    }
}

fn page() -> Page {
    let bundle =
        "arn:aws:appfabric:us-east-1:111122223333:appbundle/a1b2c3d4-5678-90ab-cdef-EXAMPLE";
    let summary = |index: usize| Summary {
        app_authorization_arn: format!(
            "{bundle}{index:05}/appauthorization/d5e6f7a8-1234-90ab-cdef-EXAMPLE{index:05}"
        ),
        app_bundle_arn: format!("{bundle}{index:05}"),
        app: "SLACK".to_owned(),
        tenant: Tenant {
            tenant_identifier: format!("T{index:08}"),
            tenant_display_name: format!("Tenant number {index}"),
        },
        status: Status::Connected,
        updated_at: format!("2024-01-{:02}T12:34:56.789Z", index % 28 + 1),
    };
    Page {
        app_authorization_summary_list: (0..100).map(summary).collect(),
        next_token: Some("next".to_owned()),
    }
}

/// Median and best of 25 runs of 400 rounds, in microseconds per round.
fn measure(mut round: impl FnMut()) -> (f64, f64) {
    const ROUNDS: u32 = 400;
    let mut runs: Vec<f64> = (0..25)
        .map(|_| {
            let start = Instant::now();
            (0..ROUNDS).for_each(|_| round());
            start.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS)
        })
        .collect();
    runs.sort_by(f64::total_cmp);
    (runs[runs.len() / 2], runs[0])
}

fn main() {
    let page = page();
    let text = json::to_vec(&page);
    assert_eq!(json::from_slice::<Page>(&text).unwrap(), page);
    assert_eq!(serde_json::from_slice::<Page>(&text).unwrap(), page);
    println!("{} bytes", text.len());
    let mut ours = None;
    let mut report = |name: &str, (median, best): (f64, f64)| {
        let ours = *ours.get_or_insert(median);
        println!(
            "{name:<16} median {median:7.1} us   best {best:7.1} us   {:5.2} x",
            median / ours
        );
    };
    report(
        "read, ours",
        measure(|| drop(json::from_slice::<Page>(black_box(&text)).unwrap())),
    );
    report(
        "read, serde_json",
        measure(|| drop(serde_json::from_slice::<Page>(black_box(&text)).unwrap())),
    );
    report("clone", measure(|| drop(black_box(&page).clone())));
    report(
        "write, ours",
        measure(|| drop(json::to_vec(black_box(&page)))),
    );
}
