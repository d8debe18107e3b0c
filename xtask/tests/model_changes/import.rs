//! Imports of official models.

use super::{DOCS, SERVICE, generated_checkout, kept, passes, run, text};
use crate::testing::Folder;
use indexmap::IndexMap;
use smithy_model::{Entry, Node, Sources, Value};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The official AppFabric model in a format.
fn official(format: &str) -> PathBuf {
    Path::new(env!("REFERENCE_DATA"))
        .join("appfabric")
        .join(format)
}

/// Every file of the model with its text.
fn model(folder: &Folder) -> Vec<(String, String)> {
    let contents = folder.contents().into_iter();
    contents
        .filter(|(path, _)| path.starts_with("model/appfabric/"))
        .collect()
}

/// A checkout whose files are in the order of `import`, which is not that of hand-written ones.
fn imported() -> Folder {
    static IMPORTED: LazyLock<Folder> =
        LazyLock::new(|| first_import(generated_checkout(kept("imported"))));
    IMPORTED.copy()
}

fn first_import(folder: Folder) -> Folder {
    folder.put("official.json", &text(&folder, SERVICE));
    passes(folder.path(), &["import", "official.json"]);
    std::fs::remove_file(folder.path().join("official.json")).unwrap();
    amend(&folder);
    folder
}

/// The same with what botocore's model says. It can be older than ours.
fn imported_from_botocore() -> Folder {
    static IMPORTED: LazyLock<Folder> = LazyLock::new(|| {
        let folder = generated_checkout(kept("imported-from-botocore"));
        import_from_botocore(first_import(folder))
    });
    IMPORTED.copy()
}

fn import_from_botocore(folder: Folder) -> Folder {
    passes(
        folder.path(),
        &["import", official("botocore").to_str().unwrap()],
    );
    passes(folder.path(), &["codegen"]);
    amend(&folder);
    folder
}

fn amend(folder: &Folder) {
    crate::git(folder.path(), &["add", "-A"]);
    // The version of the crate was set with this model, not with an earlier one.
    crate::git(folder.path(), &["commit", "-q", "--amend", "--no-edit"]);
}

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn importing_the_official_model_changes_nothing() {
    let folder = imported();
    let before = model(&folder);
    let path = official("smithy");
    let told = passes(folder.path(), &["import", path.to_str().unwrap()]);
    let expected = "appfabric: 0 created, 0 updated, 0 removed, 2 unchanged\n\n\
         model: no changes\nRust API: unchanged\nversion: no change needed, generated/Cargo.toml has 0.1.0\n";
    assert_eq!(told, expected);
    assert_eq!(model(&folder), before);
}

/// botocore's model can lack what ours has already. Everything else is the same.
#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn importing_botocores_model_changes_nothing_that_it_has() {
    let folder = imported();
    let path = official("botocore");
    let told = passes(
        folder.path(),
        &["import", path.to_str().unwrap(), "--format", "json"],
    );
    let json = &told[told.find('{').unwrap()..];
    let report: serde_json::Value = serde_json::from_str(json).unwrap();
    for event in report["events"].as_array().unwrap() {
        assert!(event["id"].as_str().unwrap().contains("Removed"), "{event}");
    }
}

/// Three members and a value that an official model adds, and a member that it removes, as pairs of
/// old and new text. `DOCS` is replaced by documentation of the official model.
const EDITS: [(&str, &str); 4] = [
    (
        r##""customerManagedKeyArn": {
          "target": "com.amazonaws.appfabric#Arn"
        }"##,
        r##""customerManagedKeyArn": {
          "target": "com.amazonaws.appfabric#Arn"
        },
        "displayName": {
          "target": "com.amazonaws.appfabric#String255",
          "traits": {DOCS
            "smithy.api#required": {}
          }
        },
        "createdAt": {
          "target": "com.amazonaws.appfabric#DateTime"
        }"##,
    ),
    (
        r##"    "com.amazonaws.appfabric#Tenant": {
      "type": "structure",
      "members": {"##,
        r##"    "com.amazonaws.appfabric#Tenant": {
      "type": "structure",
      "members": {
        "note": {
          "target": "smithy.api#String"
        },"##,
    ),
    (
        r##",
        "authUrl": {
          "target": "smithy.api#String"
        }"##,
        "",
    ),
    (
        r##"            "smithy.api#enumValue": "raw"
          }
        }"##,
        r##"            "smithy.api#enumValue": "raw"
          }
        },
        "CUSTOM_FORMAT": {
          "target": "smithy.api#Unit",
          "traits": {DOCS
            "smithy.api#enumValue": "customFormat"
          }
        }"##,
    ),
];

