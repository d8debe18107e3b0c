//! Runs a target on many inputs. A supervisor starts a worker, which is the same binary, and
//! survives what the worker does not: a stack overflow, memory beyond the limit, an input that
//! takes too long.

mod supervisor;
mod worker;

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// What is fuzzed.
pub trait Target {
    /// What a seed gives.
    type Input;
    /// What a worker may use.
    const LIMITS: Limits;

    /// The input of a seed.
    ///
    /// # Errors
    /// When the files that inputs are made of cannot be read.
    fn input(&self, seed: u64) -> Result<Self::Input, String>;

    /// The files that show an input: their names and what is in them.
    fn files(&self, input: &Self::Input) -> Vec<(String, Vec<u8>)>;

    /// Runs an input and checks what has to hold. A panic is a fault, too.
    ///
    /// # Errors
    /// What does not hold.
    fn run(&self, input: &Self::Input) -> Result<(), Fault>;
}

/// What a worker may use for one input.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the stack.
    pub stack: usize,
    /// Bytes on the heap.
    pub memory: usize,
    /// Time for one input.
    pub time: Duration,
}

/// What an input brings to light.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The kind, the same for inputs that meet the same fault: a property, or the place of a panic.
    pub kind: String,
    /// The details of this input.
    pub message: String,
}

impl Fault {
    /// A fault of a kind.
    pub fn new(kind: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            message: message.into(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.message)
    }
}

/// How long to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// For so many seconds.
    Seconds(u64),
    /// For so many inputs.
    Runs(u64),
}

/// What to run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The name of the target, as on the command line.
    pub name: &'static str,
    /// The seed of the first input; the next input has the next seed.
    pub seed: u64,
    /// How long to go on.
    pub budget: Budget,
    /// The models to start from, as on the command line.
    pub paths: Vec<PathBuf>,
    /// Where inputs go that a fault was found with.
    pub folder: PathBuf,
}

/// The first argument of a worker, before the seed and the number of inputs.
const WORK: &str = "--work";

/// Runs a target as supervisor, or as the worker that a supervisor started with `arguments`. The
/// exit status is 0 if there are no findings.
pub fn run<T: Target + Sync>(target: &T, plan: &Plan) -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    if let [first, seed, runs, ..] = arguments.as_slice()
        && first == WORK
    {
        let number = |text: &OsString| {
            text.to_str()
                .and_then(|text| text.parse().ok())
                .unwrap_or_default()
        };
        return worker::work(target, number(seed), number(runs));
    }
    match supervisor::supervise(target, plan, &arguments) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::from(2)
        }
    }
}

/// The arguments without those of a worker, so that both read the same command line.
pub fn arguments() -> Vec<OsString> {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    match arguments.as_slice() {
        [first, _, _, rest @ ..] if first == WORK => rest.to_vec(),
        _ => arguments,
    }
}
