//! A crate to generate: its model, its folder and its options.

use super::args::{self, Overrides, Request};
use crate::config::{self, Config, CrateConfig};
use crate::failure::{Failure, Problem};
use crate::input::Input;
use crate::manifest::{self, RuntimeSource};
use crate::paths;
use crate::plan::target::Target;
use crate::runtime::Runtime;
use smithy_codegen::{NewManifest, Options};
use std::path::{Path, PathBuf};

/// A crate to generate, to compare, or to print a stage of.
pub(super) struct Job {
    /// The files and folders of the model.
    pub(super) inputs: Vec<Input>,
    /// The folder of the crate.
    pub(super) target: Target,
    /// The options of the generator.
    pub(super) options: Options,
    /// What happens to the source of the runtime in an existing manifest.
    pub(super) runtime: RuntimeSource,
    /// The entry of the configuration, if the crate is one of it without changes.
    pub(super) entry: Option<CrateConfig>,
}

/// The crates that a command line asks for.
pub(super) fn jobs(request: &Request, config: Option<&Config>) -> Result<Vec<Job>, Failure> {
    if !request.models.is_empty() {
        let inputs = request.models.iter().map(Input::named).collect();
        return Ok(vec![overridden(
            request,
            config,
            inputs,
            CrateConfig::default(),
        )?]);
    }
    let config = config.ok_or_else(config::missing)?;
    let name = request.krate.as_deref();
    if request.is_overridden() || request.stage().is_some() {
        let entry = config.select_one(name)?;
        return Ok(vec![overridden(
            request,
            Some(config),
            config.inputs(entry),
            entry.clone(),
        )?]);
    }
    let entries = config.select(name)?.into_iter();
    Ok(entries
        .map(|entry| configured(entry, config))
        .collect::<Result<_, _>>()?)
}

/// A crate of the configuration.
fn configured(entry: &CrateConfig, config: &Config) -> Result<Job, Problem> {
    let target = target(entry, config);
    let dir = paths::resolve(&target.dir)?;
    let runtime = entry.runtime.as_ref().or(config.runtime.as_ref());
    let options = Options {
        manifest: Some(new_manifest(runtime, &dir)?),
        crate_name: Some(
            crate_name(&target, Some(&entry.name), "change `crates.NAME`")?.unwrap_or_default(),
        ),
        ..config.options(entry)
    };
    Ok(Job {
        inputs: config.inputs(entry),
        target,
        options,
        runtime: source(runtime),
        entry: Some(entry.clone()),
    })
}

/// A crate that the arguments describe. `entry` has what they leave out.
fn overridden(
    request: &Request,
    config: Option<&Config>,
    inputs: Vec<Input>,
    entry: CrateConfig,
) -> Result<Job, Failure> {
    let runtime = request.runtime.as_ref();
    let default = config.and_then(|config| config.runtime.as_ref());
    let Overrides {
        crate_name: name,
        operations,
        service,
        protocol_tests,
        serde,
        server,
    } = request.overrides.clone();
    let (target, manifest, crate_name) = match &request.out {
        Some(out) => {
            let target = Target {
                dir: paths::resolve(out)?,
                name: out.clone(),
            };
            refuse_configured_folder(out, &target.dir, config)?;
            let manifest = new_manifest(runtime.or(default), &target.dir)?;
            let cure = "run the command without `--crate-name`";
            let name = crate_name(&target, name.as_deref(), cure)?;
            (target, Some(manifest), name)
        }
        // A module and a printed stage have no folder, whose manifest would name the crate.
        None => (Target::default(), None, name),
    };
    let options = Options {
        manifest,
        crate_name,
        operations: if operations.is_empty() {
            entry.operations
        } else {
            operations
        },
        service: service.or(entry.service),
        protocol_tests: protocol_tests || entry.protocol_tests,
        serde: serde || entry.serde,
        server: server || entry.server,
        ..command(config)
    };
    Ok(Job {
        inputs,
        target,
        options,
        runtime: source(runtime),
        entry: None,
    })
}

/// What happens to an existing manifest if the source of the runtime is given, or is not.
fn source(runtime: Option<&Runtime>) -> RuntimeSource {
    match runtime {
        Some(_) => RuntimeSource::Replace,
        None => RuntimeSource::Keep,
    }
}

/// The options without properties of a crate.
fn command(config: Option<&Config>) -> Options {
    config.map_or_else(Options::default, |config| {
        config.options(&CrateConfig::default())
    })
}

fn target(entry: &CrateConfig, config: &Config) -> Target {
    Target {
        dir: config.root.join(&entry.out),
        name: PathBuf::from(&entry.out),
    }
}

fn new_manifest(runtime: Option<&Runtime>, dir: &Path) -> Result<NewManifest, Problem> {
    let published = Runtime::published();
    Ok(NewManifest {
        runtime: runtime.unwrap_or(&published).in_manifest(dir)?,
        is_workspace_member: paths::is_workspace_member(dir),
    })
}

/// The name of the crate, which must be that of an existing manifest.
fn crate_name(
    target: &Target,
    given: Option<&str>,
    other_cure: &str,
) -> Result<Option<String>, Problem> {
    let existing = std::fs::read_to_string(target.dir.join("Cargo.toml"))
        .ok()
        .and_then(|text| manifest::package_name(&text));
    match (given, existing) {
        (Some(name), Some(existing)) if *name != existing => Err(Problem::new(
            format!(
                "the crate in `{}` has the name `{existing}`, not `{name}`",
                target.name.display()
            ),
            format!("change the name in its Cargo.toml, or {other_cure}"),
        )),
        (Some(name), _) => Ok(Some(name.to_owned())),
        (None, existing) => Ok(existing),
    }
}

/// Rejects the folder of the configuration, and folders in those of its crates. A crate that is
/// written there would replace files of a crate of the configuration.
fn refuse_configured_folder(
    out: &Path,
    dir: &Path,
    config: Option<&Config>,
) -> Result<(), Failure> {
    let Some(config) = config else { return Ok(()) };
    if dir == paths::resolve(&config.root)? {
        return Err(args::refuse_out(out, "the folder of codegen.toml").into());
    }
    for entry in &config.crates {
        if dir.starts_with(paths::resolve(&target(entry, config).dir)?) {
            let place = format!("in the folder of the configured crate `{}`", entry.name);
            return Err(args::refuse_out(out, &place).into());
        }
    }
    Ok(())
}
