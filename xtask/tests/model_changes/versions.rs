//! Changes of the model and the version of the crate.

use super::{DOCS, SERVICE, checkout, commit, edit, passes, run};
use crate::testing::Folder;

/// Renames the first member of this name, in the interface and in the documentation.
fn rename(folder: &Folder, from: &str, to: &str) {
    edit(
        folder,
        SERVICE,
        &format!("\"{from}\": {{"),
        &format!("\"{to}\": {{"),
    );
    edit(
        folder,
        DOCS,
        &format!("AppAuthorization${from}\""),
        &format!("AppAuthorization${to}\""),
    );
}

fn check(folder: &Folder) -> (Option<i32>, String) {
    let (status, _, messages) = run(folder.path(), &["codegen", "--check"]);
    (status, messages)
}

#[test]
fn the_working_tree_is_compared() {
    let folder = checkout();
    let diff = ["diff", "HEAD:model/appfabric", "model/appfabric"];
    let same = passes(folder.path(), &diff);
    assert_eq!(
        same,
        "model: no changes\nRust API: unchanged\nversion: none\n"
    );

    rename(&folder, "authUrl", "approvalUrl");
    let text = passes(folder.path(), &diff);
    for line in [
        "ERROR[RemovedShape] com.amazonaws.appfabric#AppAuthorization$authUrl",
        "    --> HEAD:model/appfabric/service.json:",
        "    --> model/appfabric/service.json:",
        "Rust API: breaking\n    `types::AppAuthorization::auth_url` was removed\n",
        "version: major\n",
    ] {
        assert!(text.contains(line), "no {line} in {text}");
    }

    let markdown = passes(
        folder.path(),
        &[&diff[..], &["--format", "markdown"]].concat(),
    );
    assert!(
        markdown.contains("| ERROR | `com.amazonaws.appfabric#AppAuthorization$authUrl` |"),
        "{markdown}"
    );
    let changelog = passes(
        folder.path(),
        &[&diff[..], &["--format", "changelog"]].concat(),
    );
    assert!(
        changelog.contains("### Added\n\n- `types::AppAuthorization::approval_url`\n"),
        "{changelog}"
    );
    let json = passes(folder.path(), &[&diff[..], &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&json["rust_api"], &json["version"]),
        (&"breaking".into(), &"major".into())
    );
    assert_eq!(json["events"][0]["id"], "RemovedShape");
}

/// Smithy allows this change, because the service accepts the same requests. But callers must
/// change their code.
#[test]
fn a_member_of_an_input_that_becomes_required() {
    let folder = checkout();
    let binding = "\"smithy.api#httpQuery\": \"maxResults\"";
    edit(
        &folder,
        SERVICE,
        binding,
        &format!("{binding}, \"smithy.api#required\": {{}}"),
    );
    let text = passes(
        folder.path(),
        &["diff", "HEAD:model/appfabric", "model/appfabric"],
    );
    let gone = "Rust API: breaking\n    `operations::ListAppAuthorizations::builder()` now requires `max_results`\n";
    assert!(
        text.contains(gone) && text.ends_with("version: major\n"),
        "{text}"
    );
    passes(folder.path(), &["codegen"]);
    let (status, messages) = check(&folder);
    assert_eq!(status, Some(1));
    assert!(messages.contains("must be at least 0.2.0"), "{messages}");
}

