//! `cargo xtask codegen`: generates the files of a crate from the files of a model.

pub(super) mod args;

use crate::dump;
use crate::failure::{Failure, Problem};
use crate::input::{self, Input};
use crate::lock::Lock;
use crate::manifest::{self, RuntimeSource};
use crate::model;
use crate::plan::changes::{Kind, Plan};
use crate::plan::target::Target;
use crate::render::count;
use crate::report::{self, Times};
use crate::ui::Ui;
use crate::version;
use crate::workspace::{self, CRATE, MODEL, Workspace};
use crate::write;
use args::{Dump, Mode, Request};
use clap::ArgMatches;
use smithy_codegen::{NewManifest, Options};
use smithy_model::Sources;
use smithy_model::import::undocumented;
use std::path::PathBuf;
use std::time::Instant;

/// The number of items without documentation that are listed; others are only counted.
const NAMED: usize = 20;
const NOTHING_WRITTEN: &str = "nothing was written";
/// The help about edits of emitted files.
const EDITED: &str = "this overwrites edits of emitted files: edit the model, or the emitter that is named in the first line of the file";

/// Runs the command.
pub(super) fn run(matches: &ArgMatches, ui: &Ui) -> Result<(), Failure> {
    let request = Request::new(matches)?;
    let workspace = Workspace::find()?;
    let target = target(&request, &workspace)?;
    let started = Instant::now();
    let sources = input::read(&inputs(&request, &workspace))?;
    if let Mode::Dump(what) = request.mode {
        return print_stage(what, &request.options, &sources, ui);
    }
    let options = options(&request, &workspace, &target)?;
    let read = started.elapsed();

    let checks = request.mode == Mode::Check;
    let outcome = if checks {
        "nothing was compared"
    } else {
        NOTHING_WRITTEN
    };
    let is_ours = request.models.is_empty() && request.out.is_none();
    let (generated, generate, lacking, version) = model::with(&sources, outcome, ui, |model| {
        let (generated, warnings) = model::generate(model, &options)?;
        let generate = started.elapsed() - read;
        let lacking = if is_ours {
            undocumented(model)
        } else {
            Vec::new()
        };
        let version = (is_ours && checks).then(|| version::check(&workspace, model));
        Ok(((generated, generate, lacking, version), warnings))
    })?;
    if !lacking.is_empty() {
        ui.message(&undocumented_items(&lacking).render_warning(ui.style));
    }

    let compared = Instant::now();
    let lock = if checks {
        None
    } else {
        Some(Lock::of(&target, ui)?)
    };
    let runtime = match request.runtime {
        Some(_) => RuntimeSource::Replace,
        None => RuntimeSource::Keep,
    };
    let plan = Plan::new(&generated.files, &target, runtime);
    if !checks {
        refuse_obstacles(&plan)?;
        write::apply(&plan, &target)?;
    }
    drop(lock);
    let times = Times {
        read,
        generate,
        write: compared.elapsed(),
    };
    let changes = if checks {
        report::differences(&plan, &target)
    } else {
        report::written(&plan, &target)
    };
    ui.result(&changes)?;
    ui.result(&report::work(
        &generated,
        times,
        if checks { "compared" } else { "wrote" },
    ))?;
    if checks {
        verdict(plan, &target, cure(&request))?;
    }
    if let Some(unknown) = version.transpose()?.flatten() {
        ui.message(&unknown.render_warning(ui.style));
    }
    Ok(())
}

/// A warning about items without documentation.
fn undocumented_items(lacking: &[String]) -> Problem {
    let mut what = format!(
        "{MODEL} has {} without documentation",
        count(lacking.len(), "item")
    );
    lacking
        .iter()
        .take(NAMED)
        .for_each(|place| what.extend(["\n", place]));
    if lacking.len() > NAMED {
        what.push_str(&format!("\nand {} more", lacking.len() - NAMED));
    }
    Problem::new(
        what,
        format!(
            "document them in {MODEL}/docs.json; `cargo test -p smithy-model --test appfabric` fails until then"
        ),
    )
}

/// The files and folders of the model.
fn inputs(request: &Request, workspace: &Workspace) -> Vec<Input> {
    if request.models.is_empty() {
        return vec![Input {
            path: workspace.path(MODEL),
            name: MODEL.into(),
        }];
    }
    request
        .models
        .iter()
        .map(|path| Input {
            path: path.clone(),
            name: path.clone(),
        })
        .collect()
}

/// The crate to write or to compare with. The checkout and generated/ cannot be stand-alone crates,
/// because their manifests are written by hand.
fn target(request: &Request, workspace: &Workspace) -> Result<Target, Failure> {
    let Some(out) = &request.out else {
        return Ok(Target {
            dir: workspace.path(CRATE),
            name: PathBuf::from(CRATE),
        });
    };
    let dir = workspace::resolve(out)?;
    let is_checkout = dir == workspace::resolve(&workspace.path(""))?;
    if is_checkout || dir.starts_with(workspace::resolve(&workspace.path(CRATE))?) {
        return Err(args::refuse_out(
            out,
            if is_checkout {
                "the checkout itself"
            } else {
                "in generated/"
            },
        )
        .into());
    }
    Ok(Target {
        dir,
        name: out.clone(),
    })
}

