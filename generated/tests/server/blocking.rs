//! Calls that block the thread, without an async runtime in the caller.

use super::*;
use appfabric::rt::blocking::{BlockOn, BlockOnEach};
use std::thread;

fn page(name: &str, next: &str) -> Answer {
    let body = format!(r#"{{"appBundleSummaryList":[{{"arn":"{name}"}}]{next}}}"#);
    Write(response("200 OK", "", &body))
}

#[test]
fn threads_share_a_connection() {
    let server = Server::start([success(), success(), success()]);
    let client = builder(&server.url()).build().unwrap();
    client.list_app_bundles().send().block_on().unwrap();
    let other = client.clone();
    thread::spawn(move || other.list_app_bundles().send().block_on().unwrap())
        .join()
        .unwrap();
    client.list_app_bundles().send().block_on().unwrap();
    assert_eq!((server.requests().len(), server.connections()), (3, 1));
}

#[test]
fn items_are_iterated_over() {
    let server = Server::start([page("a", r#","nextToken":"2""#), page("b", "")]);
    let client = builder(&server.url()).build().unwrap();
    let items = client.list_app_bundles().items().block_on_each();
    let arns: Vec<String> = items.map(|item| item.unwrap().arn).collect();
    assert_eq!(arns, ["a", "b"]);
}

#[test]
fn limits_and_retries_have_timers() {
    let server = Server::start([Drop, WriteAndStall(Vec::new()), success()]);
    let client = builder(&server.url()).system(Tokio).build().unwrap();
    client.list_app_bundles().send().block_on().unwrap();
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn an_async_test_can_block() {
    let server = Server::start([success()]);
    let client = builder(&server.url()).build().unwrap();
    client.list_app_bundles().send().block_on().unwrap();
    assert_eq!(server.requests().len(), 1);
}
