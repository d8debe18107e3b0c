//! The binary that `cargo xtask fuzz` starts. Its arguments are the target, `seconds` or `runs`,
//! their number, the first seed, the folder for inputs with findings, and models.

use fuzz::answers::Answers;
use fuzz::harness::{self, Budget, Plan};
use fuzz::models::Models;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = harness::arguments();
    let texts: Vec<&str> = arguments
        .iter()
        .map(|argument| argument.to_str().unwrap_or_default())
        .collect();
    let [what, unit, number, seed, folder, ..] = texts.as_slice() else {
        eprintln!("error: run `cargo xtask fuzz`");
        return ExitCode::from(2);
    };
    let (Ok(number), Ok(seed)) = (number.parse(), seed.parse()) else {
        eprintln!("error: `{number}` or `{seed}` is not a number");
        return ExitCode::from(2);
    };
    let budget = if *unit == "runs" {
        Budget::Runs(number)
    } else {
        Budget::Seconds(number)
    };
    let paths: Vec<PathBuf> = arguments.iter().skip(5).map(PathBuf::from).collect();
    let plan = |name| Plan {
        name,
        seed,
        budget,
        paths: paths.clone(),
        folder: PathBuf::from(folder),
    };
    let ended = match *what {
        "models" => Models::read(&paths).map(|models| harness::run(&models, &plan("models"))),
        "answers" => Answers::new().map(|answers| harness::run(&answers, &plan("answers"))),
        other => Err(format!("unknown input `{other}`")),
    };
    ended.unwrap_or_else(|problem| {
        eprintln!("error: {problem}");
        ExitCode::from(2)
    })
}
