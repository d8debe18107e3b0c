//! Runs cargo on emitted crates. Each crate is a workspace of its own, as for its users, and they
//! share the build of their dependencies.

use crate::failure::Problem;
use std::env;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const LOCK: &str = "Cargo.lock";

/// A target folder. Cargo locks it during a build, so each parallel build has one.
#[derive(Debug)]
pub(super) struct Slot(PathBuf);

/// The steps for a crate, with the feature `call`, which has code for every operation.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Check,
    Doc,
}

impl Step {
    /// The name of the step in the progress line.
    pub(super) fn verb(self) -> &'static str {
        match self {
            Step::Check => "checking",
            Step::Doc => "documenting",
        }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Step::Check => &["check", "--features", "call"],
            Step::Doc => &["doc", "--features", "call", "--no-deps"],
        }
    }
}

/// Creates `number` target folders in `folder`. The dependencies are built in the first one and
/// copied to new ones. `example` is an emitted crate, if there is one to build.
pub(super) fn slots(
    number: usize,
    folder: &Path,
    example: Option<&Path>,
) -> Result<Vec<Slot>, Problem> {
    let slots: Vec<Slot> = (0..number)
        .map(|index| Slot(folder.join(index.to_string())))
        .collect();
    let (Some((first, others)), Some(example)) = (slots.split_first(), example) else {
        return Ok(slots);
    };
    first
        .cargo(example, &["check", "--package", "smithy-rt"])
        .map_err(|text| {
            let cure = "correct this first: all emitted crates depend on it";
            Problem::new(format!("cannot build the runtime\n{text}"), cure)
        })?;
    for Slot(other) in others.iter().filter(|other| !other.0.exists()) {
        // Renamed when it is complete, because cargo would use the output of a killed run.
        let part = other.with_extension("part");
        let done = copy(&first.0, &part).and_then(|()| fs::rename(&part, other));
        done.map_err(|error| Problem::io("write", other, &error))?;
    }
    Ok(slots)
}

/// Copies a lock file to a crate if it exists, so that cargo needs no registry.
pub(super) fn lock(crate_dir: &Path, lock: &Path) -> Result<(), Problem> {
    if !lock.exists() {
        return Ok(());
    }
    fs::copy(lock, crate_dir.join(LOCK))
        .map(drop)
        .map_err(|error| Problem::io("copy", lock, &error))
}

impl Slot {
    /// Runs a step with warnings denied. Returns its duration, or the output of cargo if it fails.
    pub(super) fn take(&self, step: Step, crate_dir: &Path) -> Result<Duration, String> {
        // Rustdoc adds to the search index of other crates in the folder.
        let _ = fs::remove_dir_all(self.0.join("doc"));
        let started = Instant::now();
        self.cargo(crate_dir, step.arguments())
            .map(|()| started.elapsed())
    }

    fn cargo(&self, crate_dir: &Path, arguments: &[&str]) -> Result<(), String> {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command
            .args(arguments)
            .arg("--quiet")
            .current_dir(crate_dir)
            .stdin(Stdio::null());
        command.env("CARGO_TARGET_DIR", &self.0);
        // These variables take precedence over the flags below.
        command
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTDOCFLAGS");
        command
            .env("RUSTFLAGS", "-Dwarnings")
            .env("RUSTDOCFLAGS", "-Dwarnings");
        // Nothing runs twice, so incremental data is not needed.
        command
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0");
        let output = command
            .output()
            .map_err(|error| format!("error: cannot start cargo: {error}"))?;
        if output.status.success() {
            return Ok(());
        }
        Err(String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    }
}

/// Copies a folder with the times of its files, which cargo compares.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
            File::options()
                .append(true)
                .open(&target)?
                .set_modified(entry.metadata()?.modified()?)?;
        }
    }
    Ok(())
}
