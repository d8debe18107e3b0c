//! Runs a target with many inputs. A supervisor process starts a worker process from the same
//! binary, so that it survives a stack overflow, exceeded memory and a hang.

mod supervisor;
mod worker;

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// A target of the fuzzer.
pub trait Target {
    /// An input, which is made from a seed.
    type Input;
    /// The limits of a worker.
    const LIMITS: Limits;

    /// Returns the input of a seed.
    ///
    /// # Errors
    /// The files that inputs are made from cannot be read.
    fn input(&self, seed: u64) -> Result<Self::Input, String>;

    /// Returns the files that show an input, with their names and contents.
    fn files(&self, input: &Self::Input) -> Vec<(String, Vec<u8>)>;

    /// Runs an input and checks the properties. A panic is a fault, too.
    ///
    /// # Errors
    /// A property does not hold.
    fn run(&self, input: &Self::Input) -> Result<(), Fault>;
}

/// The limits of a worker for one input.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The size of the stack, in bytes.
    pub stack: usize,
    /// The size of the heap, in bytes.
    pub memory: usize,
    /// The time.
    pub time: Duration,
}

/// A fault that an input causes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The kind, which is a property or the location of a panic. Inputs with the same fault have
    /// the same kind.
    pub kind: String,
    /// The details of this input.
    pub message: String,
}

impl Fault {
    /// Creates a fault of a kind.
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

/// The end of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// After this number of seconds.
    Seconds(u64),
    /// After this number of inputs.
    Runs(u64),
}

/// The arguments of a run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The name of the target, as on the command line.
    pub name: &'static str,
    /// The seed of the first input; the next input has the next seed.
    pub seed: u64,
    /// The end of the run.
    pub budget: Budget,
    /// The models to start from, as on the command line.
    pub paths: Vec<PathBuf>,
    /// The folder that inputs with findings are written to.
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
