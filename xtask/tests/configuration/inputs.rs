//! Standard input, compressed files, and the common options.

use super::{command, fails, member, passes, run, run_with, service};
use crate::testing::Folder;
use flate2::Compression;
use flate2::write::GzEncoder;
use smithy_codegen::Options;
use smithy_model::Sources;
use std::io::Write;

fn packed(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn standard_input() {
    let folder = Folder::new();
    let model = service("red", "");
    let (status, results, messages) = run_with(
        &folder,
        &["codegen", "--model", "-", "--out", "red"],
        &model,
    );
    assert_eq!(status, Some(0), "{messages}");
    assert!(results.contains("2 operations"), "{results}");
    let (status, _, messages) = run_with(&folder, &["lint", "-"], "{");
    assert_eq!(status, Some(1));
    assert!(messages.contains("--> <stdin>:1:"), "{messages}");
    folder.put("new.json", &service("red", &member("name")));
    let (status, results, _) = run_with(&folder, &["diff", "-", "new.json"], &model);
    assert_eq!(status, Some(0));
    assert!(results.ends_with("version: minor\n"), "{results}");
    let (status, _, messages) = run_with(&folder, &["diff", "-", "-"], &model);
    assert_eq!(status, Some(1), "{messages}");
    assert!(
        messages.contains("standard input has been read already"),
        "{messages}"
    );
}

/// A botocore folder as PyPI ships it.
#[test]
fn compressed_files() {
    let folder = Folder::new();
    let service = r#"{"version": "2.0", "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "red",
        "protocol": "rest-json", "serviceId": "Red", "serviceFullName": "Red", "signatureVersion": "v4"},
        "operations": {"List": {"name": "List", "http": {"method": "GET", "requestUri": "/"},
            "input": {"shape": "Page"}, "output": {"shape": "Page"}}},
        "shapes": {"Page": {"type": "structure", "members": {"token": {"shape": "Text"}}}, "Text": {"type": "string"}}}"#;
    let pages = r#"{"pagination": {"List": {"input_token": "token", "output_token": "token"}}}"#;
    folder.put_bytes(
        "red/2020-01-01/service-2.json.gz",
        &packed(service.as_bytes()),
    );
    folder.put("red/2020-01-01/paginators-1.json", pages);
    // The file without compression precedes.
    folder.put_bytes("red/2020-01-01/paginators-1.json.gz", b"not read");
    for (index, model) in ["red/2020-01-01", "red/2020-01-01/service-2.json.gz"]
        .iter()
        .enumerate()
    {
        let out = format!("out{index}");
        passes(&folder, &["codegen", "--model", model, "--out", &out]);
        let list = folder.contents()[&format!("{out}/src/operations/list.rs")].clone();
        assert!(list.contains("rt::pages!(List)"), "{list}");
    }

    folder.put_bytes("broken.json.gz", b"{}");
    let messages = fails(&folder, &["lint", "broken.json.gz"]);
    assert!(
        messages.contains("`broken.json.gz` cannot be unpacked: "),
        "{messages}"
    );
    // 200 MB of spaces in 200 KB.
    folder.put_bytes("bomb.json.gz", &packed(&vec![b' '; 200 << 20]));
    let messages = fails(&folder, &["lint", "bomb.json.gz"]);
    assert!(
        messages.contains("the files of the model have more than 128 MiB"),
        "{messages}"
    );
}

#[test]
fn changes_that_fail() {
    let folder = Folder::new();
    folder.put("old.json", &service("red", ""));
    folder.put("same.json", &service("red", ""));
    folder.put("minor.json", &service("red", &member("name")));
    folder.put(
        "breaking.json",
        &service("red", "").replace("Integer", "Long"),
    );
    for (new, fail_on, status) in [
        ("same.json", "minor", 0),
        ("minor.json", "minor", 1),
        ("minor.json", "breaking", 0),
        ("breaking.json", "minor", 1),
        ("breaking.json", "breaking", 1),
    ] {
        let arguments = ["diff", "old.json", new, "--fail-on", fail_on];
        if status == 0 {
            passes(&folder, &arguments);
        } else {
            let messages = fails(&folder, &arguments);
            assert!(
                messages.contains(&format!("`--fail-on {fail_on}` is given")),
                "{messages}"
            );
        }
    }
    // A crate without the changed operation stays the same.
    let arguments = ["diff", "old.json", "breaking.json", "--operations", "Put"];
    let results = passes(&folder, &arguments);
    assert!(results.contains("Rust API: unchanged"), "{results}");
}

