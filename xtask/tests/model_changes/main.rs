//! Changes of the model, in a checkout of its own with a history.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod edits;
mod import;
mod versions;

#[path = "../../src/testing.rs"]
#[allow(dead_code, reason = "others use the rest")]
mod testing;

use std::path::Path;
use std::process::{Command, Output};
use std::sync::LazyLock;
use testing::Folder;

const SERVICE: &str = "model/appfabric/service.json";
const DOCS: &str = "model/appfabric/docs.json";

/// The configuration of this repository.
const CONFIG: &str = include_str!("../../../codegen.toml");

fn run(root: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-smithy"));
    command.args(arguments).current_dir(root);
    command.env("CARGO_PKG_NAME", "cargo-smithy");
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    (
        status.code(),
        String::from_utf8(stdout).unwrap(),
        String::from_utf8(stderr).unwrap(),
    )
}

fn passes(root: &Path, arguments: &[&str]) -> String {
    let (status, results, messages) = run(root, arguments);
    assert_eq!(status, Some(0), "{results}{messages}");
    results
}

fn git(root: &Path, arguments: &[&str]) {
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
    ];
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
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

/// A checkout with the model of this one, generated and committed.
fn checkout() -> Folder {
    static CHECKOUT: LazyLock<Folder> = LazyLock::new(|| generated_checkout(kept("checkout")));
    CHECKOUT.copy()
}

/// A folder that is copied for each test.
fn kept(name: &str) -> Folder {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("model-changes");
    Folder::kept_at(&folder.join(name))
}

fn generated_checkout(folder: Folder) -> Folder {
    let this = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    folder.put("Cargo.toml", "[workspace]\n");
    // `diff` compares models without a configuration, so that the crate has no options either.
    folder.put("codegen.toml", &CONFIG.replace("server = true\n", ""));
    folder.put(
        "generated/Cargo.toml",
        "[package]\nname = \"appfabric\"\nversion = \"0.1.0\"\n",
    );
    for path in [SERVICE, DOCS] {
        folder.put(path, &std::fs::read_to_string(this.join(path)).unwrap());
    }
    passes(folder.path(), &["codegen"]);
    git(folder.path(), &["init", "-q"]);
    commit(&folder);
    folder
}

fn commit(folder: &Folder) {
    git(folder.path(), &["add", "-A"]);
    git(folder.path(), &["commit", "-qm", "x"]);
}

/// Replaces a text of the model.
fn edit(folder: &Folder, path: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(folder.path().join(path)).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    folder.put(path, &text.replacen(from, to, 1));
}

/// The text of a file of the checkout.
fn text(folder: &Folder, path: &str) -> String {
    std::fs::read_to_string(folder.path().join(path)).unwrap()
}
