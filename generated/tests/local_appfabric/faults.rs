//! Faults, and the client's retries.

use crate::{Local, client, key};
use appfabric::Error;
use appfabric::rt::retry::RetryPolicy;
use std::time::Duration;

/// The operations and statuses of the page's list of requests, oldest first.
async fn requests(local: &Local) -> Vec<String> {
    let (_, _, page) = local.send("GET", "/").await;
    let rows = page.split("<h2>Last requests</h2>").nth(1).unwrap();
    let rows = rows.split("<tr>").skip(2).map(|row| {
        let cells: Vec<_> = row.split("<td>").collect();
        let cell = |index: usize| cells[index].split('<').next().unwrap();
        format!("{} {}", cell(4), cell(6))
    });
    let mut rows: Vec<_> = rows.collect();
    rows.reverse();
    rows
}

#[tokio::test]
async fn a_fault_hits_its_part_of_the_requests_of_its_operation() {
    for (kind, status) in [("throttling", 429), ("error", 500)] {
        let rule = format!("ListAppBundles:{kind}:0.5");
        let local = Local::start(&["--fault", &rule]).await;
        local.bundle().await;
        for _ in 0..3 {
            local.client.list_app_bundles().send().await.unwrap();
        }
        let failed = format!("ListAppBundles {status}");
        let (failed, good) = (failed.as_str(), "ListAppBundles 200");
        let expected = ["CreateAppBundle 201", good, failed, good, failed, good];
        assert_eq!(requests(&local).await, expected);
    }
}

#[tokio::test]
async fn a_broken_response_is_retried_with_the_same_client_token() {
    let local = Local::start(&["--fault", "CreateAppBundle:broken-body:0.5"]).await;
    let other = client(local.running.url(), "eu-west-1", key("AKID", None));
    other.create_app_bundle().send().await.unwrap();
    // The second request creates the bundle, and its response breaks off.
    let bundle = local.bundle().await;
    let expected = ["CreateAppBundle 201"; 3];
    assert_eq!(requests(&local).await, expected);
    let get = local.client.get_app_bundle().app_bundle_identifier(&bundle);
    assert_eq!(get.send().await.unwrap().app_bundle.arn, bundle);
}

#[tokio::test]
async fn a_stalled_request_meets_the_time_limit_of_the_client() {
    let local = Local::start(&["--fault", "*:stall:1"]).await;
    let call = local
        .client
        .list_app_bundles()
        .customize(|call| {
            call.operation_attempt_timeout(Duration::from_millis(50))
                .retry(RetryPolicy::off())
        })
        .send();
    let Error::Failure(failure) = call.await.unwrap_err() else {
        panic!("another error");
    };
    assert!(failure.to_string().contains("ListAppBundles"), "{failure}");
    // The server serves other requests.
    assert_eq!(local.send("GET", "/").await.0, 200);
}
