//! The harness finds planted faults: a panic, a panic of another thread, a stack overflow,
//! unbounded memory, a hang and a property that does not hold. Without a fault it finds nothing.
//!
//! The test does not use libtest, because the binary is also the worker.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy.toml allows it in `#[test]` functions, and libtest is not here"
)]

use fuzz::harness::{self, Budget, Fault, Limits, Plan, Target};
use std::process::{Command, ExitCode};
use std::time::Duration;

/// Faults at fixed seeds relative to the first one.
struct Planted;

const BASE: u64 = 100;

impl Target for Planted {
    type Input = u64;
    const LIMITS: Limits = Limits {
        stack: 1 << 20,
        memory: 64 << 20,
        time: Duration::from_secs(2),
    };

    fn input(&self, seed: u64) -> Result<u64, String> {
        Ok(seed)
    }

    fn files(&self, input: &u64) -> Vec<(String, Vec<u8>)> {
        vec![("seed".to_owned(), input.to_string().into_bytes())]
    }

    fn run(&self, input: &u64) -> Result<(), Fault> {
        match *input {
            101 => panic!("a planted panic\u{1b}"),
            102 => drop(recurse(u64::MAX)),
            103 => drop(std::iter::from_fn(|| Some(1_u8)).collect::<Vec<u8>>()),
            104 => loop {
                std::thread::sleep(Duration::from_secs(1));
            },
            105 => return Err(Fault::new("a planted property", "does not hold")),
            106 => drop(std::thread::spawn(|| panic!("on another thread")).join()),
            _ => {}
        }
        Ok(())
    }
}

#[allow(unconditional_recursion)]
fn recurse(left: u64) -> Vec<u64> {
    let mut inner = recurse(std::hint::black_box(left) - 1);
    inner.push(left);
    inner
}

fn main() -> ExitCode {
    let arguments: Vec<String> = harness::arguments()
        .into_iter()
        .filter_map(|argument| argument.into_string().ok())
        .collect();
    // Runs the supervisor or the worker.
    if let [planted, seed, runs, folder] = arguments.as_slice()
        && planted == "planted"
    {
        let number = |text: &str| text.parse().unwrap();
        let budget = Budget::Runs(number(runs));
        let plan = Plan {
            name: "planted",
            seed: number(seed),
            budget,
            paths: Vec::new(),
            folder: folder.into(),
        };
        return harness::run(&Planted, &plan);
    }
    // The options of libtest, such as `--list`, are not supported.
    if arguments.iter().any(|argument| argument == "--list") {
        return ExitCode::SUCCESS;
    }
    let found = supervise(BASE, 10);
    for (seed, kind) in [
        (101, "panic at xtask/fuzz/tests/planted.rs:"),
        (102, "stack overflow: "),
        (103, "out of memory: "),
        (104, "hang: no result after 2s"),
        (105, "a planted property: does not hold"),
        (106, "panic at xtask/fuzz/tests/planted.rs:"),
    ] {
        let at = found
            .find(&format!("--seed {seed} --runs 1\n"))
            .unwrap_or_else(|| panic!("{seed}: {found}"));
        let before = found[..at].rsplit("finding: ").next().unwrap();
        assert!(before.starts_with(kind), "{seed}: {found}");
    }
    assert!(found.contains("planted: 10 executions in "), "{found}");
    assert!(
        found.ends_with("from seed 100; 6 findings\n") && !found.contains('\u{1b}'),
        "{found}"
    );
    let nothing = supervise(BASE + 10, 1000);
    assert!(nothing.starts_with("planted: 1000 executions"), "{nothing}");
    assert!(
        nothing.ends_with("from seed 110; 0 findings\n"),
        "{nothing}"
    );
    println!("test planted ... ok");
    ExitCode::SUCCESS
}

/// Returns the output of a supervisor.
fn supervise(seed: u64, runs: u64) -> String {
    let this = std::env::current_exe().unwrap();
    let folder = std::env::temp_dir().join(format!("fuzz-planted-{}", std::process::id()));
    let arguments = ["planted", &seed.to_string(), &runs.to_string()];
    let output = Command::new(this)
        .args(arguments)
        .arg(&folder)
        .output()
        .unwrap();
    let found = String::from_utf8(output.stdout).unwrap();
    for path in found
        .lines()
        .filter_map(|line| line.strip_prefix("  input: "))
    {
        assert!(
            std::path::Path::new(path).join("finding.txt").is_file(),
            "{path}"
        );
    }
    let _ = std::fs::remove_dir_all(folder);
    assert_eq!(
        output.status.success(),
        found.contains("; 0 findings"),
        "{found}"
    );
    found
}
