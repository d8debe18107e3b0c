//! Runs each example with a scripted server in place of AWS. `cargo test` builds the examples beside
//! the tests.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

#[path = "server/scripted.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod scripted;

use scripted::Answer::{self, Write};
use scripted::{Server, response};
use std::collections::BTreeSet;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const BUNDLES: &str = r#"{"appBundleSummaryList": [{"arn": "arn:b1"}, {"arn": "arn:b2"}]}"#;
const AUTHORIZATION: &str = r#"{"appAuthorization": {"appAuthorizationArn": "arn:a", "appBundleArn": "arn:b",
    "app": "SLACK", "tenant": {"tenantIdentifier": "T0123", "tenantDisplayName": "Acme"}, "authType": "oauth2",
    "status": "PendingConnect", "createdAt": "2026-01-02T03:04:05Z", "updatedAt": "2026-01-02T03:04:05Z",
    "authUrl": "https://slack.example/approve"}}"#;

/// The examples that have a test here.
const TESTED: [&str; 12] = [
    "blocking",
    "call",
    "create_app_authorization",
    "errors",
    "first_call",
    "local_appfabric",
    "mock_transport",
    "pagination",
    "presign",
    "profile",
    "proxy",
    "tower_layer",
];

#[test]
fn every_example_has_a_test() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let files = std::fs::read_dir(folder).unwrap();
    let names: BTreeSet<String> = files
        .map(|file| file.unwrap().path())
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names, TESTED.map(str::to_owned).into());
}

/// The program, with the environment of a user whose endpoint is the server.
fn example(name: &str, endpoint_url: &str) -> Command {
    assert!(TESTED.contains(&name));
    let tests = std::env::current_exe().unwrap();
    let path: PathBuf = tests.parent().unwrap().join("../examples").join(name);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let sources = [format!("{name}.rs"), format!("{name}/main.rs")].map(|file| folder.join(file));
    let source = sources.iter().find(|source| source.exists()).unwrap();
    let changed = |path: &Path| path.metadata().and_then(|it| it.modified()).ok();
    assert!(
        changed(&path) > changed(source),
        "{} is missing or old: run `cargo test -p appfabric`, which builds all examples",
        path.display()
    );
    let mut command = Command::new(path);
    command
        .env_clear()
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ACCESS_KEY_ID", "AKID")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .env("AWS_ENDPOINT_URL", endpoint_url);
    command
}

#[track_caller]
fn succeeds(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", errors(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn fails(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(!output.status.success());
    errors(&output)
}

fn errors(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn ok(body: &str) -> Answer {
    Write(response("200 OK", "", body))
}

fn error(status: &str, code: &str, body: &str) -> Answer {
    let headers = format!("x-amzn-errortype: {code}\r\nx-amzn-requestid: id-1\r\n");
    Write(response(status, &headers, body))
}

/// The first lines of the requests, without the protocol.
fn lines(server: &Server) -> Vec<String> {
    let requests = server.requests();
    let line = |request: &String| {
        let line = request.lines().next().unwrap();
        line.trim_end_matches(" HTTP/1.1").to_owned()
    };
    requests.iter().map(line).collect()
}

/// The URL of a server that no longer exists.
fn closed() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[test]
fn first_call() {
    let conflict =
        r#"{"message": "it has ingestions", "resourceId": "b", "resourceType": "appBundle"}"#;
    let server = Server::start([
        Write(response("201 Created", "", AUTHORIZATION)),
        error("409 Conflict", "ConflictException", conflict),
        ok(BUNDLES),
    ]);
    let output = example("first_call", &server.url()).output().unwrap();
    assert!(output.status.success(), "{}", errors(&output));
    assert_eq!(errors(&output), "still in use: it has ingestions\n");
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        printed,
        "open Some(\"https://slack.example/approve\")\narn:b1\narn:b2\n"
    );
    assert_eq!(lines(&server).len(), 3);
}

