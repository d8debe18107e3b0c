//! The outcome of writing or comparing a crate.

use super::args::Request;
use super::job::Job;
use crate::failure::{Failure, Problem};
use crate::plan::changes::{Kind, Plan};
use crate::plan::target::Target;
use crate::program;
use crate::report;

pub(super) const NOTHING_WRITTEN: &str = "nothing was written";
/// The help about edits of emitted files.
const EDITED: &str = "this overwrites edits of emitted files: edit the model, or the emitter that is named in the first line of the file";

/// Prevents all writes if a file cannot be written.
pub(super) fn refuse_obstacles(plan: &Plan) -> Result<(), Failure> {
    match plan.problems.as_slice() {
        [] => Ok(()),
        problems => Err(Failure::Problems(problems.to_vec(), NOTHING_WRITTEN)),
    }
}

/// Fails if the crate is out of date. Obstacles are reported instead, because writing would fail as
/// well.
pub(super) fn verdict(plan: Plan, target: &Target, cure: &str) -> Result<(), Failure> {
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
pub(super) fn cure(job: &Job, request: &Request) -> String {
    match (&job.entry, &request.krate) {
        (None, _) => "run the command without `--check`".to_owned(),
        (Some(_), None) => format!("run `{} codegen`", program::name()),
        (Some(_), Some(name)) => format!("run `{} codegen --crate {name}`", program::name()),
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