/// The interface with these edits, with documentation or without.
fn edited(interface: &str, docs: &str) -> String {
    EDITS.iter().fold(interface.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "no {from}");
        text.replacen(from, &to.replace("DOCS", docs), 1)
    })
}

const THEIRS: &str = "\n            \"smithy.api#documentation\": \"<p>Theirs.</p>\",";

#[test]
fn importing_a_changed_model() {
    let folder = imported();
    let docs = text(&folder, DOCS);
    let interface = text(&folder, SERVICE);
    let changed = edited(&interface, THEIRS).replace(
        "no region is set: configure a region or a custom endpoint",
        "Theirs: no region",
    );
    folder.put("official.json", &changed);
    let told = passes(folder.path(), &["import", "official.json"]);
    assert!(
        told.contains(
            "\nundocumented:
    com.amazonaws.appfabric#AppBundle$createdAt
    com.amazonaws.appfabric#AppBundle$displayName
    com.amazonaws.appfabric#Schema$CUSTOM_FORMAT
    com.amazonaws.appfabric#Tenant$note\n\n"
        ),
        "{told}"
    );
    for line in [
        "ERROR[RemovedShape] com.amazonaws.appfabric#AppAuthorization$authUrl",
        "NOTE[AddedShape] com.amazonaws.appfabric#Tenant$note",
        "Rust API: breaking\n    `types::AppAuthorization::auth_url` was removed\n",
        "version: major; the version in generated/Cargo.toml is 0.1.0, and must be at least 0.2.0\n",
    ] {
        assert!(told.contains(line), "no {line} in {told}");
    }
    assert_eq!(text(&folder, SERVICE), edited(&interface, ""));
    let start = docs
        .find("    \"com.amazonaws.appfabric#AppAuthorization$authUrl\"")
        .unwrap();
    let end = docs
        .find("    \"com.amazonaws.appfabric#AppAuthorization$createdAt\"")
        .unwrap();
    assert_eq!(text(&folder, DOCS), docs[..start].to_owned() + &docs[end..]);

    // A second import changes nothing, and prints the undocumented items again.
    let before = model(&folder);
    let again = passes(folder.path(), &["import", "official.json"]);
    assert!(
        again.starts_with("appfabric: 0 created, 0 updated, 0 removed, 2 unchanged\n"),
        "{again}"
    );
    assert!(
        again.contains("#Tenant$note\n\nmodel: no changes\n"),
        "{again}"
    );
    assert_eq!(model(&folder), before);

    // The crate is generated with a warning.
    let (status, _, messages) = run(folder.path(), &["codegen"]);
    assert_eq!(status, Some(0), "{messages}");
    assert!(
        messages.contains("warning: the model of `appfabric` has 4 items without documentation\n"),
        "{messages}"
    );
    assert!(!text(&folder, "generated/src/types/schema.rs").contains("Theirs"));
}

/// The same change in botocore's format.
#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn importing_the_same_change_from_botocore() {
    let botocore = official("botocore");
    let folder = imported_from_botocore();
    for entry in std::fs::read_dir(botocore).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        folder.put(
            &format!("official/{name}"),
            &std::fs::read_to_string(&path).unwrap(),
        );
    }
    let mut service = parse(&text(&folder, "official/service-2.json"));
    let members = |shape| ["shapes", shape, "members"];
    object(&mut service, &members("AppBundle")).extend(entries(
        r#"{"displayName": {"shape": "String255", "documentation": "<p>Theirs.</p>"},
            "createdAt": {"shape": "DateTime"}}"#,
    ));
    let required = entries(r#"{"required": ["arn", "displayName"]}"#);
    object(&mut service, &["shapes", "AppBundle"]).extend(required);
    let note = entries(r#"{"note": {"shape": "String"}}"#);
    let tenant = object(&mut service, &members("Tenant"));
    *tenant = note.into_iter().chain(std::mem::take(tenant)).collect();
    object(&mut service, &members("AppAuthorization")).shift_remove("authUrl");
    let values = entries(r#"{"enum": ["ocsf", "raw", "customFormat"]}"#);
    object(&mut service, &["shapes", "Schema"]).extend(values);
    folder.put("official/service-2.json", &service.to_json());

    let interface = text(&folder, SERVICE);
    passes(folder.path(), &["import", "official"]);
    assert_eq!(text(&folder, SERVICE), edited(&interface, ""));
    assert!(!text(&folder, DOCS).contains("$authUrl\""));
}

fn parse(text: &str) -> Node {
    let mut sources = Sources::new();
    let id = sources.add("text", text);
    Node::parse(&sources, id).unwrap()
}

fn entries(text: &str) -> IndexMap<String, Entry> {
    match parse(text).value {
        Value::Object(entries) => entries,
        _ => panic!("{text}"),
    }
}

/// The entries of an object in a value.
fn object<'n>(mut node: &'n mut Node, path: &[&str]) -> &'n mut IndexMap<String, Entry> {
    for key in path {
        let Value::Object(entries) = &mut node.value else {
            panic!("no {key}")
        };
        node = &mut entries.get_mut(*key).unwrap().node;
    }
    match &mut node.value {
        Value::Object(entries) => entries,
        _ => panic!("{path:?}"),
    }
}

