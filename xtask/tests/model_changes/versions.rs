//! What has changed, and the version that goes with it.

use super::{DOCS, SERVICE, checkout, commit, edit, passes, run};
use crate::testing::Folder;

/// Gives the first member of this name another one, in the interface and in the documentation.
fn rename(folder: &Folder, from: &str, to: &str) {
    edit(folder, SERVICE, &format!("\"{from}\": {{"), &format!("\"{to}\": {{"));
    edit(folder, DOCS, &format!("AppAuthorization${from}\""), &format!("AppAuthorization${to}\""));
}

fn check(folder: &Folder) -> (Option<i32>, String) {
    let (status, _, messages) = run(folder.path(), &["codegen", "--check"]);
    (status, messages)
}

#[test]
fn differences_of_the_working_tree() {
    let folder = checkout();
    let diff = ["diff", "HEAD:model/appfabric", "model/appfabric"];
    let same = passes(folder.path(), &diff);
    assert_eq!(same, "model: nothing changed\nRust API: unchanged\nversion: none\n");

    rename(&folder, "authUrl", "approvalUrl");
    let text = passes(folder.path(), &diff);
    for line in [
        "ERROR[RemovedShape] com.amazonaws.appfabric#AppAuthorization$authUrl",
        "    --> HEAD:model/appfabric/service.json:",
        "    --> model/appfabric/service.json:",
        "Rust API: breaking\n    `types::AppAuthorization::auth_url` is gone\n",
        "version: major\n",
    ] {
        assert!(text.contains(line), "no {line} in {text}");
    }

    let markdown = passes(folder.path(), &[&diff[..], &["--format", "markdown"]].concat());
    assert!(
        markdown.contains("| ERROR | `com.amazonaws.appfabric#AppAuthorization$authUrl` |"),
        "{markdown}"
    );
    let changelog = passes(folder.path(), &[&diff[..], &["--format", "changelog"]].concat());
    assert!(changelog.contains("### Added\n\n- `types::AppAuthorization::approval_url`\n"), "{changelog}");
    let json = passes(folder.path(), &[&diff[..], &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["rust_api"], &json["version"]), (&"breaking".into(), &"major".into()));
    assert_eq!(json["events"][0]["id"], "RemovedShape");
}

/// The rules of models let a service do so: it takes what it always took. Callers have to write more.
#[test]
fn a_member_of_an_input_that_becomes_required() {
    let folder = checkout();
    let binding = "\"smithy.api#httpQuery\": \"maxResults\"";
    edit(&folder, SERVICE, binding, &format!("{binding}, \"smithy.api#required\": {{}}"));
    let text = passes(folder.path(), &["diff", "HEAD:model/appfabric", "model/appfabric"]);
    let gone =
        "Rust API: breaking\n    `operations::ListAppAuthorizations::builder()` now requires `max_results`\n";
    assert!(text.contains(gone) && text.ends_with("version: major\n"), "{text}");
    passes(folder.path(), &["codegen"]);
    let (status, messages) = check(&folder);
    assert_eq!(status, Some(1));
    assert!(messages.contains("must be at least 0.2.0"), "{messages}");
}

#[test]
fn revisions_and_models_that_are_not_there() {
    let folder = checkout();
    let told = |old: &str| run(folder.path(), &["diff", old, "model/appfabric"]);
    for (old, words) in [
        ("nowhere:model/appfabric", "nowhere"),
        ("HEAD:model/elsewhere", "no model in `model/elsewhere` of the revision `HEAD`"),
        ("elsewhere", "`elsewhere`"),
    ] {
        let (status, results, messages) = told(old);
        assert_eq!((status, results.as_str()), (Some(1), ""), "{messages}");
        assert!(messages.contains(words), "{messages}");
    }
}

#[test]
fn the_version_grows_with_the_api() {
    let folder = checkout();
    assert_eq!(check(&folder).0, Some(0), "{}", check(&folder).1);

    // Documentation alone needs no new version.
    edit(&folder, DOCS, "Explains what was denied", "Tells what was denied");
    passes(folder.path(), &["codegen"]);
    assert_eq!(check(&folder).0, Some(0), "{}", check(&folder).1);

    // Whoever takes something away has to say so.
    rename(&folder, "authUrl", "approvalUrl");
    passes(folder.path(), &["codegen"]);
    let (status, messages) = check(&folder);
    assert_eq!(status, Some(1));
    assert!(messages.contains("is 0.1.0, and must be at least 0.2.0"), "{messages}");
    assert!(messages.contains("`types::AppAuthorization::auth_url` is gone"), "{messages}");
    // Committed or not.
    commit(&folder);
    assert_eq!(check(&folder).0, Some(1));
    edit(&folder, "generated/Cargo.toml", "0.1.0", "0.1.1");
    assert_eq!(check(&folder).0, Some(1));
    edit(&folder, "generated/Cargo.toml", "0.1.1", "0.2.0");
    assert_eq!(check(&folder).0, Some(0), "{}", check(&folder).1);
    commit(&folder);
    assert_eq!(check(&folder).0, Some(0), "{}", check(&folder).1);

    // And again for what comes after.
    rename(&folder, "approvalUrl", "confirmUrl");
    passes(folder.path(), &["codegen"]);
    assert!(check(&folder).1.contains("is 0.2.0, and must be at least 0.3.0"), "{}", check(&folder).1);
}
