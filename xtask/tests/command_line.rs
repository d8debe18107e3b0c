//! Runs the built command in a checkout of its own with AppFabric's model.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

#[path = "../src/testing.rs"]
#[allow(dead_code, reason = "others use the rest")]
mod testing;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use testing::Folder;

/// The configuration of this repository.
const CONFIG: &str = include_str!("../../codegen.toml");

/// The command as `cargo xtask` starts it in the checkout `root`.
fn xtask(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-smithy"));
    command.args(arguments).current_dir(root);
    command.env("CARGO_PKG_NAME", "cargo-smithy");
    command
}

/// Runs the command and returns its exit status, stdout and stderr.
fn run(root: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = xtask(root, arguments).output().unwrap();
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

/// A checkout with the model of this one, without generated files.
fn checkout() -> Folder {
    let folder = Folder::new();
    let this = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    folder.put("Cargo.toml", "[workspace]\n");
    folder.put("codegen.toml", CONFIG);
    for name in ["service.json", "docs.json"] {
        let path = format!("model/appfabric/{name}");
        folder.put(&path, &std::fs::read_to_string(this.join(&path)).unwrap());
    }
    folder
}

fn generated(folder: &Folder) -> BTreeMap<String, String> {
    let files = folder.contents().into_iter();
    files
        .filter(|(path, _)| path.starts_with("generated/") && !path.ends_with('/'))
        .collect()
}

/// Writes generated/ and returns its files.
fn generate(folder: &Folder) -> BTreeMap<String, String> {
    passes(folder.path(), &["codegen"]);
    let files = generated(folder);
    for path in ["generated/src/lib.rs", "generated/docs/README.md"] {
        assert!(
            files.get(path).is_some_and(|text| text.lines().count() > 5),
            "{path}: {:?}",
            files.keys()
        );
    }
    files
}

#[test]
fn the_generated_crate_is_current() {
    let this = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let results = passes(this, &["codegen", "--check"]);
    // It compared something.
    let times = results.lines().last().unwrap();
    for nothing in [
        " 0 lines of Rust",
        " 0 lines of docs",
        " 0 operations",
        " 0 shapes",
    ] {
        assert!(!times.contains(nothing), "{times}");
    }
}

/// Runs every command that quotes a model, with hostile text at every position, and a later version
/// of the model.
#[test]
fn text_of_a_model_cannot_control_terminal_or_page() {
    let folder = Folder::new();
    folder.put("Cargo.toml", "[workspace]\n");
    let this = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let model = this.join("codegen/tests/fixtures/hostile-texts/model.json");
    let model = std::fs::read_to_string(model).unwrap();
    folder.put("old.json", &model);
    folder.put("new.json", &model.replace("\"x\\n", "\"y\\u001b[31m\\n"));
    folder.put(
        "bad.json",
        &model.replace("\"example#Loud\" }", "\"\\u001b[31m\\u202eexample#Lout\" }"),
    );
    let commands: [&[&str]; 10] = [
        &["lint", "new.json"],
        &["lint", "bad.json"],
        &["codegen", "--model", "new.json", "--dump", "graph"],
        &["codegen", "--model", "new.json", "--dump", "docs"],
        &["codegen", "--model", "new.json", "--dump", "names"],
        &[
            "codegen",
            "--model",
            "new.json",
            "--out",
            "out",
            "--crate-name",
            "hostile",
        ],
        &["diff", "old.json", "new.json"],
        &["diff", "old.json", "new.json", "--format", "json"],
        &["diff", "old.json", "new.json", "--format", "markdown"],
        &["diff", "old.json", "new.json", "--format", "changelog"],
    ];
    for command in commands {
        let (_, results, messages) = run(folder.path(), command);
        assert!(!results.is_empty() || !messages.is_empty(), "{command:?}");
        for line in results.lines().chain(messages.lines()) {
            assert_eq!(
                line.chars().find(|&c| smithy_codegen::is_invisible(c)),
                None,
                "{command:?}: {line:?}"
            );
            let page = command.ends_with(&["markdown"]) || command.ends_with(&["changelog"]);
            let ours = [
                "| ",
                "|-",
                "- ",
                "#",
                "API version: ",
                "The crate cannot be generated from both models",
                "<details>",
                "<summary>Documentation of ",
                "</details>",
            ]
            .iter()
            .any(|start| line.starts_with(start));
            assert!(
                !page || line.is_empty() || ours || line.contains("Version: **"),
                "{command:?}: {line:?}"
            );
            let escaped = line.replace("\\<", "").replace("\\]", "");
            let prose: String = escaped.split('`').step_by(2).collect();
            let tags = ["<br>", "<details>", "</details>", "<summary>", "</summary>"];
            let prose = tags.iter().fold(prose, |prose, tag| prose.replace(tag, ""));
            let markup = prose.contains("](") || prose.contains('<');
            assert!(!page || !markup, "{command:?}: {line:?}");
        }
    }
    let (_, results, _) = run(
        folder.path(),
        &["diff", "old.json", "new.json", "--format", "markdown"],
    );
    assert!(results.lines().count() > 20, "{results}");
}

#[test]
fn a_second_run_changes_nothing() {
    let folder = checkout();
    let first = passes(folder.path(), &["codegen"]);
    let files = generated(&folder);
    assert!(!files.is_empty());
    assert!(
        first.contains(&format!(
            "generated: {} created, 0 updated, 0 removed, 0 unchanged\n",
            files.len()
        )),
        "{first}"
    );
    let inner = folder.path().join("model/appfabric");
    let mut again = xtask(folder.path(), &["codegen"]);
    let again = String::from_utf8(again.current_dir(inner).output().unwrap().stdout).unwrap();
    assert!(
        again.contains(&format!(
            "generated: 0 created, 0 updated, 0 removed, {} unchanged\n",
            files.len()
        )),
        "{again}"
    );
    let times = again.lines().last().unwrap();
    for part in [
        "read ",
        "generated ",
        "wrote ",
        " lines of Rust",
        " lines of docs",
        " operation",
        " shape",
    ] {
        assert!(times.contains(part), "{times}");
    }
    assert_eq!(generated(&folder), files);
    passes(folder.path(), &["codegen", "--check"]);
}

#[test]
fn check_reports_and_codegen_repairs() {
    let folder = checkout();
    let emitted = generate(&folder);
    let is_marked = |(path, _): &(&String, &String)| !path.ends_with("Cargo.toml");
    let ((first, text), (last, _)) = (
        emitted.iter().find(is_marked).unwrap(),
        emitted.last_key_value().unwrap(),
    );
    folder.put(first, &format!("{text}\nedited by hand"));
    std::fs::remove_file(folder.path().join(last)).unwrap();
    folder.put("generated/src/deep/stray.rs", "// @generated by hand\n");
    let expected = [
        "superfluous: generated/src/deep/stray.rs".to_owned(),
        format!("stale: {first}"),
        "    -edited by hand".to_owned(),
        format!("missing: {last}"),
    ];
    let before = folder.contents();

    let (status, results, messages) = run(folder.path(), &["codegen", "--check"]);
    assert_eq!(status, Some(1), "{results}{messages}");
    assert!(
        expected.iter().all(|line| results.contains(line)),
        "{results}"
    );
    assert!(
        messages.contains("generated is out of date: "),
        "{messages}"
    );
    assert!(
        messages.contains(
            "help: run `cargo xtask codegen`\n          this overwrites edits of emitted files"
        ),
        "{messages}"
    );
    assert_eq!(folder.contents(), before, "--check wrote");

    let results = passes(folder.path(), &["codegen"]);
    assert!(
        results.contains("removed generated/src/deep/stray.rs\n"),
        "{results}"
    );
    assert!(
        generated(&folder) == emitted,
        "{:?}",
        generated(&folder).keys()
    );
    assert!(!folder.path().join("generated/src/deep").exists());
    passes(folder.path(), &["codegen", "--check"]);
}

#[test]
fn foreign_files_prevent_all_writes() {
    let folder = checkout();
    let emitted = generate(&folder);
    let ((first, _), (last, _)) = (
        emitted.first_key_value().unwrap(),
        emitted.last_key_value().unwrap(),
    );
    std::fs::remove_file(folder.path().join(first)).unwrap();
    folder.put(last, "by hand\n");
    let before = folder.contents();
    let (status, results, messages) = run(folder.path(), &["codegen"]);
    assert_eq!(status, Some(1), "{results}{messages}");
    assert!(
        messages.contains(&format!("error: `{last}` was not emitted by codegen")),
        "{messages}"
    );
    assert!(
        messages.ends_with("error: 1 error; nothing was written\n"),
        "{messages}"
    );
    assert_eq!(folder.contents(), before);

    let (status, results, messages) = run(folder.path(), &["codegen", "--check"]);
    assert_eq!(status, Some(1), "{results}{messages}");
    assert!(
        results.contains(&format!("missing: {first}\n")),
        "{results}"
    );
    assert!(
        messages.matches("error").count() == 1 && !messages.contains("out of date"),
        "{messages}"
    );
}

#[test]
fn unmarked_files_prevent_all_writes() {
    let folder = checkout();
    let (first, _) = generate(&folder).pop_first().unwrap();
    std::fs::remove_file(folder.path().join(first)).unwrap();
    folder.put("generated/tests/hand.rs", "// by hand\n");
    folder.put("generated/src/.lib.rs.swp", "");
    folder.put("generated/src/deep/stray.rs", "// lost its first line\n");
    folder.put("generated/docs/picture.svg", "<svg/>\n");
    let before = folder.contents();
    for arguments in [&["codegen"][..], &["codegen", "--check"]] {
        let (status, results, messages) = run(folder.path(), arguments);
        assert_eq!(status, Some(1), "{results}{messages}");
        let expected = "error: codegen did not emit 2 files in src/, docs/ or tests/protocol/ of `generated`, which may contain only \
             emitted files:\n       generated/docs/picture.svg\n       generated/src/deep/stray.rs\n  = help: move each file to tests/";
        assert!(messages.starts_with(expected), "{messages}");
        assert_eq!(folder.contents(), before);
    }
}

#[test]
fn leftovers_of_killed_runs_are_removed() {
    let folder = checkout();
    let emitted = generate(&folder);
    for path in [
        "src/.codegen-1-0.tmp",
        "docs/a/.codegen-1-1.tmp",
        ".codegen-1-2.tmp",
    ] {
        folder.put(&format!("generated/{path}"), "");
    }
    passes(folder.path(), &["codegen", "--check"]);
    passes(folder.path(), &["codegen"]);
    assert!(
        generated(&folder) == emitted,
        "{:?}",
        generated(&folder).keys()
    );
    assert!(!folder.path().join("generated/docs/a").exists());
}

#[test]
fn handwritten_manifests_are_not_overwritten() {
    let folder = checkout();
    folder.put("generated/Cargo.toml", "[package]\n");
    let before = folder.contents();
    for out in [
        ".",
        "generated",
        "./new/../generated/",
        "generated/new",
        folder.path().to_str().unwrap(),
    ] {
        for arguments in [
            &["codegen", "--out", out][..],
            &["codegen", "--out", out, "--check"],
        ] {
            let (status, results, messages) = run(folder.path(), arguments);
            assert_eq!((status, results.as_str()), (Some(2), ""), "{messages}");
            assert!(
                messages.contains("leave out --out to write the configured crates"),
                "{messages}"
            );
        }
    }
    assert_eq!(folder.contents(), before);
}

#[test]
fn many_warnings_of_one_kind_are_condensed() {
    let folder = checkout();
    let shape = |n| {
        format!(
            r##""x#S{n:02}": {{ "type": "string", "traits": {{ "x#undefined{n:02}": {{}} }} }}"##
        )
    };
    let shapes = (0..60).map(shape).collect::<Vec<_>>().join(",\n");
    folder.put(
        "more.json",
        &format!(r##"{{ "smithy": "2.0", "shapes": {{ {shapes} }} }}"##),
    );
    let (status, _, messages) = run(
        folder.path(),
        &["codegen", "--model", "more.json", "--dump", "model"],
    );
    assert_eq!(status, Some(0), "{messages}");
    assert_eq!(
        messages
            .matches("warning[E0019]: the trait `x#undefined")
            .count(),
        10,
        "{messages}"
    );
    assert!(
        messages.ends_with("warning[E0019]: 50 more of this kind\n\nwarning: 60 warnings\n"),
        "{messages}"
    );
}

#[test]
fn an_invalid_model_writes_nothing() {
    let folder = checkout();
    folder.put("generated/src/stray.rs", "// @generated\n");
    folder.put(
        "model/appfabric/docs.json",
        r##"{ "smithy": "2.0", "shapes": { "x#A": { "type": "lst" } } }"##,
    );
    let before = folder.contents();
    for arguments in [&["codegen"][..], &["codegen", "--out", "out"]] {
        let (status, results, messages) = run(folder.path(), arguments);
        assert_eq!((status, results.as_str()), (Some(1), ""), "{messages}");
        assert!(
            messages.contains("\n --> model/appfabric/docs.json:1:"),
            "{messages}"
        );
        assert!(
            messages.ends_with("error: 1 error; nothing was written\n"),
            "{messages}"
        );
        assert_eq!(folder.contents(), before);
    }
}

#[test]
fn stand_alone_crates_build() {
    let folder = checkout();
    let model = "model/appfabric/service.json";
    let arguments = [
        "codegen",
        "--model",
        model,
        "model/appfabric",
        "--out",
        "some/where",
        "--crate-name",
        "other",
    ];
    let results = passes(folder.path(), &arguments);
    assert!(results.contains("some/where: "), "{results}");
    assert!(generated(&folder).is_empty());
    let written = folder.contents();
    let manifest = &written["some/where/Cargo.toml"];
    assert!(
        manifest.contains("[workspace]") && manifest.contains("name = \"other\""),
        "{manifest}"
    );
    assert!(manifest.contains("path = \"../../runtime\""), "{manifest}");
    assert!(
        written.contains_key("some/where/src/lib.rs"),
        "{:?}",
        written.keys()
    );
    let check: Vec<&str> = arguments.into_iter().chain(["--check"]).collect();
    passes(folder.path(), &check);
    folder.put("some/where/src/stray.rs", "// @generated\n");
    let (status, _, messages) = run(folder.path(), &check);
    assert_eq!(status, Some(1));
    assert!(
        messages.contains("help: run the command without `--check`"),
        "{messages}"
    );
}

/// A new manifest is written once. Later runs change only what the crate needs.
#[test]
fn a_manifest_belongs_to_the_user() {
    let folder = checkout();
    let model = "model/appfabric";
    let codegen = ["codegen", "--model", model, "--out", "fabric"];
    let check = [&codegen[..], &["--check"]].concat();
    passes(folder.path(), &codegen);
    let manifest = || folder.contents()["fabric/Cargo.toml"].clone();
    let edited = manifest()
        .replace("0.1.0", "1.0.0")
        .replace("[package]", "[package]\nlicense = \"MIT\" # ours")
        .replace("name = \"appfabric\"", "name = \"our-fabric\"")
        .replace(
            "[\"client\", \"smithy-rt/https\"]",
            "[\"ours\", \"client\", \"smithy-rt/https\"]",
        );
    folder.put("fabric/Cargo.toml", &edited);
    // The crate has the name of its manifest.
    passes(folder.path(), &codegen);
    passes(folder.path(), &check);
    assert_eq!(manifest(), edited);
    assert!(folder.contents()["fabric/src/lib.rs"].contains("// @generated"));
    assert!(
        folder.contents()["fabric/src/operations/tag_resource.rs"].contains("use our_fabric::")
    );

    folder.put(
        "fabric/Cargo.toml",
        &edited.replace("\"smithy-rt/client\"", ""),
    );
    let (status, results, messages) = run(folder.path(), &check);
    assert_eq!(status, Some(1), "{messages}");
    assert!(results.contains("stale: fabric/Cargo.toml"), "{results}");
    passes(folder.path(), &codegen);
    assert_eq!(manifest(), edited);

    let moved = [
        &codegen[..],
        &["--runtime", "git=https://example.com/r,rev=abc"],
    ]
    .concat();
    passes(folder.path(), &moved);
    let runtime = "git = \"https://example.com/r\", rev = \"abc\"";
    assert!(
        manifest().contains(runtime) && !manifest().contains("path ="),
        "{}",
        manifest()
    );
    passes(folder.path(), &check);

    let renamed = [&codegen[..], &["--crate-name", "other"]].concat();
    let (status, _, messages) = run(folder.path(), &renamed);
    assert_eq!(status, Some(1));
    assert!(
        messages.contains("has the name `our-fabric`, not `other`"),
        "{messages}"
    );
}

#[test]
fn the_crate_of_another_service_is_not_overwritten() {
    let folder = checkout();
    passes(
        folder.path(),
        &["codegen", "--model", "model/appfabric", "--out", "fabric"],
    );
    let other = small_model("aws.protocols#restJson1");
    folder.put("other.json", &other);
    let before = folder.contents();
    let (status, _, messages) = run(
        folder.path(),
        &["codegen", "--model", "other.json", "--out", "fabric"],
    );
    assert_eq!(status, Some(1));
    let expected = "error: `fabric` has the crate of `com.amazonaws.appfabric#FabricFrontEndService`, not of `";
    assert!(messages.contains(expected), "{messages}");
    assert_eq!(folder.contents(), before);
}

#[test]
fn dumps_go_to_stdout_alone() {
    let folder = checkout();
    let before = folder.contents();
    let (status, results, messages) = run(folder.path(), &["codegen", "--dump", "model"]);
    assert_eq!((status, messages.as_str()), (Some(0), ""));
    assert!(
        results.starts_with("{\n  \"smithy\": \"2.0\",\n"),
        "{results}"
    );
    folder.put("dumped.json", &results);
    let again = passes(
        folder.path(),
        &["codegen", "--dump", "model", "--model", "dumped.json"],
    );
    assert!(
        again == results,
        "the dump of AppFabric does not read as the same model"
    );
    for stage in ["graph", "names", "docs"] {
        let printed = passes(folder.path(), &["codegen", "--dump", stage]);
        assert!(printed.lines().count() > 100, "{stage}: {printed}");
    }
    std::fs::remove_file(folder.path().join("dumped.json")).unwrap();
    assert_eq!(folder.contents(), before);
}

#[test]
fn closed_pipes_are_not_errors() {
    let folder = checkout();
    let mut command = xtask(folder.path(), &["codegen", "--dump", "model"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        (output.status.code(), output.stderr.as_slice()),
        (Some(1), &b""[..])
    );
}

#[test]
fn invalid_arguments_are_reported() {
    let folder = checkout();
    for arguments in [
        &["codegen", "--model", "x"][..],
        &["codegen", "--dump", "x"],
        &["codgen"],
        &[],
    ] {
        let (status, results, messages) = run(folder.path(), arguments);
        assert_eq!((status, results.as_str()), (Some(2), ""), "{messages}");
        assert!(messages.contains("--help"), "{messages}");
    }
    let (_, _, messages) = run(folder.path(), &["codegen", "--dump", "x"]);
    for (stage, _) in smithy_codegen::Stage::ALL {
        assert!(messages.contains(stage), "{messages}");
    }
    let help = passes(folder.path(), &["codegen", "--help"]);
    let spaced = [
        "codegen",
        "--out",
        "o",
        "--operations",
        "GetIngestion, GetAppBundle",
    ];
    assert!(passes(folder.path(), &spaced).contains(", 2 operations, "));
    for form in [
        "--check",
        "--model <PATH>",
        "--out <DIR>",
        "--dump <STAGE>",
        "Examples:",
    ] {
        assert!(help.contains(form), "{help}");
    }
}

#[test]
fn missing_models_are_errors() {
    let folder = Folder::new();
    folder.put("Cargo.toml", "");
    folder.put("codegen.toml", CONFIG);
    let (status, _, messages) = run(folder.path(), &["codegen"]);
    assert_eq!(status, Some(1));
    assert!(
        messages.starts_with("error: cannot read `model/appfabric/service.json`: "),
        "{messages}"
    );
    assert!(messages.contains("\n  = help: check that "), "{messages}");
    let (status, _, messages) = run(
        &folder.path().join("."),
        &["codegen", "--model", "x", "--out", "Cargo.toml"],
    );
    assert_eq!(status, Some(1), "{messages}");
}

/// A model with one operation, whose service has this trait.
fn small_model(protocol: &str) -> String {
    format!(
        r##"{{ "smithy": "2.0", "shapes": {{
            "x#Service": {{ "type": "service", "version": "1", "operations": [{{ "target": "x#Get" }}],
                "traits": {{ "{protocol}": {{}} }} }},
            "x#Get": {{ "type": "operation",
                "traits": {{ "smithy.api#http": {{ "method": "GET", "uri": "/x" }} }} }} }} }}"##
    )
}

