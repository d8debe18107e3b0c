//! The examples of the guides in the runtime compile with a generated crate, and what does not need a
//! network runs. The messages that a guide explains are those of the code.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod common;
mod workspace;

use common::repository;
use std::fs;
use std::path::{Path, PathBuf};
use workspace::Files;

/// Fences that are not compiled.
const NOT_RUST: [&str; 3] = ["```toml", "```text", "```console"];

#[test]
fn examples_of_the_guides_run() {
    let guides = guides();
    let mut files = Files::of("guides", &["guides"]);
    let mut library = String::from("#![allow(unused)]\n\n");
    let mut blocks = 0;
    for (name, path, text) in &guides {
        library.push_str(&format!(
            "#[doc = include_str!({path:?})]\npub mod {name} {{}}\n\n"
        ));
        let fences: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("```"))
            .collect();
        assert!(fences.len().is_multiple_of(2), "{name}");
        let starts = fences.iter().step_by(2);
        for fence in starts.filter(|fence| !NOT_RUST.contains(fence)) {
            assert!(["```", "```no_run"].contains(fence), "{name}: {fence}");
            blocks += 1;
        }
    }
    assert!(blocks >= guides.len(), "{blocks}");
    files.put("guides/src/lib.rs", &library);
    files.put("guides/Cargo.toml", &manifest());
    let printed = files.finish().cargo(&["test", "--doc"], "RUSTDOCFLAGS");
    assert!(
        printed.contains(&format!(
            "test result: ok. {blocks} passed; 0 failed; 0 ignored"
        )),
        "{printed}"
    );
}

/// Each file is a guide, and the front page of a crate links to each.
#[test]
fn every_guide_is_listed() {
    let module = fs::read_to_string(folder().join("mod.rs")).unwrap();
    let front_page = repository().join("codegen/src/emit/docs/front_page.rs");
    let front_page = fs::read_to_string(front_page).unwrap();
    let guides = guides();
    for (name, ..) in &guides {
        assert!(module.contains(&format!("\n    {name} \"")), "{name}");
        assert!(
            front_page.contains(&format!("(rt::guide::{name})")),
            "{name}"
        );
    }
    let listed = module
        .lines()
        .filter(|line| line.starts_with("    ") && line.ends_with(".\""));
    assert_eq!(listed.count(), guides.len());
}

/// The start of each message is a text of the runtime, or one of a library.
#[test]
fn explained_messages_are_those_of_the_code() {
    let foreign = [
        // The codes of AWS's services, before the status.
        "AccessDeniedException (403",
        "ExpiredTokenException (403",
        "SignatureDoesNotMatch (403",
        "InvalidSignatureException (403",
        "RequestTimeTooSkewed (403",
        "ThrottlingException (429",
        // A status and a media type.
        "502 Bad Gateway, text/html",
        // The compiler.
        "type annotations needed",
        "no method named",
        "is not an iterator",
    ];
    let mut sources = String::new();
    read(&repository().join("runtime/src"), &mut sources);
    let guide = fs::read_to_string(folder().join("troubleshooting.md")).unwrap();
    let rows = guide.lines().filter(|line| line.starts_with("| `"));
    let mut count = 0;
    for row in rows {
        let cell = row.trim_start_matches("| ").split(" | ").next().unwrap();
        for message in cell.split("`, `") {
            let message = message.trim_matches('`').trim();
            let start = message.split(['…', '`']).next().unwrap().trim();
            let start = start
                .strip_suffix(": invalid peer certificate: UnknownIssuer")
                .unwrap_or(start);
            assert!(
                foreign.contains(&start) || sources.contains(start),
                "{start:?}"
            );
            count += 1;
        }
    }
    assert!(count >= 10, "{count}");
}

/// The names, paths and texts of the guides.
fn guides() -> Vec<(String, PathBuf, String)> {
    let entries = fs::read_dir(folder()).unwrap();
    let mut guides: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).unwrap();
            (name, path, text)
        })
        .collect();
    guides.sort();
    assert!(guides.len() >= 10);
    guides
}

fn folder() -> PathBuf {
    repository().join("runtime/src/guide")
}

/// The texts of all Rust files of a folder, without guides.
fn read(folder: &Path, texts: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, texts);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            texts.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

fn manifest() -> String {
    let generated = repository().join("generated");
    format!(
        "[package]\nname = \"guides\"\nedition = \"2024\"\n\n[dependencies]\n\
         appfabric = {{ path = {generated:?}, features = [\"aws-config\", \"blocking\", \"server\", \"test-util\"] }}\n\
         aws-types = \"1\"\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n"
    )
}
