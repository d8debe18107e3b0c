//! User access tasks.

use crate::Local;
use appfabric::Error;
use appfabric::types::{ResultStatus, UserAccessResultItem};

impl Local {
    async fn task(&self, bundle: &str, email: &str) -> String {
        let start = self.client.start_user_access_tasks();
        let start = start.app_bundle_identifier(bundle).email(email).send();
        let tasks = start.await.unwrap().user_access_tasks_list.unwrap();
        tasks[0].task_id.clone().unwrap()
    }

    async fn results(&self, bundle: &str, tasks: &[String]) -> Vec<UserAccessResultItem> {
        let get = self.client.batch_get_user_access_tasks();
        let get = get
            .app_bundle_identifier(bundle)
            .task_id_list(tasks.to_vec());
        get.send().await.unwrap().user_access_results_list.unwrap()
    }
}

#[tokio::test]
async fn tasks_progress_with_the_clock() {
    let local = Local::start(&[]).await;
    let bundle = local.bundle().await;
    local.connected(&bundle, "ASANA", "T1").await;
    let mut tasks = Vec::new();
    for email in [
        "ada.lovelace@example.com",
        "fail@example.com",
        "expire@example.com",
    ] {
        tasks.push(local.task(&bundle, email).await);
    }
    let statuses = |results: &[UserAccessResultItem]| -> Vec<_> {
        results
            .iter()
            .map(|it| it.result_status.clone().unwrap())
            .collect()
    };
    use ResultStatus::{Completed, Expired, Failed, InProgress};
    assert_eq!(
        statuses(&local.results(&bundle, &tasks).await),
        [InProgress, InProgress, InProgress]
    );
    local.advance(5).await;
    let results = local.results(&bundle, &tasks).await;
    assert_eq!(statuses(&results), [Completed, Failed, InProgress]);
    let user = (&results[0].user_full_name, &results[0].email);
    assert_eq!(
        user,
        (
            &Some("Ada Lovelace".into()),
            &Some("ada.lovelace@example.com".into())
        )
    );
    assert!(results[1].task_error.is_some() && results[1].user_id.is_none());
    local.advance(3600).await;
    assert_eq!(
        statuses(&local.results(&bundle, &tasks).await),
        [Completed, Failed, Expired]
    );
    // Sensitive members do not reach Debug.
    let printed = format!("{results:?}");
    assert!(
        !printed.contains("Lovelace") && !printed.contains("ada."),
        "{printed}"
    );

    // A day later they are forgotten.
    local.advance(24 * 60 * 60).await;
    local.task(&bundle, "ada@example.com").await;
    let get = local.client.batch_get_user_access_tasks();
    let get = get
        .app_bundle_identifier(&bundle)
        .task_id_list(tasks)
        .send()
        .await;
    assert!(
        matches!(get, Err(Error::ResourceNotFoundException(it)) if it.resource_type == "userAccessTask")
    );
}

#[tokio::test]
async fn a_tenant_without_a_connection_has_no_task() {
    let local = Local::start(&[]).await;
    let bundle = local.bundle().await;
    local.authorization(&bundle, "ASANA", "T1").await;
    let start = local.client.start_user_access_tasks();
    let start = start
        .app_bundle_identifier(&bundle)
        .email("a@example.com")
        .send();
    let tasks = start.await.unwrap().user_access_tasks_list.unwrap();
    assert_eq!((tasks.len(), &tasks[0].task_id), (1, &None));
    assert!(tasks[0].error.is_some());
}
