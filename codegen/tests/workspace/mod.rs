//! The workspaces in which the crates of tests are built.

#![allow(dead_code, reason = "each test binary uses a part")]

use crate::common::{Case, RUNTIME, repository};
use smithy_codegen::Generated;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;
use std::{env, fs};

/// The folder of a workspace. All workspaces share one target folder, which is kept, so that only
/// changes are built.
pub(crate) struct Workspace {
    root: PathBuf,
}

/// Tests write the same files. Cargo has its own lock.
static WRITING: Mutex<()> = Mutex::new(());

/// Writes the crates of these fixtures, and the crate `behaviour` with their tests and the examples
/// of their documentation. Unchanged files are not written, so that cargo does not build them
/// again.
pub(crate) fn write(cases: &[Case]) -> Workspace {
    let _guard = WRITING.lock();
    let names: Vec<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    let mut files = Files::of("fixtures", &[names.as_slice(), &["behaviour"]].concat());
    let mut modules = String::new();
    for case in cases {
        let module = case.name.replace('-', "_");
        let behaviour = case.folder.join("behaviour.rs");
        assert!(behaviour.exists(), "{} does not exist", behaviour.display());
        modules.push_str(&format!(
            "#[cfg(test)]\n#[path = {behaviour:?}]\nmod {module};\n"
        ));
        let generated = case.generated();
        files.put_crate(&case.name, &generated);
        let examples: String = generated
            .files
            .iter()
            .map(|(path, text)| examples(path, text))
            .collect();
        files.put(&format!("behaviour/src/examples/{module}.rs"), &examples);
    }
    let examples: String = names
        .iter()
        .map(|name| format!("mod {};\n", name.replace('-', "_")))
        .collect();
    files.put(
        "behaviour/src/examples/mod.rs",
        &format!("#![allow(dead_code)]\n\n{examples}"),
    );
    files.put("behaviour/Cargo.toml", &behaviour(cases));
    let support = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workspace/support.rs");
    let library =
        format!("#[cfg(test)]\n#[path = {support:?}]\nmod support;\n\nmod examples;\n\n{modules}");
    files.put("behaviour/src/lib.rs", &library);
    files.finish()
}

/// Writes only these crates, into another workspace.
pub(crate) fn write_crates(folder: &str, crates: &[(&str, Generated)]) -> Workspace {
    let _guard = WRITING.lock();
    let names: Vec<&str> = crates.iter().map(|(name, _)| *name).collect();
    let mut files = Files::of(folder, &names);
    for (name, generated) in crates {
        files.put_crate(name, generated);
    }
    files.finish()
}

impl Workspace {
    /// Runs cargo in the workspace with warnings denied. Panics with its output if it fails.
    pub(crate) fn cargo(&self, arguments: &[&str], flags: &str) -> String {
        let output = self.output(arguments, &[(flags, "-Dwarnings")]);
        let results = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.status.success(),
            "in {}: cargo {arguments:?}\n{results}\n{}",
            self.root.display(),
            String::from_utf8_lossy(&output.stderr)
        );
        results
    }

    /// The command that runs a program that cargo has built.
    pub(crate) fn program(&self, name: &str) -> Command {
        Command::new(folder("target/debug").join(name))
    }

    /// The path of a file of the workspace.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The texts of the files of this name that build scripts of a package have written.
    pub(crate) fn build_outputs(&self, package: &str, name: &str) -> Vec<String> {
        let builds = fs::read_dir(folder("target/debug/build")).unwrap();
        let folders = builds.map(|entry| entry.unwrap().path());
        let of_package = folders.filter(|path| {
            let folder = path.file_name().unwrap().to_string_lossy();
            folder.starts_with(&format!("{package}-"))
        });
        let texts = of_package.map(|path| fs::read_to_string(path.join("out").join(name)));
        texts.filter_map(Result::ok).collect()
    }

    /// Runs cargo in the workspace and returns its output.
    pub(crate) fn output(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command
            .args(arguments)
            .arg("--offline")
            .current_dir(&self.root);
        command.env("CARGO_TARGET_DIR", folder("target"));
        for (name, _) in env::vars_os() {
            let name = name.to_string_lossy();
            if name.starts_with("CARGO_") && name != "CARGO_HOME" && name != "CARGO_TARGET_DIR"
                || name.contains("RUSTFLAGS")
            {
                command.env_remove(&*name);
            }
        }
        command.envs(variables.iter().copied()).output().unwrap()
    }
}

/// The path of a workspace.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// The manifest of the workspace, with the lints of the repository.
fn manifest(names: &[&str]) -> String {
    let repository = fs::read_to_string(repository().join("Cargo.toml")).unwrap();
    let lints: Vec<_> = repository
        .lines()
        .skip_while(|line| *line != "[workspace.lints.rust]")
        .take_while(|line| !line.starts_with("[workspace.lints.clippy]"))
        .collect();
    assert!(!lints.is_empty());
    format!(
        "[workspace]\nresolver = \"3\"\nmembers = {:?}\n\n{}\n[profile.dev]\ndebug = false\n",
        names,
        lints.join("\n")
    )
}

