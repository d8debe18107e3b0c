//! The pages of an operation as streams.

#![cfg(feature = "client")]
#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

use appfabric::rt::Body;
use appfabric::rt::{FailureKind, http};
use appfabric::{Client, Error};
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

/// Returns the pages of `ListAppBundles`, each with its items and the token of the next page.
#[derive(Clone)]
struct Book {
    pages: Vec<(&'static [&'static str], Option<&'static str>)>,
    /// The queries of all requests.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Book {
    fn new(pages: &[(&'static [&'static str], Option<&'static str>)]) -> (Client, Self) {
        let book = Self {
            pages: pages.to_vec(),
            asked: Arc::default(),
        };
        let builder = Client::builder()
            .region("us-east-1")
            .unsigned()
            .transport(book.clone());
        (builder.build().unwrap(), book)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl tower_service::Service<http::Request<Body>> for Book {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Ready<Result<http::Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let mut asked = self.asked.lock().unwrap();
        let page = self.pages.get(asked.len());
        asked.push(request.uri().query().unwrap_or_default().to_owned());
        let (status, body) = match page {
            Some((arns, next)) => {
                let items: Vec<_> = arns
                    .iter()
                    .map(|arn| serde_json::json!({ "arn": arn }))
                    .collect();
                (
                    200,
                    serde_json::json!({ "appBundleSummaryList": items, "nextToken": next })
                        .to_string(),
                )
            }
            None => (400, r#"{"message":"no such page"}"#.to_owned()),
        };
        ready(Ok(http::Response::builder()
            .status(status)
            .body(Body::from(body))
            .unwrap()))
    }
}

#[tokio::test]
async fn items_of_all_pages_are_in_order() {
    let (client, book) = Book::new(&[
        (&["a", "b"], Some("2")),
        (&[], Some("3")),
        (&["c"], Some("")),
    ]);
    let items = client
        .list_app_bundles()
        .max_results(2)
        .items()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(
        items
            .iter()
            .map(|item| item.arn.as_str())
            .collect::<Vec<_>>(),
        ["a", "b", "c"]
    );
    assert_eq!(
        book.asked(),
        [
            "maxResults=2",
            "maxResults=2&nextToken=2",
            "maxResults=2&nextToken=3"
        ]
    );
}

#[tokio::test]
async fn pages_are_requested_on_demand() {
    let (client, book) = Book::new(&[(&["a"], Some("2")), (&["b"], None)]);
    let mut pages = client.list_app_bundles().pages();
    assert!(book.asked().is_empty());
    assert_eq!(
        pages
            .next()
            .await
            .unwrap()
            .unwrap()
            .app_bundle_summary_list
            .len(),
        1
    );
    assert_eq!(book.asked().len(), 1);
    let mut items = pages.items();
    assert_eq!(items.next().await.unwrap().unwrap().arn, "b");
    assert!(items.next().await.is_none() && items.next().await.is_none());
    assert_eq!(book.asked().len(), 2);
}

#[tokio::test]
async fn a_repeated_token_is_an_error() {
    let page: (&[&str], _) = (&["a"], Some("again"));
    let (client, book) = Book::new(&[page; 9]);
    let mut items = client.list_app_bundles().items();
    for _ in 0..2 {
        assert_eq!(items.next().await.unwrap().unwrap().arn, "a");
    }
    let error = items.next().await.unwrap().unwrap_err();
    assert!(matches!(&error, Error::Failure(failure) if failure.kind() == FailureKind::Pagination));
    assert_eq!(
        error.to_string(),
        "ListAppBundles failed: cannot get the next page: the service returned the token of an earlier page"
    );
    assert!(items.next().await.is_none());
    assert_eq!(book.asked().len(), 2);
}

#[tokio::test]
async fn an_error_ends_the_stream() {
    let (client, _) = Book::new(&[(&["a"], Some("2"))]);
    let mut items = client.list_app_bundles().items();
    assert!(items.next().await.unwrap().is_ok());
    assert_eq!(
        items.next().await.unwrap().unwrap_err().message(),
        Some("no such page")
    );
    assert!(items.next().await.is_none());
}

/// Both implement `Stream` and can be sent to other threads.
#[test]
fn pages_and_items_implement_stream() {
    fn check<S: futures_core::Stream + Send + Unpin>(_: S) {}
    let (client, _) = Book::new(&[]);
    check(client.list_app_bundles().pages());
    check(client.list_app_bundles().items());
    check(
        client
            .list_app_authorizations()
            .app_bundle_identifier("b")
            .items(),
    );
}