/// The options of the generator. An existing manifest gives the crate its name.
fn options(request: &Request, workspace: &Workspace, target: &Target) -> Result<Options, Problem> {
    let runtime = match &request.runtime {
        None => workspace.runtime_for(&target.dir)?,
        Some(runtime) => runtime.in_manifest(&target.dir)?,
    };
    let manifest = NewManifest {
        runtime,
        is_workspace_member: workspace::is_workspace_member(&target.dir),
    };
    let existing = std::fs::read_to_string(target.dir.join("Cargo.toml"))
        .ok()
        .and_then(|text| manifest::package_name(&text));
    let crate_name = match (&request.options.crate_name, existing) {
        (Some(name), Some(existing)) if *name != existing => {
            return Err(Problem::new(
                format!(
                    "the crate in `{}` has the name `{existing}`, not `{name}`",
                    target.name.display()
                ),
                "change the name in its Cargo.toml, or run the command without `--crate-name`",
            ));
        }
        (Some(name), _) => Some(name.clone()),
        (None, existing) => existing,
    };
    Ok(Options {
        manifest: Some(manifest),
        crate_name,
        ..request.options.clone()
    })
}

fn print_stage(what: Dump, options: &Options, sources: &Sources, ui: &Ui) -> Result<(), Failure> {
    let text = model::with(sources, "nothing was printed", ui, |model| match what {
        Dump::Model => Ok((dump::json(model), Vec::new())),
        Dump::Stage(stage) => Ok((smithy_codegen::dump(model, options, stage)?, Vec::new())),
    })?;
    Ok(ui.result(&text)?)
}

/// Prevents all writes if a file cannot be written.
fn refuse_obstacles(plan: &Plan) -> Result<(), Failure> {
    match plan.problems.as_slice() {
        [] => Ok(()),
        problems => Err(Failure::Problems(problems.to_vec(), NOTHING_WRITTEN)),
    }
}

/// Fails if the crate is out of date. Obstacles are reported instead, because writing would fail as
/// well.
fn verdict(plan: Plan, target: &Target, cure: &str) -> Result<(), Failure> {
    if !plan.problems.is_empty() {
        return Err(Failure::Problems(plan.problems, ""));
    }
    if plan.changes.is_empty() {
        return Ok(());
    }
    let what = format!(
        "{} is out of date: {}",
        target.name.display(),
        report::out_of_date(&plan)
    );
    let stale = plan
        .changes
        .iter()
        .any(|change| matches!(change.kind, Kind::Update { .. }));
    let cure = if stale {
        format!("{cure}\n{EDITED}")
    } else {
        cure.to_owned()
    };
    Err(Problem::new(what, cure).into())
}

/// The help for the differences that `--check` finds.
fn cure(request: &Request) -> &'static str {
    match request {
        Request { out: Some(_), .. } => "run the command without `--check`",
        Request { models, .. } if models.is_empty() => "run `cargo xtask codegen`",
        _ => "change model/appfabric and run `cargo xtask codegen`",
    }
}

#[cfg(test)]
mod tests {
    use super::{refuse_obstacles, verdict};
    use crate::failure::Failure;
    use crate::manifest::RuntimeSource;
    use crate::plan::changes::Plan;
    use crate::plan::testing::{target, tree};
    use crate::testing::Folder;

    fn told(failure: Failure) -> Vec<String> {
        match failure {
            Failure::Problems(problems, outcome) => {
                let text = problems
                    .into_iter()
                    .map(|problem| format!("{}; {}", problem.what, problem.cure));
                text.chain([outcome.to_owned()]).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_foreign_file_prevents_all_writes() {
        let folder = Folder::new();
        folder.put("src/lib.rs", "//! by hand\n");
        let files = tree(&[
            ("src/a.rs", "// @generated\n"),
            ("src/lib.rs", "// @generated\n"),
        ]);
        let plan = Plan::new(&files, &target(&folder), RuntimeSource::Keep);
        let text = told(refuse_obstacles(&plan).unwrap_err());
        assert!(
            text[0].contains("`crate/src/lib.rs`") && text[0].contains("move it away"),
            "{text:?}"
        );
        assert_eq!(text[1], "nothing was written");

        // The obstacle is the only problem, because writing would fail as well.
        let obstacle = told(verdict(plan, &target(&folder), "do this").unwrap_err());
        assert_eq!(obstacle, [text[0].clone(), String::new()]);
    }

    #[test]
    fn edited_files_name_the_place_for_edits() {
        let folder = Folder::new();
        let files = tree(&[("src/lib.rs", "// @generated\n")]);
        let check = || {
            told(
                verdict(
                    Plan::new(&files, &target(&folder), RuntimeSource::Keep),
                    &target(&folder),
                    "do this",
                )
                .unwrap_err(),
            )
        };
        assert_eq!(check()[0], "crate is out of date: 1 missing file; do this");
        folder.put("src/lib.rs", "// @generated\nfn by_hand() {}\n");
        assert_eq!(
            check()[0],
            format!(
                "crate is out of date: 1 stale file; do this\n{}",
                super::EDITED
            )
        );
    }

    #[test]
    fn current_crates_pass_the_check() {
        let folder = Folder::new();
        folder.put("src/lib.rs", "// @generated\n");
        folder.put("src/.codegen-1-0.tmp", "");
        let files = tree(&[("src/lib.rs", "// @generated\n")]);
        let plan = Plan::new(&files, &target(&folder), RuntimeSource::Keep);
        refuse_obstacles(&plan).unwrap();
        verdict(plan, &target(&folder), "").unwrap();
    }
}