/// A new rule has no documentation of AWS, and is reported as undocumented.
#[test]
fn importing_new_endpoint_rules() {
    let folder = imported();
    let rule = r#"          "rules": [
            {
              "conditions": [
                {"fn": "isSet", "argv": [{"ref": "Account"}]}
              ],
              "documentation": "Theirs.",
              "error": "Theirs.",
              "type": "error"
            },"#;
    let parameter = "            \"Account\": {\"type\": \"String\", \"documentation\": \"Theirs.\"},\n            \"Region\": {";
    let interface = text(&folder, SERVICE);
    let (head, rules) = interface
        .split_once("\"smithy.rules#endpointRuleSet\"")
        .unwrap();
    let rules = rules
        .replacen("            \"Region\": {", parameter, 1)
        .replacen("          \"rules\": [", rule, 1)
        .replace("a custom endpoint cannot", "Theirs: cannot");
    folder.put(
        "official.json",
        &format!("{head}\"smithy.rules#endpointRuleSet\"{rules}"),
    );
    let told = passes(folder.path(), &["import", "official.json"]);
    let service = "com.amazonaws.appfabric#FabricFrontEndService smithy.rules#endpointRuleSet";
    let expected =
        format!("    {service} parameters.Account.documentation\n    {service} rules[0].error\n\n");
    assert!(told.contains(&expected), "{told}");
    let imported = text(&folder, SERVICE);
    assert!(!imported.contains("Theirs"));
    assert!(imported.contains("no endpoint is known for these settings"));
    // The existing documentation is kept.
    let errors = |text: &str| text.matches("a custom endpoint cannot").count();
    assert_eq!(errors(&imported), errors(&interface));
}

#[test]
fn errors_prevent_all_writes() {
    let folder = imported();
    let interface = text(&folder, SERVICE);
    let broken = interface.replacen("appfabric#String255", "appfabric#String25", 1);
    let another = interface.replace("\"AppFabric\"", "\"AppFabrik\"");
    let none = r#"{"smithy": "2.0", "shapes": {"a#B": {"type": "string"}}}"#;
    let unsupported = interface.replace("aws.protocols#restJson1", "aws.protocols#restXml");
    for (official, words) in [
        (
            broken.as_str(),
            "refers to `com.amazonaws.appfabric#String25`, which does not exist",
        ),
        (
            another.as_str(),
            "is a model of `AppFabrik` in `com.amazonaws.appfabric`, not of `AppFabric` in",
        ),
        (none, "has 0 services, not one"),
        (unsupported.as_str(), "E0204"),
        ("{", "error[E0001]"),
    ] {
        folder.put("official.json", official);
        refuses(&folder, "official.json", words);
    }
    refuses(&folder, "nowhere.json", "cannot read `nowhere.json`");

    folder.put("official.json", &interface);
    let config = text(&folder, "codegen.toml");
    folder.put("codegen.toml", &config.replace("/service.json", ""));
    let refusal =
        "the model of `appfabric` is not one file, but model/appfabric; nothing was written";
    refuses(&folder, "official.json", refusal);
    folder.put("codegen.toml", &config);
    folder.put(SERVICE, &broken);
    refuses(
        &folder,
        "official.json",
        "--> model/appfabric/service.json:",
    );
}

/// The import fails with this message and leaves the model unchanged.
fn refuses(folder: &Folder, official: &str, words: &str) {
    let before = model(folder);
    let (status, results, messages) = run(folder.path(), &["import", official]);
    assert_eq!((status, results.as_str()), (Some(1), ""), "{messages}");
    assert!(messages.contains(words), "no {words} in {messages}");
    assert_eq!(model(folder), before);
}

/// Botocore folders with one change each: the messages, the changes to the crate, and the next
/// version.
const CHANGES: [(&str, &str, &str); 4] = [
    (
        "b_enum",
        "",
        "Rust API: compatible\n    `types::AuthType::SamlV2` was added\nversion: minor",
    ),
    ("b_idem", "", "Rust API: unchanged\nversion: patch"),
    (
        "b_newop",
        "",
        "Rust API: compatible\n    `Client::get_usage` was added\n    `operations::GetUsage` was added\n    \
         `operations::GetUsageOutput` was added\nversion: minor",
    ),
    (
        "b_pag",
        "warning[E0101]: the service has no operation `ListUsages`",
        "model: no changes\nRust API: unchanged\nversion: none",
    ),
];

