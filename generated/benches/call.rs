//! What a call costs beside the network: `cargo bench -p appfabric --bench call`.
//!
//! Medians of several rounds, through the client and a transport that answers at once.

#![allow(clippy::unwrap_used, reason = "a benchmark")]

use appfabric::Client;
use appfabric::rt::Body;
use appfabric::rt::Bytes;
use appfabric::rt::client::Credentials;
use appfabric::rt::http::{Request, Response};
use appfabric::types::{ApiKeyCredential, AuthType, Tag, Tenant};
use std::convert::Infallible;
use std::fmt::Write;
use std::future::{Future, Ready, ready};
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

/// Answers every request with the same response.
#[derive(Clone)]
struct Stub(Bytes);

impl tower_service::Service<Request<Body>> for Stub {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<Body>) -> Self::Future {
        ready(Ok(Response::new(self.0.clone().into())))
    }
}

fn main() {
    let created = r#"{"appAuthorization":{"app":"SLACK","status":"PendingConnect","createdAt":"2024-05-06T07:08:09Z"}}"#;
    let body = list(100);
    for sign in [false, true] {
        let how = if sign { "signed" } else { "unsigned" };
        let client = client(created, sign);
        report(&format!("create_app_authorization, {how}"), 10_000, || {
            create(&client)
        });
        let client = self::client(&body, sign);
        let what = format!(
            "list_app_authorizations, 100 items, {} bytes, {how}",
            body.len()
        );
        report(&what, 1_000, || {
            let call = client
                .list_app_authorizations()
                .app_bundle_identifier("1f2e3d4c")
                .send();
            assert_eq!(
                black_box(now(call).unwrap())
                    .app_authorization_summary_list
                    .len(),
                100
            );
        });
    }
}

fn create(client: &Client) {
    let call = client
        .create_app_authorization()
        .app_bundle_identifier("arn:aws:appfabric:us-east-1:111122223333:appbundle/1f2e3d4c")
        .app("SLACK")
        .credential(ApiKeyCredential::builder().api_key("key").build())
        .tenant(
            Tenant::builder()
                .tenant_identifier("T0123")
                .tenant_display_name("Acme")
                .build(),
        )
        .auth_type(AuthType::ApiKey)
        .tags([Tag::builder().key("team").value("security").build()])
        .send();
    black_box(now(call).unwrap());
}

fn client(body: &str, sign: bool) -> Client {
    let builder = Client::builder()
        .region("us-east-1")
        .transport(Stub(body.to_owned().into()));
    let builder = match sign {
        true => builder.credentials(Credentials::new("AKID", "secret", None, None, "benchmark")),
        false => builder.unsigned(),
    };
    builder.build().unwrap()
}

/// A page of so many app authorizations.
fn list(items: usize) -> String {
    let mut body = String::from("{\"appAuthorizationSummaryList\":[");
    for item in 0..items {
        let bundle = "arn:aws:appfabric:us-east-1:111122223333:appbundle/1f2e3d4c-0000-4a5b-8c9d-00000000000b";
        let comma = if item == 0 { "" } else { "," };
        write!(
            body,
            "{comma}{{\"appAuthorizationArn\":\"{bundle}/appauthorization/{item:036}\",\"appBundleArn\":\"{bundle}\",\
             \"app\":\"SLACK\",\"tenant\":{{\"tenantIdentifier\":\"T{item:05}\",\"tenantDisplayName\":\"Tenant\"}},\
             \"status\":\"Connected\",\"updatedAt\":\"2024-05-06T07:08:09.123Z\"}}"
        )
        .unwrap();
    }
    body.push_str("],\"nextToken\":\"next\"}");
    body
}

/// The output of a future that never waits.
fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!("the transport answers at once"),
    }
}

/// Prints the median time of a call over eleven rounds.
fn report(name: &str, calls: u32, mut call: impl FnMut()) {
    let mut rounds: Vec<f64> = (0..11)
        .map(|_| {
            let start = Instant::now();
            (0..calls).for_each(|_| call());
            start.elapsed().as_secs_f64() * 1e6 / f64::from(calls)
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    println!(
        "{name}: {:.1} us",
        rounds.get(5).copied().unwrap_or_default()
    );
}