/// Converts an emitted manifest to that of a member of the workspace.
pub(crate) fn member(emitted: &str) -> String {
    assert!(
        !emitted.contains("[workspace]") && emitted.contains(RUNTIME),
        "{emitted}"
    );
    let runtime = format!("path = {:?}", repository().join("runtime"));
    format!(
        "{}\n[lints]\nworkspace = true\n",
        emitted.replace(RUNTIME, &runtime)
    )
}

fn behaviour(cases: &[Case]) -> String {
    let manifest = fs::read_to_string(repository().join("Cargo.toml")).unwrap();
    let version = |name: &str| {
        manifest
            .lines()
            .find(|line| line.starts_with(&format!("{name} = ")))
            .unwrap()
            .to_owned()
    };
    let dependency = |case: &Case| {
        let (name, serde) = (
            &case.name,
            if case.options.serde {
                ", \"serde\""
            } else {
                ""
            },
        );
        format!("{name} = {{ path = \"../{name}\", features = [\"call\"{serde}] }}\n")
    };
    let dependencies: String = cases.iter().map(dependency).collect();
    format!(
        "[package]\nname = \"behaviour\"\nedition = \"2024\"\n\n[lib]\ndoctest = false\n\n[dependencies]\n{}\n{}\n{}\n{}\n{}\n{}\nsmithy-rt = {{ path = {:?}, features = [\"protocol-tests\"] }}\n{dependencies}",
        version("ciborium"),
        version("futures-core"),
        version("postcard"),
        version("serde_core"),
        version("serde_json"),
        version("tower-service"),
        repository().join("runtime")
    )
}

/// The examples in the documentation of a file, as modules. They are complete functions. Building
/// them here is faster than as documentation tests, each of which is linked separately.
pub(crate) fn examples(path: &str, text: &str) -> String {
    let mut modules = String::new();
    let mut number = 0;
    let mut block = None;
    for line in text.lines() {
        let Some(line) = line
            .strip_prefix("///")
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
        else {
            continue;
        };
        match (block, line.strip_prefix("```")) {
            (None, None) => {}
            (None, Some(info)) => {
                block = Some(info == "no_run");
                if info == "no_run" {
                    let name: String = path
                        .chars()
                        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
                        .collect();
                    modules.push_str(&format!("mod {}_{number} {{\n", name.replace("__", "_")));
                    number += 1;
                }
            }
            (Some(is_example), Some(_)) => {
                block = None;
                modules.push_str(if is_example { "}\n" } else { "" });
            }
            (Some(true), None) => {
                modules.push_str(line.strip_prefix("# ").unwrap_or(line));
                modules.push('\n');
            }
            (Some(false), None) => {}
        }
    }
    modules
}

/// Writes changed files and removes superfluous ones.
pub(crate) struct Files {
    root: PathBuf,
    written: BTreeSet<PathBuf>,
}

impl Files {
    /// Creates a workspace with its manifest and the lock file of the repository.
    pub(crate) fn of(workspace: &str, members: &[&str]) -> Self {
        let mut files = Self {
            root: folder(workspace),
            written: BTreeSet::new(),
        };
        files.put("Cargo.toml", &manifest(members));
        let lock = fs::read_to_string(repository().join("Cargo.lock")).unwrap();
        if files.changed("of-repository.lock", &lock) {
            fs::write(files.root.join("Cargo.lock"), &lock).unwrap();
        }
        files.put("of-repository.lock", &lock);
        files
    }

    pub(crate) fn put_crate(&mut self, name: &str, generated: &Generated) {
        for (path, text) in generated.files.iter() {
            if path == "Cargo.toml" {
                self.put(&format!("{name}/{path}"), &member(text));
            } else {
                self.put(&format!("{name}/{path}"), text);
            }
        }
    }

    pub(crate) fn finish(self) -> Workspace {
        self.remove_others();
        Workspace { root: self.root }
    }

    fn changed(&self, path: &str, text: &str) -> bool {
        !fs::read_to_string(self.root.join(path)).is_ok_and(|old| old == text)
    }

    pub(crate) fn put(&mut self, path: &str, text: &str) {
        let full = self.root.join(path);
        if self.changed(path, text) {
            fs::create_dir_all(full.parent().unwrap()).unwrap();
            fs::write(&full, text).unwrap();
        }
        self.written.insert(full);
    }

    fn remove_others(&self) {
        for entry in fs::read_dir(&self.root).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                self.remove_others_in(&path);
            }
        }
    }

    fn remove_others_in(&self, folder: &Path) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                self.remove_others_in(&path);
            } else if !self.written.contains(&path) {
                fs::remove_file(&path).unwrap();
            }
        }
        // Fails if there are leftover folders.
        let _ = fs::remove_dir(folder);
    }
}