#[test]
fn version_help_and_completions() {
    let folder = Folder::new();
    let version = format!("cargo-smithy {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(passes(&folder, &["--version"]), version);
    let commands = passes(&folder, &["--help"]);
    for name in ["codegen", "corpus", "diff", "import", "lint", "completions"] {
        assert!(commands.contains(&format!("\n  {name} ")), "{commands}");
        let help = passes(&folder, &["help", name]);
        assert_eq!(help, passes(&folder, &[name, "--help"]));
        assert!(
            help.contains("Usage: cargo smithy ") && help.contains("Examples:"),
            "{help}"
        );
        assert!(
            !help.contains("xtask") && help.contains("cargo smithy"),
            "{help}"
        );
    }
    // These maintain the generator.
    assert!(
        !commands.contains("fuzz") && !commands.contains("partitions"),
        "{commands}"
    );
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = passes(&folder, &["completions", shell]);
        assert!(script.contains("fail-on"), "{shell}: {script}");
    }
}

/// Standard error is no terminal here, so the variables have no effect, and must not cause one.
#[test]
fn output_without_a_terminal_has_no_colors() {
    let folder = Folder::new();
    for (name, value) in [
        ("TERM", "dumb"),
        ("TERM", "xterm"),
        ("NO_COLOR", "1"),
        ("CLICOLOR_FORCE", "1"),
    ] {
        let output = command(folder.path(), &["codegen"])
            .env(name, value)
            .output()
            .unwrap();
        assert!(
            !output.stderr.is_empty() && !output.stderr.contains(&0x1b),
            "{name}={value}"
        );
    }
}

/// The command and a build script get the same module.
#[test]
fn modules() {
    let folder = Folder::new();
    let model = service("red", &member("name"));
    folder.put("red.json", &model);
    // The package that the module is for does not name the emitted crate.
    folder.put("Cargo.toml", "[package]\nname = \"program\"\n");
    let codegen = ["codegen", "--model", "red.json", "--module", "src/red.rs"];
    let results = passes(&folder, &codegen);
    assert!(results.contains("created src/red.rs\n"), "{results}");
    let mut sources = Sources::new();
    sources.add("red.json", model);
    let loaded = smithy_model::load(&sources);
    let module = |features: &[&str]| {
        let options = Options::default();
        smithy_codegen::module(&loaded.model, &options, features)
            .unwrap()
            .text
    };
    assert_eq!(folder.contents()["src/red.rs"], module(&["client"]));
    let check = [&codegen[..], &["--check"]].concat();
    passes(&folder, &check);
    folder.put("src/main.rs", "fn main() {}\n");
    let mine = ["codegen", "--model", "red.json", "--module", "src/main.rs"];
    let messages = fails(&folder, &mine);
    assert!(
        messages.contains("`src/main.rs` was not emitted by codegen"),
        "{messages}"
    );
    assert_eq!(folder.contents()["src/main.rs"], "fn main() {}\n");
    for (names, features) in [
        ("none", &[][..]),
        ("call", &["call"]),
        ("client,aws-config", &["client", "aws-config"]),
    ] {
        let other = [&codegen[..], &["--features", names]].concat();
        fails(&folder, &[&other[..], &["--check"]].concat());
        passes(&folder, &other);
        assert_eq!(folder.contents()["src/red.rs"], module(features));
    }
    // A module has no features, so it has the traits of serde in any case.
    passes(
        &folder,
        &[&codegen[..], &["--features", "none", "--serde"]].concat(),
    );
    let text = &folder.contents()["src/red.rs"];
    assert!(
        text.contains("// The crate needs `smithy-rt` with: `serde`.\n"),
        "{text}"
    );
    assert!(
        text.contains("\nmod serde {\n") && !text.contains("feature = \"serde\""),
        "{text}"
    );
    let (status, _, messages) = run(&folder, &[&codegen[..], &["--features", "clint"]].concat());
    assert_eq!(status, Some(2), "{messages}");
}