/// The crates are in this checkout, because they need the runtime. Their build output is reused.
#[test]
fn corpus_reports_each_model() {
    let this = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let folder = Folder::new();
    let model = small_model("aws.protocols#restJson1");
    folder.put("xtask-test-good.json", &model);
    folder.put("xtask-test-unbuildable.json", &model);
    folder.put(
        "xtask-test-broken.json",
        r##"{ "smithy": "2.0", "shapes": { "x#A": { "type": "lst" } } }"##,
    );
    folder.put(
        "xtask-test-other.json",
        &small_model("aws.protocols#restXml"),
    );
    folder.put("left-out.json", &model);
    let unbuildable = this.join("target/corpus/xtask-test-unbuildable");
    std::fs::create_dir_all(&unbuildable).unwrap();
    std::fs::write(
        unbuildable.join("build.rs"),
        "compile_error!(\"made to fail\");\n",
    )
    .unwrap();

    // The crate of an earlier corpus is replaced.
    let good = this.join("target/corpus/xtask-test-good/src");
    std::fs::create_dir_all(&good).unwrap();
    std::fs::write(
        good.join("lib.rs"),
        "// @generated by `x` (y) from z#Other\n",
    )
    .unwrap();

    let arguments = [
        "corpus",
        folder.path().to_str().unwrap(),
        "--filter",
        "xtask-test",
        "--jobs",
        "2",
    ];
    let (status, results, messages) = run(this, &arguments);
    assert_eq!(status, Some(1), "{results}{messages}");
    let lines: Vec<&str> = results.lines().collect();
    let [header, broken, good, other, failing, last] = lines[..] else {
        panic!("{results}{messages}")
    };
    assert!(
        header.starts_with("service ") && header.ends_with(" doc"),
        "{results}"
    );
    assert!(
        broken.contains("  failed: error[E0008]: ") && other.contains("  skipped: service"),
        "{results}"
    );
    assert!(
        good.starts_with("xtask-test-good ") && good.ends_with("  passed"),
        "{results}{messages}"
    );
    assert!(
        failing.ends_with("  failed: error: made to fail"),
        "{results}{messages}"
    );
    assert_eq!(last, "1 passed, 2 failed, 1 skipped");
    assert!(
        messages.contains("complete log: target/corpus/xtask-test-broken.log"),
        "{messages}"
    );
    let log = std::fs::read_to_string(unbuildable.with_extension("log")).unwrap();
    assert!(
        log.starts_with("error: made to fail") && messages.contains(&log),
        "{log}{messages}"
    );
    assert!(
        !messages.contains('\r'),
        "there is no terminal: {messages:?}"
    );
}

