//! The state file.

use crate::local::options::Options;
use crate::{Local, named, oauth2};
use appfabric::types::{AuthType, IngestionType, ResultStatus};
use std::path::PathBuf;

/// A path in a new folder, which is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("local-appfabric-{}-{name}", std::process::id()));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn file(&self) -> String {
        self.0.join("state.json").to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn the_state_is_saved_and_loaded_without_secrets() {
    let folder = Folder::new("saved");
    let file = folder.file();
    let local = Local::start(&["--state", &file]).await;
    let bundle = local.bundle().await;
    local.connected(&bundle, "ASANA", "T1").await;
    let create = |client: &appfabric::Client| {
        client
            .create_app_authorization()
            .app_bundle_identifier(&bundle)
            .app("SLACK")
            .auth_type(AuthType::Oauth2)
            .credential(oauth2())
            .tenant(named("T2"))
            .client_token("00000000-0000-4000-8000-00000000000b")
    };
    let slack = create(&local.client)
        .send()
        .await
        .unwrap()
        .app_authorization;
    let ingest = local
        .client
        .create_ingestion()
        .app_bundle_identifier(&bundle);
    let ingest = ingest.app("ASANA").tenant_id("T1");
    let ingest = ingest.ingestion_type(IngestionType::AuditLog).send().await;
    let ingestion = ingest.unwrap().ingestion;
    let page = local
        .client
        .list_app_authorizations()
        .app_bundle_identifier(&bundle);
    let token = page.max_results(1).send().await.unwrap().next_token;
    let start = local.client.start_user_access_tasks();
    let start = start
        .app_bundle_identifier(&bundle)
        .email("ada@example.com");
    let tasks = start.send().await.unwrap().user_access_tasks_list.unwrap();
    let task = tasks[0].task_id.clone().unwrap();
    local.running.shut_down().await.unwrap();

    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains(&bundle) && text.contains("Acme"));
    for secret in ["shibboleth", "key-0", "ada@example.com"] {
        assert!(!text.contains(secret), "{secret}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 1);

    let local = Local::start(&["--state", &file]).await;
    // The same token and parameters, and only the port of the URL differs.
    let again = create(&local.client)
        .send()
        .await
        .unwrap()
        .app_authorization;
    assert!(
        again
            .auth_url
            .as_ref()
            .unwrap()
            .starts_with(local.running.url())
    );
    assert_eq!(
        (again.app_authorization_arn, again.created_at),
        (slack.app_authorization_arn, slack.created_at)
    );
    let get = local.client.get_ingestion().app_bundle_identifier(&bundle);
    let get = get
        .ingestion_identifier(&ingestion.arn)
        .send()
        .await
        .unwrap();
    assert_eq!(get.ingestion, ingestion);
    let page = local
        .client
        .list_app_authorizations()
        .app_bundle_identifier(&bundle);
    let page = page.max_results(1).next_token(token).send().await.unwrap();
    assert_eq!(page.app_authorization_summary_list[0].app, "SLACK");
    local.advance(5).await;
    let get = local.client.batch_get_user_access_tasks();
    let get = get
        .app_bundle_identifier(&bundle)
        .task_id_list([task])
        .send();
    let results = get.await.unwrap().user_access_results_list.unwrap();
    assert_eq!(results[0].result_status, Some(ResultStatus::Completed));
    assert_eq!(results[0].email, None);
}

#[tokio::test]
async fn the_state_is_saved_while_the_server_runs() {
    let folder = Folder::new("running");
    let file = folder.file();
    let local = Local::start(&["--state", &file]).await;
    let bundle = local.bundle().await;
    let saved = async {
        while !std::fs::read_to_string(&file).is_ok_and(|text| text.contains(&bundle)) {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    let limit = std::time::Duration::from_secs(10);
    tokio::time::timeout(limit, saved).await.unwrap();
}

#[tokio::test]
async fn a_file_that_is_no_state_is_an_error_and_is_kept() {
    let folder = Folder::new("broken");
    let file = folder.file();
    std::fs::write(&file, "{}").unwrap();
    let error = error(&file).await;
    assert!(error.contains(&file) && error.contains("key"), "{error}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "{}");
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_an_error_at_the_start() {
    let folder = Folder::new("none");
    let file = folder.file().replace("state.json", "none/state.json");
    let error = error(&file).await;
    assert!(error.contains(&file), "{error}");
}

/// The error of a server with the state file.
async fn error(file: &str) -> String {
    let options = Options {
        listen: ([127, 0, 0, 1], 0).into(),
        state: Some(file.into()),
        ..Options::default()
    };
    let started = crate::serve::start(options).await;
    started.err().unwrap().to_string()
}
