//! Crates that earlier versions of the generator emitted compile with today's runtime.
//!
//! `compatibility/0.1` has crates of version 0.1.0. If they do not compile any more, either keep the
//! runtime compatible, or increase its minor version and add a folder with crates of the new
//! version: copy some crates that the test `fixtures` writes to `target/tmp/fixtures`.

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

#[test]
fn earlier_crates_compile() {
    let folder = repository().join("codegen/tests/compatibility");
    let folder = folder.join(minor_version());
    let names = entries(&folder);
    assert!(!names.is_empty(), "no crates in {}", folder.display());
    let members: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut files = Files::of("compatibility", &members);
    for name in &members {
        put_folder(&mut files, &folder.join(name), name);
    }
    let workspace = files.finish();
    workspace.cargo(
        &["check", "--quiet", "--workspace", "--all-features"],
        "RUSTFLAGS",
    );
}

/// The first two numbers of the runtime's version, within which versions are compatible.
fn minor_version() -> String {
    let manifest = fs::read_to_string(repository().join("Cargo.toml")).unwrap();
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("version = \""))
        .unwrap();
    let numbers: Vec<&str> = version.split('.').take(2).collect();
    numbers.join(".")
}

fn put_folder(files: &mut Files, folder: &Path, path: &str) {
    for name in entries(folder) {
        let (inner, path) = (folder.join(&name), format!("{path}/{name}"));
        if inner.is_dir() {
            put_folder(files, &inner, &path);
        } else {
            let text = fs::read_to_string(&inner).unwrap();
            let is_manifest = name == "Cargo.toml";
            files.put(
                &path,
                &if is_manifest {
                    workspace::member(&text)
                } else {
                    text
                },
            );
        }
    }
}

/// The names in a folder, sorted.
fn entries(folder: &Path) -> Vec<String> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = paths
        .map(|path: PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}
