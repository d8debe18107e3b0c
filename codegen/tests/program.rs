//! A program that depends on AppFabric with serde: a proxy, a time limit for a call, the request ID, a
//! strict enum, and a response as JSON. A server on loopback is its proxy.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod common;
mod workspace;

use common::{Case, repository};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Output;
use std::thread;
use std::time::Duration;
use workspace::{Files, Workspace};

const BODY: &str = r#"{"appAuthorizationSummaryList": [
    {"appAuthorizationArn": "arn:1", "appBundleArn": "arn:b", "app": "SLACK", "status": "Connected",
     "tenant": {"tenantIdentifier": "T1", "tenantDisplayName": "One"}, "updatedAt": "2026-01-02T03:04:05Z"},
    {"appAuthorizationArn": "arn:2", "appBundleArn": "arn:b", "app": "ZOOM", "status": "PendingConnect",
     "tenant": {"tenantIdentifier": "T2", "tenantDisplayName": "Two"}, "updatedAt": "2026-01-02T03:04:05Z"}]}"#;

#[test]
fn a_program_uses_what_other_clients_have() {
    let workspace = write();
    workspace.cargo(&["build", "--quiet"], "RUSTFLAGS");
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (mut connection, _) = proxy.accept().unwrap();
        let head = head(&mut connection);
        let answer = format!(
            "HTTP/1.1 200 OK\r\nx-amzn-requestid: id-1\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{BODY}",
            BODY.len()
        );
        connection.write_all(answer.as_bytes()).unwrap();
        // The second program gets no answer.
        let (silent, _) = proxy.accept().unwrap();
        thread::sleep(Duration::from_secs(5));
        drop(silent);
        head
    });

    let output = run(&workspace, &[&address, "bundle", "Connected"]);
    let (printed, errors) = texts(&output);
    assert!(output.status.success(), "{errors}");
    assert_eq!(errors, "request id-1\n");
    let json: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(
        json,
        serde_json::json!([{
            "appAuthorizationArn": "arn:1", "appBundleArn": "arn:b", "app": "SLACK", "status": "Connected",
            "tenant": {"tenantIdentifier": "T1", "tenantDisplayName": "One"}, "updatedAt": "2026-01-02T03:04:05Z",
        }])
    );

    let (_, errors) = texts(&run(&workspace, &[&address, "bundle", "Connected"]));
    assert_eq!(
        errors,
        "Error: ListAppAuthorizations failed: timed out: operation timeout after 3s\n"
    );
    let head = server.join().unwrap();
    let start = "GET http://appfabric.test/appbundles/bundle/appauthorizations HTTP/1.1\r\n";
    assert!(head.starts_with(start), "{head}");

    let (_, errors) = texts(&run(&workspace, &[&address, "bundle", "Conected"]));
    assert!(
        errors
            .contains("is not a value of `AppAuthorizationStatus`, whose values are `Connected`, "),
        "{errors}"
    );
    let (_, errors) = texts(&run(
        &workspace,
        &["socks5://proxy:1080", "bundle", "Connected"],
    ));
    assert!(
        errors.contains("the scheme `socks5` is not supported"),
        "{errors}"
    );
}

/// AppFabric with serde, and the program.
fn write() -> Workspace {
    let mut case = Case::read(repository().join("model/appfabric"));
    case.options.serde = true;
    case.options.protocol_tests = false;
    let mut files = Files::of("program", &["appfabric", "authorizations"]);
    files.put_crate("appfabric", &case.generated());
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/authorizations.rs");
    let source = fs::read_to_string(source).unwrap();
    assert!(source.lines().count() <= 40);
    files.put("authorizations/src/main.rs", &source);
    files.put("authorizations/Cargo.toml", &manifest());
    files.finish()
}

fn manifest() -> String {
    let of_repository = fs::read_to_string(repository().join("Cargo.toml")).unwrap();
    let used: String = of_repository
        .lines()
        .filter(|line| line.starts_with("serde_json = "))
        .map(|line| format!("{line}\n"))
        .collect();
    format!(
        "[package]\nname = \"authorizations\"\nedition = \"2024\"\n\n[dependencies]\n{used}\
         appfabric = {{ path = \"../appfabric\", features = [\"serde\"] }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n"
    )
}

fn run(workspace: &Workspace, arguments: &[&str]) -> Output {
    workspace
        .program("authorizations")
        .args(arguments)
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ACCESS_KEY_ID", "AKID")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .env("AWS_ENDPOINT_URL", "http://appfabric.test")
        .output()
        .unwrap()
}

fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

/// The head of a request.
fn head(connection: &mut impl Read) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        connection.read_exact(&mut byte).unwrap();
        head.extend(byte);
    }
    String::from_utf8(head).unwrap()
}