/// Each is imported. A second import changes nothing, and the report is that of `diff`.
#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn importing_changes_of_botocore() {
    let cases = Path::new(env!("REFERENCE_DATA")).join("cases/import");
    let folder = imported_from_botocore();
    for (name, warning, verdict) in CHANGES {
        let official = cases.join(name);
        let arguments = ["import", official.to_str().unwrap()];
        let (status, told, messages) = run(folder.path(), &arguments);
        assert_eq!(status, Some(0), "{name}: {messages}");
        assert!(messages.contains(warning), "{name}: {messages}");
        let taken_over = model(&folder);
        let diff = passes(
            folder.path(),
            &["diff", "HEAD:model/appfabric", "model/appfabric"],
        );
        assert!(diff.ends_with(&format!("{verdict}\n")), "{name}: {diff}");
        // The report without the version line, which `import` compares with the version of the
        // crate.
        let (report, version) = diff.rsplit_once("version: ").unwrap();
        assert!(told.contains(report), "{name}: {told}");
        let line = match version {
            "minor\n" => {
                "version: minor; the version in generated/Cargo.toml is 0.1.0, and must be at least 0.1.1\n"
            }
            _ => "version: no change needed, generated/Cargo.toml has 0.1.0\n",
        };
        assert!(told.ends_with(line), "{name}: {told}");

        let again = passes(folder.path(), &arguments);
        assert!(
            again.starts_with("appfabric: 0 created, 0 updated, 0 removed, 2 unchanged\n"),
            "{again}"
        );
        assert_eq!(model(&folder), taken_over, "{name}");
        passes(folder.path(), &["codegen"]);
        crate::git(folder.path(), &["checkout", "-q", "."]);
        crate::git(folder.path(), &["clean", "-qfd"]);
    }
}

/// A new API version is not an event, but is reported.
#[test]
fn importing_another_api_version() {
    let folder = imported();
    folder.put(
        "official.json",
        &text(&folder, SERVICE).replace("\"2023-05-19\"", "\"2027-01-01\""),
    );
    let told = passes(folder.path(), &["import", "official.json"]);
    let line = "model: no changes\nAPI version: 2027-01-01, was 2023-05-19\nRust API: unchanged\n";
    assert!(told.contains(line), "{told}");
    let diff = [
        "diff",
        "HEAD:model/appfabric",
        "model/appfabric",
        "--format",
        "json",
    ];
    let json: serde_json::Value = serde_json::from_str(&passes(folder.path(), &diff)).unwrap();
    assert_eq!(
        json["api_version"],
        serde_json::json!(["2023-05-19", "2027-01-01"])
    );
    assert_eq!(json["version"], "patch");
}

/// Uncommitted changes are overwritten only with `--force`.
#[test]
fn uncommitted_changes_are_not_overwritten() {
    let folder = imported();
    let official = edited(&text(&folder, SERVICE), "");
    folder.put("official.json", &official);
    super::edit(
        &folder,
        DOCS,
        "A description of the denied access",
        "Tells what was denied",
    );
    // An import without changes overwrites nothing.
    folder.put("same.json", &text(&folder, SERVICE));
    passes(folder.path(), &["import", "same.json"]);
    let message = "the model of `appfabric` has uncommitted changes; nothing was written";
    refuses(&folder, "official.json", message);
    passes(folder.path(), &["import", "official.json", "--force"]);
    assert_eq!(text(&folder, SERVICE), official);
    assert!(text(&folder, DOCS).contains("Tells what was denied"));
}

/// Diagnostics refer to existing files: the official model, and the model on disk.
#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn problems_of_a_merged_model_are_placed_in_its_sources() {
    let botocore = official("botocore");
    let folder = imported();
    for entry in std::fs::read_dir(botocore).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        folder.put(
            &format!("official/{name}"),
            &std::fs::read_to_string(&path).unwrap(),
        );
    }
    // The rules of the official model need a newer generator.
    let rules = "official/endpoint-rule-set-1.json";
    super::edit(&folder, rules, "\"aws.partition\"", "\"aws.partitions\"");
    let line = text(&folder, rules)
        .lines()
        .position(|line| line.contains("aws.partitions"))
        .unwrap()
        + 1;
    refuses(
        &folder,
        "official",
        &format!("--> official/endpoint-rule-set-1.json:{line}:"),
    );
}