#[test]
fn corpus_of_an_empty_folder_fails() {
    let folder = checkout();
    let (status, results, messages) = run(folder.path(), &["corpus", "model", "--filter", "x"]);
    assert_eq!((status, results.as_str()), (Some(1), ""), "{messages}");
    assert!(
        messages.contains("no model in `model` whose name contains `x`"),
        "{messages}"
    );
    let (status, _, messages) = run(folder.path(), &["corpus", "model", "--jobs", "0"]);
    assert_eq!(status, Some(2), "{messages}");
}

#[test]
fn lint_reports_and_writes_nothing() {
    let folder = checkout();
    assert_eq!(
        passes(folder.path(), &["lint", "model/appfabric"]),
        "checked 2 files and the generation of 1 service: 0 errors, 0 warnings\n"
    );
    // A model without a service, with a warning.
    folder.put(
        "text.json",
        r#"{"smithy": "2.0", "shapes": {"a#Text": {"type": "string", "color": 1}}}"#,
    );
    let (status, results, messages) = run(folder.path(), &["lint", "text.json"]);
    assert_eq!(status, Some(0), "{messages}");
    assert_eq!(
        results,
        "checked 1 file and the generation of 0 services: 0 errors, 1 warning\n"
    );
    assert!(messages.starts_with("warning[E0010]: "), "{messages}");
    // An error of the model, and an error that only generation finds.
    let list = |inner: &str| format!(r#"{{"type": "list", "member": {{"target": "{inner}"}}}}"#);
    folder.put(
        "broken.json",
        &format!(
            r#"{{"smithy": "2.0", "shapes": {{"a#Names": {}}}}}"#,
            list("a#Name")
        ),
    );
    let (status, results, messages) = run(folder.path(), &["lint", "broken.json"]);
    assert_eq!(
        (status, results.as_str()),
        (Some(1), "checked 1 file: 1 error, 0 warnings\n"),
        "{messages}"
    );
    assert!(messages.contains("--> broken.json:1:"), "{messages}");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .join("codegen/tests/bad");
    let deep = std::fs::read_to_string(fixtures.join("e0208-deep-lists/model.json")).unwrap();
    folder.put("deep.json", &deep);
    let (status, results, messages) = run(folder.path(), &["lint", "deep.json"]);
    assert_eq!(status, Some(1), "{messages}");
    assert_eq!(
        results,
        "checked 1 file and the generation of 1 service: 1 error, 0 warnings\n"
    );
    assert!(generated(&folder).is_empty());
}

/// Each run sees the complete result of the other one.
#[test]
fn runs_into_one_folder_wait_for_each_other() {
    let folder = checkout();
    let lock = folder.path().join("generated/.codegen-lock.tmp");
    folder.put("generated/.codegen-lock.tmp", "");
    let held = std::fs::File::open(&lock).unwrap();
    held.lock().unwrap();
    let mut waiting = xtask(folder.path(), &["codegen"])
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut messages = std::io::BufReader::new(waiting.stderr.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut messages, &mut line).unwrap();
    assert_eq!(
        line,
        "waiting for another run that writes into `generated`\n"
    );
    assert!(!folder.path().join("generated/src").exists());
    held.unlock().unwrap();
    assert!(waiting.wait().unwrap().success());
    assert!(folder.path().join("generated/src/lib.rs").exists());
    assert!(!lock.exists());
}

#[test]
fn the_alias_uses_the_versions_of_the_lock_file() {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.cargo/config.toml");
    let config = std::fs::read_to_string(config).unwrap();
    assert!(
        config.contains("xtask = \"run --quiet --locked --package cargo-smithy --\""),
        "{config}"
    );
}
