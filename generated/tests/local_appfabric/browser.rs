//! The pages in headless Chromium.

use crate::Local;
use appfabric::types::Tag;
use std::process::{Command, Stdio};

#[tokio::test]
#[ignore = "needs Chromium; .ci/run runs it where it is installed"]
async fn chromium_shows_the_pages_and_runs_no_script_of_a_name() {
    let local = Local::start(&[]).await;
    let attack = "<img src=x onerror=\"document.title='broken in'\">";
    let tag = Tag::builder().key("team").value(attack).build();
    let bundle = local.client.create_app_bundle().tags([tag]).send().await;
    let bundle = bundle.unwrap().app_bundle.arn;
    let authorization = local.oauth_authorization(&bundle, attack).await;
    let status = dom(local.running.url()).await;
    assert!(
        status.contains("<title>AppFabric in memory</title>"),
        "{status}"
    );
    assert!(
        status.contains("<td>PendingConnect</td>") && !status.contains("<img"),
        "{status}"
    );
    let page = dom(&authorization.auth_url.unwrap()).await;
    assert!(page.contains("<title>Grant access</title>"), "{page}");
    assert!(
        page.contains("<button>Approve</button>") && !page.contains("<img"),
        "{page}"
    );
}

/// The document after its scripts ran.
async fn dom(url: &str) -> String {
    let profile =
        std::env::temp_dir().join(format!("local-appfabric-chromium-{}", std::process::id()));
    let mut command = Command::new("chromium");
    command
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
        ])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
        ])
        // Nothing but this machine has a name.
        .arg("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
        .arg(format!("--user-data-dir={}", profile.display()))
        .args(["--dump-dom", url])
        .stderr(Stdio::null());
    // The server needs this thread.
    let output = tokio::task::spawn_blocking(move || command.output())
        .await
        .unwrap();
    let _ = std::fs::remove_dir_all(&profile);
    let output = output.unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}
