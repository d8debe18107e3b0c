//! Many connections, with faults on.

use crate::Local;
use appfabric::rt::retry::RetryPolicy;
use appfabric::types::Tag;
use std::collections::BTreeSet;
use std::time::Duration;

const CONNECTIONS: usize = 200;
const TAGS: usize = 10;

#[tokio::test]
async fn nothing_is_lost_under_load_with_faults() {
    let faults = ["throttling:0.02", "error:0.02", "broken-body:0.02"];
    let rules = faults.map(|fault| format!("TagResource:{fault}"));
    let arguments: Vec<&str> = rules.iter().flat_map(|rule| ["--fault", rule]).collect();
    let local = Local::start(&arguments).await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..CONNECTIONS {
        // A Region, and so an app bundle, for each. All call at once, each on its own connection.
        let client = local
            .client
            .customize(|call| call.region(format!("region-{number}")).retry(retry()));
        tasks.spawn(async move {
            let bundle = client.create_app_bundle().send().await.unwrap();
            let arn = bundle.app_bundle.arn;
            for number in 0..TAGS {
                let tag = Tag::builder().key(number.to_string()).value("v").build();
                let call = client.tag_resource().resource_arn(&arn).tags([tag]);
                call.send().await.unwrap();
            }
            let list = client.list_tags_for_resource().resource_arn(&arn);
            assert_eq!(list.send().await.unwrap().tags.unwrap().len(), TAGS);
            arn
        });
    }
    let arns: BTreeSet<String> = tasks.join_all().await.into_iter().collect();
    assert_eq!(arns.len(), CONNECTIONS);
    local.running.shut_down().await.unwrap();
}

fn retry() -> RetryPolicy {
    RetryPolicy::standard()
        .max_backoff(Duration::from_millis(1))
        .max_attempts(10)
}
