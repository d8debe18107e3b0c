//! Versions since a release, which is a tag.

use super::{commit, fails, git, member, passes, repository, run, service};
use crate::testing::Folder;

/// Sets the model of `red`.
fn set(folder: &Folder, more: &str) {
    folder.put("clients/models/red.json", &service("red", more));
    passes(&folder.inner("clients"), &["codegen"]);
}

fn set_version(folder: &Folder, from: &str, to: &str) {
    let path = "clients/crates/red/Cargo.toml";
    let text = folder.contents()[path].clone();
    assert!(text.contains(&format!("version = \"{from}\"")), "{text}");
    folder.put(
        path,
        &text.replace(
            &format!("version = \"{from}\""),
            &format!("version = \"{to}\""),
        ),
    );
}

const CHECK: [&str; 4] = ["codegen", "--check", "--crate", "red"];

#[test]
fn changes_between_two_releases_need_one_step() {
    let folder = repository();
    let clients = folder.inner("clients");
    set_version(&folder, "0.1.0", "1.0.0");
    set(&folder, &member("name"));
    commit(&folder);
    git(&folder, &["tag", "red-v1.0.0"]);
    git(&folder, &["tag", "v7.0.0"]);

    // Two breaking changes, each committed.
    set(&folder, &member("title"));
    let messages = fails(&clients, &CHECK);
    assert!(
        messages.contains(
            "is 1.0.0, and must be at least 2.0.0: the crate's API has breaking changes since 1.0.0"
        ),
        "{messages}"
    );
    assert!(
        messages.contains("`cargo smithy diff --crate red --since red-v1.0.0 --format changelog`"),
        "{messages}"
    );
    set_version(&folder, "1.0.0", "2.0.0");
    passes(&clients, &CHECK);
    commit(&folder);
    set(&folder, &member("label"));
    passes(&clients, &CHECK);
    commit(&folder);
    passes(&clients, &CHECK);

    // The released interface needs no step.
    set(&folder, &member("name"));
    set_version(&folder, "2.0.0", "1.0.0");
    passes(&clients, &CHECK);

    // The other crate has the tag of the repository, at which it has its version.
    let path = "clients/crates/blue/Cargo.toml";
    let text = folder.contents()[path].clone();
    folder.put(
        path,
        &text.replace("version = \"0.1.0\"", "version.workspace = true"),
    );
    commit(&folder);
    folder.put(
        "clients/models/blue/blue.json",
        &service("blue", &member("name")),
    );
    passes(&clients, &["codegen"]);
    git(&folder, &["tag", "-f", "v1.0.0"]);
    git(&folder, &["tag", "-d", "v7.0.0"]);
    let messages = fails(&clients, &["codegen", "--check", "--crate", "blue-client"]);
    assert!(
        messages.contains("crates/blue/Cargo.toml is 1.0.0, and must be at least 1.1.0"),
        "{messages}"
    );
}

#[test]
fn any_revision_can_be_the_baseline() {
    let folder = repository();
    let clients = folder.inner("clients");
    set(&folder, &member("name"));
    commit(&folder);
    // The version has not changed since the first commit.
    let messages = fails(&clients, &CHECK);
    assert!(messages.contains("must be at least 0.1.1"), "{messages}");
    passes(
        &clients,
        &["codegen", "--check", "--crate", "red", "--since", "HEAD"],
    );
    let since = ["codegen", "--check", "--crate", "red", "--since", "HEAD~1"];
    assert!(fails(&clients, &since).contains("must be at least 0.1.1"));
    let unknown = ["codegen", "--check", "--since", "v9"];
    assert!(fails(&clients, &unknown).contains("there is no revision `v9`"));
}