#[test]
fn create_app_authorization() {
    let server = Server::start([Write(response("201 Created", "", AUTHORIZATION))]);
    let mut program = example("create_app_authorization", &server.url());
    let printed = succeeds(program.args(["b", "id", "secret", "T0123"]));
    assert!(printed.contains("arn:a"), "{printed}");
    assert_eq!(lines(&server), ["POST /appbundles/b/appauthorizations"]);
    assert!(server.requests()[0].contains(r#""clientSecret":"secret""#));
}

#[test]
fn pagination() {
    let ingestion = |arn: &str, state: &str| {
        format!(r#"{{"arn": "{arn}", "app": "SLACK", "tenantId": "T", "state": "{state}"}}"#)
    };
    let first = format!(
        r#"{{"ingestions": [{}], "nextToken": "t"}}"#,
        ingestion("arn:i1", "disabled")
    );
    let second = format!(
        r#"{{"ingestions": [{}, {}]}}"#,
        ingestion("arn:i2", "enabled"),
        ingestion("arn:i3", "disabled")
    );
    let server = Server::start([
        ok(r#"{"appBundleSummaryList": [{"arn": "b1"}]}"#),
        ok(&first),
        ok(&second),
    ]);
    let printed = succeeds(&mut example("pagination", &server.url()));
    assert_eq!(printed, "b1: arn:i1\nb1: arn:i3\n");
    assert_eq!(
        lines(&server),
        [
            "GET /appbundles",
            "GET /appbundles/b1/ingestions?maxResults=100",
            "GET /appbundles/b1/ingestions?maxResults=100&nextToken=t"
        ]
    );
    let text = fails(&mut example("pagination", &closed()));
    assert!(
        text.contains("ListAppBundles failed: cannot connect"),
        "{text}"
    );
}

#[test]
fn errors_and_retries() {
    let created = r#"{"appBundle": {"arn": "arn:b"}}"#;
    let unavailable = || Write(response("503 Service Unavailable", "", ""));
    let server = Server::start([
        unavailable(),
        unavailable(),
        Write(response("201 Created", "", created)),
    ]);
    assert_eq!(
        succeeds(&mut example("errors", &server.url())),
        "created arn:b\n"
    );
    assert_eq!(lines(&server), ["POST /appbundles"; 3]);

    let conflict =
        r#"{"message": "one per account", "resourceId": "arn:old", "resourceType": "appBundle"}"#;
    let server = Server::start([error("409 Conflict", "ConflictException", conflict)]);
    assert_eq!(
        succeeds(&mut example("errors", &server.url())),
        "arn:old exists\n"
    );

    let server = Server::start([error(
        "403 Forbidden",
        "AccessDeniedException",
        r#"{"message": "no"}"#,
    )]);
    let text = fails(&mut example("errors", &server.url()));
    assert_eq!(
        text,
        "request ID: id-1\nError: CreateAppBundle failed: AccessDeniedException (403, request id id-1): no\n"
    );
}

#[test]
fn presign() {
    let server = Server::start([]);
    let printed = succeeds(example("presign", &server.url()).arg("b 1"));
    let start = format!(
        "curl --request GET '{}/appbundles/b%201?X-Amz-",
        server.url()
    );
    assert!(printed.starts_with(&start), "{printed}");
    assert!(
        printed.contains("X-Amz-Expires=900&") && !printed.contains("secret"),
        "{printed}"
    );
    assert!(server.requests().is_empty());
    let text = fails(&mut example("presign", &server.url()));
    assert_eq!(text, "Error: \"usage: presign BUNDLE\"\n");
    let text = fails(
        example("presign", &server.url())
            .arg("b")
            .env_remove("AWS_SECRET_ACCESS_KEY"),
    );
    assert!(
        text.contains("AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not"),
        "{text}"
    );
}

#[test]
fn profile() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("profile");
    std::fs::create_dir_all(&folder).unwrap();
    let [config, credentials] = ["config", "credentials"].map(|name| folder.join(name));
    std::fs::write(&config, "[profile security]\nregion = eu-west-1\n").unwrap();
    let keys = "[security]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = secret\n";
    std::fs::write(&credentials, keys).unwrap();
    let server = Server::start([ok(BUNDLES)]);
    let program = |profile: &str| {
        let mut program = example("profile", &server.url());
        program
            .arg(profile)
            .env_clear()
            .env("AWS_ENDPOINT_URL", server.url())
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("AWS_CONFIG_FILE", &config)
            .env("AWS_SHARED_CREDENTIALS_FILE", &credentials);
        program
    };
    assert_eq!(succeeds(&mut program("security")), "arn:b1\narn:b2\n");
    let request = server.requests().concat();
    let scope = "/eu-west-1/appfabric/aws4_request";
    assert!(
        request.contains("Credential=AKIDPROFILE/") && request.contains(scope),
        "{request}"
    );
    let text = fails(&mut program("securty"));
    assert!(
        text.contains("ListAppBundles failed") && text.contains("no region"),
        "{text}"
    );
}

#[test]
fn proxy() {
    let proxy = Server::start([ok(BUNDLES)]);
    let mut program = example("proxy", &proxy.url());
    program.env("AWS_ENDPOINT_URL", "http://appfabric.test");
    assert_eq!(succeeds(program.arg(proxy.url())), "arn:b1\narn:b2\n");
    assert_eq!(lines(&proxy), ["GET http://appfabric.test/appbundles"]);

    let mut program = example("proxy", &proxy.url());
    let text = fails(program.arg("socks5://proxy.example:1080"));
    assert!(
        text.contains("the scheme `socks5` is not supported"),
        "{text}"
    );
    let mut program = example("proxy", "https://appfabric.test");
    let text = fails(program.args([proxy.url(), "no/such/file".to_owned()]));
    assert!(text.contains("no/such/file"), "{text}");
}

#[test]
fn blocking() {
    let tags = r#"{"tags": [{"key": "k", "value": "v"}]}"#;
    let server = Server::start([ok(BUNDLES), ok(tags), ok("{}")]);
    let printed = succeeds(&mut example("blocking", &server.url()));
    assert_eq!(printed, "arn:b1: 1 tags\narn:b2: 0 tags\n");
    assert_eq!(lines(&server)[1], "GET /tags/arn%3Ab1");
    let text = fails(&mut example("blocking", &closed()));
    assert!(
        text.contains("ListAppBundles failed: cannot connect"),
        "{text}"
    );
}

#[test]
fn call() {
    let server = Server::start([ok(BUNDLES)]);
    let mut program = example("call", &server.url());
    let printed = succeeds(program.args(["ListAppBundles", r#"{"maxResults": 2}"#]));
    assert!(printed.contains("arn:b2"), "{printed}");
    assert_eq!(lines(&server), ["GET /appbundles?maxResults=2"]);
    let text = fails(example("call", &server.url()).args(["ListBundles", "{}"]));
    assert!(text.contains("ListBundles"), "{text}");
}

/// The three commands of README's "Try it without AWS". The tests in `local_appfabric` test the rest.
#[cfg(all(feature = "server", unix))]
#[test]
fn local_appfabric() {
    use std::io::{BufRead, BufReader, Read, Write as _};

    let begin = std::time::Instant::now();
    let mut server = example("local_appfabric", &closed())
        .args(["--listen", "127.0.0.1:0"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut output = BufReader::new(server.stdout.take().unwrap());
    output.read_line(&mut line).unwrap();
    println!("listens after {:?}", begin.elapsed());
    let url = line.strip_prefix("AppFabric listens at ").unwrap().trim();
    let created = succeeds(example("call", url).args(["CreateAppBundle", "{}"]));
    assert!(created.contains("arn:aws:appfabric:us-east-1:123456789012:appbundle/"));

    let mut stream = std::net::TcpStream::connect(&url["http://".len()..]).unwrap();
    let request = "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    assert!(page.contains("CreateAppBundle") && page.contains("arn:aws:appfabric:"));

    let id = server.id().to_string();
    if let Ok(status) = std::fs::read_to_string(format!("/proc/{id}/status")) {
        let resident = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kilobytes = resident.unwrap().split_whitespace().nth(1).unwrap();
        println!("{kilobytes} kB resident");
        assert!(kilobytes.parse::<u64>().unwrap() < 15_000);
    }
    let kill = Command::new("kill").arg(&id).status().unwrap();
    assert!(kill.success() && server.wait().unwrap().success());
}

#[test]
fn mock_transport() {
    let printed = succeeds(&mut example("mock_transport", &closed()));
    assert!(printed.contains("There is one already: "), "{printed}");
}

#[test]
fn tower_layer() {
    let server = Server::start([ok(BUNDLES)]);
    assert_eq!(
        succeeds(&mut example("tower_layer", &server.url())),
        "arn:b1\narn:b2\n"
    );
    assert!(server.requests()[0].contains("\r\nx-team: security\r\n"));
}