#[test]
fn missing_revisions_and_models_are_errors() {
    let folder = checkout();
    let told = |old: &str| run(folder.path(), &["diff", old, "model/appfabric"]);
    for (old, words) in [
        ("nowhere:model/appfabric", "nowhere"),
        (
            "HEAD:model/elsewhere",
            "`model/elsewhere` of the revision `HEAD` has no `.json` file",
        ),
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

    // A change of documentation needs no new version.
    edit(
        &folder,
        DOCS,
        "A description of the denied access",
        "Tells what was denied",
    );
    passes(folder.path(), &["codegen"]);
    assert_eq!(check(&folder).0, Some(0), "{}", check(&folder).1);

    // Removing an item needs a new version.
    rename(&folder, "authUrl", "approvalUrl");
    passes(folder.path(), &["codegen"]);
    let (status, messages) = check(&folder);
    assert_eq!(status, Some(1));
    assert!(
        messages.contains("is 0.1.0, and must be at least 0.2.0"),
        "{messages}"
    );
    assert!(
        messages.contains("`types::AppAuthorization::auth_url` was removed"),
        "{messages}"
    );
    // The check does not depend on whether the change is committed.
    commit(&folder);
    assert_eq!(check(&folder).0, Some(1));
    edit(&folder, "generated/Cargo.toml", "0.1.0", "0.1.1");
    assert_eq!(check(&folder).0, Some(1));
    edit(&folder, "generated/Cargo.toml", "0.1.1", "0.2.0");
    assert_eq!(check(&folder).0, Some(0), "{}", check(&folder).1);
    commit(&folder);
    assert_eq!(check(&folder).0, Some(0), "{}", check(&folder).1);

    // The next change needs another version.
    rename(&folder, "approvalUrl", "confirmUrl");
    passes(folder.path(), &["codegen"]);
    assert!(
        check(&folder)
            .1
            .contains("is 0.2.0, and must be at least 0.3.0"),
        "{}",
        check(&folder).1
    );
}

/// Deprecations are minor changes (Semantic Versioning 2.0.0, item 7), also for a shape without a
/// Rust item.
#[test]
fn deprecations() {
    let folder = checkout();
    let traits = "\"type\": \"list\",\n";
    edit(
        &folder,
        SERVICE,
        traits,
        &format!("{traits}\"traits\": {{\"smithy.api#deprecated\": {{}}}},\n"),
    );
    let diff = ["diff", "HEAD:model/appfabric", "model/appfabric"];
    let text = passes(folder.path(), &diff);
    assert!(
        text.ends_with("Rust API: unchanged\nversion: minor\n"),
        "{text}"
    );
    let message = "\"smithy.api#enumValue\": \"ocsf\"";
    edit(
        &folder,
        SERVICE,
        message,
        &format!("{message}, \"smithy.api#deprecated\": {{}}"),
    );
    let text = passes(folder.path(), &diff);
    let deprecated =
        "Rust API: compatible\n    `types::Schema::Ocsf` is now deprecated\nversion: minor\n";
    assert!(text.ends_with(deprecated), "{text}");
}

/// A change that cannot be compared counts as breaking. The report names model, shape and line.
#[test]
fn incomparable_apis_are_reported() {
    let folder = checkout();
    edit(
        &folder,
        DOCS,
        "A description of the denied access",
        "Tells what was denied",
    );
    edit(
        &folder,
        SERVICE,
        "\"fn\": \"aws.partition\"",
        "\"fn\": \"aws.partitions\"",
    );
    let diff = ["diff", "HEAD:model/appfabric", "model/appfabric"];
    let text = passes(folder.path(), &diff);
    let line = "    new model, error[E0211] com.amazonaws.appfabric#FabricFrontEndService: unknown function \
                `aws.partitions`\n        --> model/appfabric/service.json:";
    assert!(
        text.contains(line) && text.ends_with("\nversion: major\n"),
        "{text}"
    );
    let json = passes(folder.path(), &[&diff[..], &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&json["rust_api"], &json["version"]),
        (&serde_json::Value::Null, &"major".into())
    );
    let error = &json["not_judged"][0];
    assert_eq!(
        (&error["model"], &error["code"]),
        (&"new".into(), &"E0211".into())
    );
    let place = error["place"].as_str().unwrap();
    assert!(
        place.starts_with("model/appfabric/service.json:"),
        "{place}"
    );

    // Invalid models can be compared.
    let folder = checkout();
    let scheme = "\"smithy.api#readonly\": {}";
    edit(
        &folder,
        SERVICE,
        scheme,
        &format!("{scheme}, \"smithy.api#auth\": [\"smithy.api#httpBearerAuth\"]"),
    );
    let (status, text, messages) = run(folder.path(), &diff);
    assert_eq!(status, Some(0), "{messages}");
    assert!(
        messages.contains("error: 1 error; the Rust API is not compared"),
        "{messages}"
    );
    assert!(
        text.contains("NOTE[ModifiedTrait.Add.smithy.api#auth]"),
        "{text}"
    );
    assert!(
        text.contains("new model, error[E0129]") && text.ends_with("\nversion: major\n"),
        "{text}"
    );
}

#[test]
fn models_of_different_services() {
    let folder = checkout();
    let service = crate::text(&folder, SERVICE).replace("FabricFrontEndService", "Other");
    folder.put("other.json", &service);
    let (status, text, messages) = run(folder.path(), &["diff", SERVICE, "other.json"]);
    assert_eq!(status, Some(0), "{messages}");
    let warning = "warning: the models are of different services, \
        `com.amazonaws.appfabric#FabricFrontEndService` (AppFabric) and `com.amazonaws.appfabric#Other` (AppFabric)\n";
    assert!(messages.contains(warning), "{messages}");
    assert!(
        text.contains("NOTE[AddedShape] com.amazonaws.appfabric#Other\n"),
        "{text}"
    );
}

/// The JSON report contains every reason and every addition with its location.
#[test]
fn reasons_and_additions_as_json() {
    let folder = checkout();
    rename(&folder, "authUrl", "approvalUrl");
    let diff = [
        "diff",
        "HEAD:model/appfabric",
        "model/appfabric",
        "--format",
        "json",
    ];
    let json: serde_json::Value = serde_json::from_str(&passes(folder.path(), &diff)).unwrap();
    for (key, what, model, member, file) in [
        (
            "breaking",
            "auth_url` was removed",
            "old",
            "authUrl",
            "HEAD:model/appfabric/service.json:",
        ),
        (
            "compatible",
            "approval_url` was added",
            "new",
            "approvalUrl",
            "model/appfabric/service.json:",
        ),
    ] {
        let [reason] = &json[key].as_array().unwrap()[..] else {
            panic!("{json}")
        };
        assert_eq!(reason["what"], format!("`types::AppAuthorization::{what}"));
        assert_eq!(
            reason["shape"],
            format!("com.amazonaws.appfabric#AppAuthorization${member}")
        );
        let place = reason["place"].as_str().unwrap();
        assert!(
            reason["model"] == model && place.starts_with(file),
            "{reason}"
        );
    }
    let place = |id: &str, shape: &str| {
        let events = json["events"].as_array().unwrap();
        let event = events.iter().find(|event| {
            event["id"] == id
                && event["shape"]
                    .as_str()
                    .is_some_and(|found| found.ends_with(shape))
        });
        let event = event.unwrap();
        (
            event["model"].as_str().unwrap().to_owned(),
            event["place"].as_str().unwrap().to_owned(),
        )
    };
    let (model, removed) = place("RemovedShape", "$authUrl");
    assert!(
        model == "old" && removed.starts_with("HEAD:model/appfabric/service.json:"),
        "{model} {removed}"
    );
    let (model, added) = place("AddedShape", "$approvalUrl");
    assert!(
        model == "new" && added.starts_with("model/appfabric/service.json:"),
        "{model} {added}"
    );
}

/// Without a history, or with a shallow one, all commands that compare versions print a warning.
#[test]
fn versions_without_a_history() {
    let folder = checkout();
    commit_again(&folder);
    let clone = Folder::new();
    let origin = format!("file://{}", folder.path().display());
    crate::git(clone.path(), &["clone", "-q", "--depth", "1", &origin, "."]);
    std::fs::remove_dir_all(folder.path().join(".git")).unwrap();
    for (folder, why) in [
        (&folder, "there is no history"),
        (&clone, "the history is cut off"),
    ] {
        let warning = format!(
            "warning: the version in generated/Cargo.toml was not compared with earlier versions: {why}\n"
        );
        let (status, messages) = check(folder);
        assert_eq!(status, Some(0), "{messages}");
        assert!(messages.contains(&warning), "{messages}");
        // The import contains breaking changes, so the version must grow.
        let official = crate::text(folder, SERVICE).replace("\"authUrl\": {", "\"approvalUrl\": {");
        folder.put("official.json", &official);
        let (status, text, messages) = run(folder.path(), &["import", "official.json"]);
        assert_eq!(status, Some(0), "{messages}");
        assert!(messages.contains(&warning), "{messages}");
        let line = "version: major; the version in generated/Cargo.toml is 0.1.0, and must be at least 0.2.0\n";
        assert!(text.ends_with(line), "{text}");
    }
}

fn commit_again(folder: &Folder) {
    folder.put("notes.md", "");
    commit(folder);
}
