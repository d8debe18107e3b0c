//! Programs that depend on generated crates, with a server on loopback in place of the service.

#![allow(
    clippy::indexing_slicing,
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
use std::process::{Command, Output};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use workspace::{Files, Workspace};

const BODY: &str = r#"{"appAuthorizationSummaryList": [
    {"appAuthorizationArn": "arn:1", "appBundleArn": "arn:b", "app": "SLACK", "status": "Connected",
     "tenant": {"tenantIdentifier": "T1", "tenantDisplayName": "One"}, "updatedAt": "2026-01-02T03:04:05Z"},
    {"appAuthorizationArn": "arn:2", "appBundleArn": "arn:b", "app": "ZOOM", "status": "PendingConnect",
     "tenant": {"tenantIdentifier": "T2", "tenantDisplayName": "Two"}, "updatedAt": "2026-01-02T03:04:05Z"}]}"#;

/// A proxy, a time limit for a call, the request ID, a strict enum, and a response as JSON by serde.
#[test]
fn a_program_uses_what_other_clients_have() {
    let mut case = Case::read(repository().join("model/appfabric"));
    case.options.serde = true;
    let workspace = write(case, "authorizations");
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

#[test]
fn a_program_waits() {
    let workspace = write(fixture("waiters"), "waiter");
    let thing = |status: &str| ok(&format!(r#"{{"thing": {{"status": "{status}"}}}}"#));
    let (url, server) = serve(vec![thing("ACTIVE")]);
    let command = &mut with_endpoint(&workspace, "waiter", &url);
    let (printed, errors) = texts(&command.arg("t-1").output().unwrap());
    assert_eq!((printed.as_str(), errors.as_str()), ("Some(Active)\n", ""));
    let requests = server.join().unwrap();
    assert!(
        requests[0].starts_with("GET /thing?id=t-1 "),
        "{requests:?}"
    );

    let (url, server) = serve(vec![thing("BROKEN")]);
    let command = &mut with_endpoint(&workspace, "waiter", &url);
    let (_, errors) = texts(&command.arg("t-1").output().unwrap());
    let start = "Error: waiting for `ThingActive` failed: the service reported that it failed (GetThing, 1 call in ";
    assert!(errors.starts_with(start), "{errors}");
    server.join().unwrap();
}

#[test]
fn a_program_copies_files() {
    let workspace = write(fixture("streaming"), "files");
    let folder = workspace.path("copied");
    fs::create_dir_all(&folder).unwrap();
    let (from, to) = (folder.join("from"), folder.join("to"));
    fs::write(&from, "up").unwrap();
    let download =
        "HTTP/1.1 200 OK\r\netag: e-1\r\ncontent-length: 4\r\nconnection: close\r\n\r\ndown";
    let (url, server) = serve(vec![ok(""), download.to_owned()]);
    let command = &mut with_endpoint(&workspace, "files", &url);
    let (printed, errors) = texts(&command.args([&from, &to]).output().unwrap());
    assert_eq!((printed.as_str(), errors.as_str()), ("4 bytes, e-1\n", ""));
    assert_eq!(fs::read_to_string(&to).unwrap(), "down");
    let requests = server.join().unwrap();
    assert!(requests[0].starts_with("PUT /files/"), "{requests:?}");
    assert!(requests[0].ends_with("\r\n\r\nup"), "{requests:?}");

    let command = &mut with_endpoint(&workspace, "files", &url);
    let (_, errors) = texts(&command.args(["no/such/file", "to"]).output().unwrap());
    assert!(errors.contains("no/such/file"), "{errors}");
}

fn fixture(name: &str) -> Case {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    Case::read(fixtures.join(name))
}

/// Writes and builds a crate, and the program of this name in `tests/program`.
fn write(mut case: Case, program: &str) -> Workspace {
    case.options.protocol_tests = false;
    let mut files = Files::of(&format!("program-{program}"), &[&case.name, program]);
    files.put_crate(&case.name, &case.generated());
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program");
    let source = fs::read_to_string(source.join(program).with_extension("rs")).unwrap();
    assert!(source.lines().count() <= 40);
    files.put(&format!("{program}/src/main.rs"), &source);
    files.put(&format!("{program}/Cargo.toml"), &manifest(&case, program));
    let workspace = files.finish();
    workspace.cargo(&["build", "--quiet"], "RUSTFLAGS");
    workspace
}

fn manifest(case: &Case, program: &str) -> String {
    let of_repository = fs::read_to_string(repository().join("Cargo.toml")).unwrap();
    let used: String = of_repository
        .lines()
        .filter(|line| case.options.serde && line.starts_with("serde_json = "))
        .map(|line| format!("{line}\n"))
        .collect();
    let features = if case.options.serde { "\"serde\"" } else { "" };
    let name = &case.name;
    format!(
        "[package]\nname = \"{program}\"\nedition = \"2024\"\n\n[dependencies]\n{used}\
         {name} = {{ path = \"../{name}\", features = [{features}] }}\n\
         tokio = {{ version = \"1\", features = [\"fs\", \"io-util\", \"macros\", \"rt-multi-thread\"] }}\n"
    )
}

fn run(workspace: &Workspace, arguments: &[&str]) -> Output {
    let mut command = with_endpoint(workspace, "authorizations", "http://appfabric.test");
    command.args(arguments).output().unwrap()
}

fn with_endpoint(workspace: &Workspace, program: &str, url: &str) -> Command {
    let mut command = workspace.program(program);
    command
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ACCESS_KEY_ID", "AKID")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .env("AWS_ENDPOINT_URL", url);
    command
}

/// A server with these answers, each on a connection of its own. It returns the requests.
fn serve(answers: Vec<String>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let respond = move |answer: String| {
        let (mut connection, _) = listener.accept().unwrap();
        let mut request = head(&mut connection);
        let length = request.split("content-length: ").nth(1);
        let length = length.map_or(0, |rest| rest.split('\r').next().unwrap().parse().unwrap());
        let mut body = vec![0; length];
        connection.read_exact(&mut body).unwrap();
        request.push_str(&String::from_utf8(body).unwrap());
        connection.write_all(answer.as_bytes()).unwrap();
        request
    };
    let server = thread::spawn(move || answers.into_iter().map(respond).collect());
    (url, server)
}

fn ok(body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
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
