//! The status page.

use crate::{Local, named};
use appfabric::types::Tag;

#[tokio::test]
async fn the_page_shows_what_exists_escaped_and_without_secrets() {
    let local = Local::start(&[]).await;
    let (status, head, empty) = local.send("GET", "/").await;
    assert_eq!(status, 200);
    assert!(head.contains("content-type: text/html") && head.contains("default-src 'none'"));
    assert!(empty.contains("No app bundle exists"));
    let attack = "<script>alert(1)</script>\"'&";
    let bundle = local.client.create_app_bundle();
    let bundle = bundle.tags([Tag::builder().key(attack).value("v").build()]);
    let bundle = bundle.send().await.unwrap().app_bundle.arn;
    local.oauth_authorization(&bundle, attack).await;
    local.connected(&bundle, "ASANA", "T1").await;
    let start = local.client.start_user_access_tasks();
    let start = start
        .app_bundle_identifier(&bundle)
        .email("ada@example.com");
    start.send().await.unwrap();
    local
        .send("GET", "/%3Cscript%3E/<script>?secret=hidden")
        .await;

    let (_, _, page) = local.send("GET", "/").await;
    assert!(
        !page.contains("<script") && !page.contains("\"'&"),
        "{page}"
    );
    let escaped = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;";
    assert!(page.matches(escaped).count() >= 3, "{page}");
    for shown in [
        &bundle,
        "PendingConnect",
        "Connected",
        "IN_PROGRESS",
        "StartUserAccessTasks",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    for secret in ["shibboleth", "key-0", "ada@example.com", "secret", "hidden"] {
        assert!(!page.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn the_list_of_requests_is_bounded() {
    let local = Local::start(&[]).await;
    for _ in 0..60 {
        local.client.list_app_bundles().send().await.unwrap();
    }
    let (_, _, page) = local.send("GET", "/").await;
    assert_eq!(page.matches("ListAppBundles").count(), 50);
}

#[tokio::test]
async fn the_clock_can_be_advanced_but_not_without_limit() {
    let local = Local::start(&[]).await;
    let bundle = local.bundle().await;
    let authorization = local.authorization(&bundle, "ASANA", "T1").await;
    local.advance(3600).await;
    let update = local.client.update_app_authorization();
    let update = update.app_bundle_identifier(&bundle);
    let update = update
        .app_authorization_identifier(authorization)
        .tenant(named("T2"));
    let output = update.send().await.unwrap().app_authorization;
    let passed = output.updated_at.duration_since(output.created_at).unwrap();
    assert!((3600..3700).contains(&passed.as_secs()), "{passed:?}");
    for query in [
        "",
        "?advance=",
        "?advance=-1",
        "?advance=99999999999",
        "?advance=x",
    ] {
        let (status, _, _) = local.send("POST", &format!("/_local/clock{query}")).await;
        assert_eq!(status, 400, "{query}");
    }
}

#[tokio::test]
async fn pages_of_other_sites_cannot_approve_or_advance() {
    let local = Local::start(&[]).await;
    for (origin, status) in [("http://example.com", 403), ("null", 403), ("", 200)] {
        let headers = match origin {
            "" => format!("origin: {}\r\n", local.running.url()),
            _ => format!("origin: {origin}\r\n"),
        };
        let sent = local
            .send_with("POST", "/_local/clock?advance=1", &headers, b"")
            .await;
        assert_eq!(sent.0, status, "{origin}");
    }
    let headers = "origin: https://example.com\r\n";
    let sent = local
        .send_with("POST", "/oauth2/authorize?state=x", headers, b"")
        .await;
    assert_eq!(sent.0, 403);
}

#[tokio::test]
async fn bodies_are_limited() {
    let local = Local::start(&[]).await;
    let json = "content-type: application/json\r\ncontent-length: ";
    let large = vec![b' '; 1024 * 1024 + 1];
    let headers = format!("{json}{}\r\n", large.len());
    let (status, head, _) = local
        .send_with("POST", "/appbundles", &headers, &large)
        .await;
    assert!(
        status == 413 && head.contains("RequestEntityTooLargeException"),
        "{head}"
    );
    let headers = format!("{json}2\r\n");
    assert_eq!(
        local
            .send_with("POST", "/appbundles", &headers, b"{}")
            .await
            .0,
        201
    );
}

/// What a debugger or a log would print of the options.
#[test]
fn options_are_checked_and_print_no_secrets() {
    let parse = |text: &str| crate::options::parse(text.split(' ').map(str::to_owned));
    let printed = format!(
        "{:?}",
        parse("--verify-signatures AKID:shibboleth:token0").unwrap()
    );
    assert!(printed.contains("AKID"));
    assert!(!printed.contains("shibboleth") && !printed.contains("token0"));
    for wrong in [
        "--verify-signatures shibboleth",
        "--verify-signatures :shibboleth",
        "--account K=1",
        "--account K",
        "--listen 8420",
        "--listen",
        "--fault GetAppBundle:error",
        "--fault GetAppBundle:error:2",
        "--fault GetNothing:error:1",
        "--fault GetAppBundle:nothing:1",
        "--nothing",
    ] {
        let error = parse(wrong).unwrap_err();
        assert!(!error.contains("shibboleth"), "{error}");
    }
}