#[test]
fn changes_since_the_release() {
    let folder = repository();
    let clients = folder.inner("clients");
    git(&folder, &["tag", "v0.1.0"]);
    set(&folder, &member("name"));
    commit(&folder);
    let told = passes(&clients, &["diff"]);
    assert!(told.starts_with("red since v0.1.0\n\n"), "{told}");
    assert!(
        told.contains("\nblue-client since v0.1.0\n\nmodel: no changes\n"),
        "{told}"
    );
    let line = "version: minor; the version in crates/red/Cargo.toml is 0.1.0, and must be at least 0.1.1\n";
    assert!(told.contains(line), "{told}");
    let told = passes(&clients, &["diff", "--crate", "red", "--since", "HEAD"]);
    assert!(told.starts_with("model: no changes\n"), "{told}");
    let (status, _, messages) = run(&clients, &["diff", "--fail-on", "minor"]);
    assert_eq!(status, Some(1), "{messages}");
    assert!(fails(&clients, &["diff", "--format", "json"]).contains("has 2 crates"));
}

/// The released crate is that of the `codegen.toml` of the release.
#[test]
fn the_configuration_of_the_release_counts() {
    let folder = repository();
    let clients = folder.inner("clients");
    git(&folder, &["tag", "red-v0.1.0"]);
    // Another operation is an addition, and the model can move.
    let config = folder.contents()["clients/codegen.toml"].clone();
    let more = config
        .replace("[\"Get\"]", "[\"Get\", \"Put\"]")
        .replace("models/red.json", "red.json");
    folder.put("clients/codegen.toml", &more);
    git(
        &folder,
        &["mv", "clients/models/red.json", "clients/red.json"],
    );
    passes(&clients, &["codegen"]);
    let messages = fails(&clients, &CHECK);
    assert!(
        messages.contains("must be at least 0.1.1: the crate's API has additions since 0.1.0"),
        "{messages}"
    );
    assert!(messages.contains("`Client::put` was added"), "{messages}");
    let told = passes(&clients, &["diff", "--crate", "red"]);
    assert!(told.contains("`operations::Put` was added"), "{told}");
    let fewer = config.replace("[\"Get\"]", "[\"Put\"]");
    folder.put(
        "clients/codegen.toml",
        &fewer.replace("models/red.json", "red.json"),
    );
    passes(&clients, &["codegen"]);
    assert!(fails(&clients, &CHECK).contains("must be at least 0.2.0"));
}

/// A release that cannot be compared is a warning, or an error if `--since` names it.
#[test]
fn a_release_without_a_valid_model() {
    let folder = repository();
    let clients = folder.inner("clients");
    let model = folder.contents()["clients/models/red.json"].clone();
    folder.put(
        "clients/models/red.json",
        &model.replace("smithy.api#Integer", "smithy.api#Int"),
    );
    commit(&folder);
    git(&folder, &["tag", "red-v0.1.0"]);
    folder.put("clients/models/red.json", &model);
    let what = "the model of `red` in the revision `red-v0.1.0` is not valid";
    let (status, _, messages) = run(&clients, &CHECK);
    assert_eq!(status, Some(0), "{messages}");
    let warning = format!(
        "warning: the version in crates/red/Cargo.toml was not compared with red-v0.1.0: {what}"
    );
    assert!(messages.contains(&warning), "{messages}");
    let since = [&CHECK[..], &["--since", "red-v0.1.0"]].concat();
    assert!(fails(&clients, &since).contains(&format!("error: {what}")));
    // A crate that the release did not have is new.
    let config = folder.contents()["clients/codegen.toml"].clone();
    let green = "\n[crates.green]\nmodel = \"models/red.json\"\nout = \"crates/green\"\n";
    folder.put("clients/codegen.toml", &format!("{config}{green}"));
    git(&folder, &["tag", "v0.1.0"]);
    passes(&clients, &["codegen", "--crate", "green"]);
    let (status, _, messages) = run(&clients, &["codegen", "--check", "--crate", "green"]);
    assert_eq!((status, messages.as_str()), (Some(0), ""));
}
