//! Helpers of the generator's tests: folders with models, loading and generation.

#![allow(dead_code, reason = "each test binary uses a part")]

pub(crate) mod render;

use smithy_codegen::{Generated, NewManifest, Options, generate};
use smithy_model::{Diagnostic, Model, Sources, load};
use std::path::{Path, PathBuf};
use std::{fs, panic};

/// The runtime in emitted manifests, with a path that is the same on all machines.
pub(crate) const RUNTIME: &str = "path = \"../runtime\"";

/// The manifest of a member of the workspace for tests.
pub(crate) fn manifest() -> NewManifest {
    NewManifest {
        runtime: RUNTIME.to_owned(),
        is_workspace_member: true,
    }
}

/// A folder with a model of one or several files.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    pub(crate) sources: Sources,
    pub(crate) options: Options,
}

impl Case {
    /// Every folder below `codegen/tests/<kind>`, sorted by name.
    pub(crate) fn all(kind: &str) -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests")
            .join(kind);
        let cases: Vec<_> = sorted(&root)
            .into_iter()
            .filter(|path| path.is_dir())
            .map(Self::read)
            .collect();
        assert!(!cases.is_empty(), "no folders in {}", root.display());
        cases
    }

    /// Reads the `.json` files of a folder, merged in the order of their names, and
    /// `arguments.txt`.
    pub(crate) fn read(folder: PathBuf) -> Self {
        let name = file_name(&folder);
        let mut sources = Sources::new();
        for path in sorted(&folder) {
            if path
                .extension()
                .is_some_and(|extension| extension == "json")
            {
                sources.add(file_name(&path), fs::read_to_string(&path).unwrap());
            }
        }
        let mut options = Options {
            crate_name: Some(name.clone()),
            manifest: Some(manifest()),
            ..Options::default()
        };
        let arguments = fs::read_to_string(folder.join("arguments.txt")).unwrap_or_default();
        let mut words = arguments.split_whitespace();
        while let Some(option) = words.next() {
            let mut value = || words.next().unwrap().to_owned();
            match option {
                "--service" => options.service = Some(value()),
                "--crate-name" => options.crate_name = Some(value()),
                "--operations" => {
                    options.operations = value().split(',').map(str::to_owned).collect()
                }
                "--protocol-tests" => options.protocol_tests = true,
                "--serde" => options.serde = true,
                "--server" => options.server = true,
                _ => panic!("{name}/arguments.txt: {option}"),
            }
        }
        Self {
            name,
            folder,
            sources,
            options,
        }
    }

    /// The crate of a service of the reference data, whose model is one file.
    pub(crate) fn service(path: PathBuf) -> Self {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut sources = Sources::new();
        sources.add(name.clone(), fs::read_to_string(&path).unwrap());
        let name = name.split("-20").next().unwrap().to_owned();
        Self {
            options: Options {
                crate_name: Some(name.clone()),
                manifest: Some(manifest()),
                ..Options::default()
            },
            name,
            folder: path,
            sources,
        }
    }

    /// The model, or its errors.
    pub(crate) fn model(&self) -> Result<Model, Vec<Diagnostic>> {
        let loaded = load(&self.sources);
        if loaded.is_ok() {
            Ok(loaded.model)
        } else {
            Err(loaded.diagnostics)
        }
    }

    /// The generated crate, or the errors of the model.
    pub(crate) fn generate(&self) -> Result<Generated, Vec<Diagnostic>> {
        generate(&self.model()?, &self.options)
    }

    /// The generated crate of a model without errors. Panics with the diagnostics.
    pub(crate) fn generated(&self) -> Generated {
        self.generate()
            .unwrap_or_else(|problems| panic!("{}", render::all(&problems, &self.sources)))
    }

    /// Compares a text with the snapshot beside the model.
    pub(crate) fn snapshot(&self, name: &str, text: &str, most_lines: usize) {
        let lines = text.lines().count();
        assert!(
            lines < most_lines,
            "the snapshot `{name}` of {} has {lines} lines",
            self.name
        );
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&self.folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, text));
    }
}

/// Runs a test for every case. A failure does not prevent the other cases.
pub(crate) fn for_each(cases: &[Case], test: impl Fn(&Case)) {
    let fails = |case: &&Case| panic::catch_unwind(panic::AssertUnwindSafe(|| test(case))).is_err();
    let failed: Vec<_> = cases
        .iter()
        .filter(fails)
        .map(|case| case.name.as_str())
        .collect();
    assert!(
        failed.is_empty(),
        "{} of {} fail: {}",
        failed.len(),
        cases.len(),
        failed.join(", ")
    );
}

/// A small deterministic generator of random numbers (xorshift).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number less than the bound.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        for (left, shift) in [(true, 13), (false, 7), (true, 17)] {
            self.0 ^= if left {
                self.0 << shift
            } else {
                self.0 >> shift
            };
        }
        usize::try_from(self.0 % u64::try_from(bound).unwrap()).unwrap()
    }
}

/// The root of the repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}
