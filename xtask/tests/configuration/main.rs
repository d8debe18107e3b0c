//! Runs the command in repositories that are not this checkout, as `cargo smithy`.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod inputs;
mod releases;
mod several;

#[path = "../../src/testing.rs"]
#[allow(dead_code, reason = "others use the rest")]
mod testing;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use testing::Folder;

/// The installed command. Cargo starts it with its own name.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-smithy"));
    command.arg("smithy").args(arguments).current_dir(folder);
    command.env_remove("CARGO_PKG_NAME");
    command
}

/// Runs the command and returns its exit status, stdout and stderr.
fn run(folder: &Folder, arguments: &[&str]) -> (Option<i32>, String, String) {
    texts(command(folder.path(), arguments).output().unwrap())
}

/// The same with a standard input.
fn run_with(folder: &Folder, arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut command = command(folder.path(), arguments);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    texts(child.wait_with_output().unwrap())
}

fn texts(output: Output) -> (Option<i32>, String, String) {
    (
        output.status.code(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

fn passes(folder: &Folder, arguments: &[&str]) -> String {
    let (status, results, messages) = run(folder, arguments);
    assert_eq!(status, Some(0), "{arguments:?}: {results}{messages}");
    results
}

fn fails(folder: &Folder, arguments: &[&str]) -> String {
    let (status, results, messages) = run(folder, arguments);
    assert_eq!(status, Some(1), "{arguments:?}: {results}{messages}");
    messages
}

/// A service with two operations, `Get` and `Put`, in this namespace. `more` are members of the
/// output of `Get`.
fn service(namespace: &str, more: &str) -> String {
    format!(
        r##"{{ "smithy": "2.0", "shapes": {{
"{namespace}#Service": {{ "type": "service", "version": "1",
  "operations": [{{ "target": "{namespace}#Get" }}, {{ "target": "{namespace}#Put" }}],
  "traits": {{ "aws.protocols#restJson1": {{}} }} }},
"{namespace}#Get": {{ "type": "operation", "output": {{ "target": "{namespace}#GetOutput" }},
  "traits": {{ "smithy.api#readonly": {{}}, "smithy.api#http": {{ "method": "GET", "uri": "/x" }} }} }},
"{namespace}#GetOutput": {{ "type": "structure", "members": {{
  "size": {{ "target": "smithy.api#Integer" }}{more} }}, "traits": {{ "smithy.api#output": {{}} }} }},
"{namespace}#Put": {{ "type": "operation",
  "traits": {{ "smithy.api#idempotent": {{}}, "smithy.api#http": {{ "method": "PUT", "uri": "/x" }} }} }}
}} }}"##
    )
}

/// A member for [`service`].
fn member(name: &str) -> String {
    format!(r#", "{name}": {{ "target": "smithy.api#String" }}"#)
}

fn git(folder: &Folder, arguments: &[&str]) {
    let settings = [
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.org",
        "-c",
        "commit.gpgsign=false",
        // Git would otherwise change its files after the command, while a test copies them.
        "-c",
        "maintenance.auto=false",
        "-c",
        "gc.auto=0",
        "-c",
        "tag.gpgsign=false",
    ];
    let output = Command::new("git")
        .arg("-C")
        .arg(folder.path())
        .args(settings)
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn commit(folder: &Folder) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-qm", "x"]);
}

/// A workspace in the folder `clients` of a repository, with two services. The first is generated
/// with one operation.
fn repository() -> Folder {
    let folder = Folder::new();
    folder.put(
        "clients/Cargo.toml",
        "[workspace]\nmembers = [\"crates/*\"]\nresolver = \"3\"\n\n[workspace.package]\nversion = \"1.0.0\"\n",
    );
    folder.put(
        "clients/codegen.toml",
        "command = \"make clients\"\nruntime = { version = \"0.1\" }\n\n\
         [crates.red]\nmodel = \"models/red.json\"\nout = \"crates/red\"\noperations = [\"Get\"]\n\n\
         [crates.blue-client]\nmodel = [\"models/blue\"]\nout = \"crates/blue\"\nservice = \"Service\"\n",
    );
    folder.put("clients/models/red.json", &service("red", ""));
    folder.put("clients/models/blue/blue.json", &service("blue", ""));
    passes(&folder.inner("clients"), &["codegen"]);
    git(&folder, &["init", "-q"]);
    commit(&folder);
    folder
}
