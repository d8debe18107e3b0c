//! The process that starts and monitors workers, and prints their findings.

use super::{Budget, Fault, Plan, Target, WORK};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use std::{env, fs};

/// The number of inputs of one worker. A new process from time to time limits the effect of leaks.
const BATCH: u64 = 50_000;
/// The interval at which the supervisor checks the time.
const TICK: Duration = Duration::from_millis(50);
/// The number of bytes of a worker's stderr that are kept.
const STDERR: u64 = 4096;
/// The number of kinds of faults after which a run ends.
const MOST_KINDS: usize = 100;

/// Runs workers until the end of the run, and returns the number of kinds of faults.
///
/// # Errors
/// No worker can be started, or a worker cannot make inputs.
pub(super) fn supervise<T: Target>(
    target: &T,
    plan: &Plan,
    arguments: &[OsString],
) -> Result<usize, String> {
    let mut report = Report {
        target,
        plan,
        start: Instant::now(),
        executions: 0,
        found: BTreeMap::new(),
    };
    while report.found.len() < MOST_KINDS {
        let runs = report.runs_left().min(BATCH);
        if runs == 0 {
            break;
        }
        let first = plan.seed.wrapping_add(report.executions);
        let mut worker =
            Worker::start(arguments, first, runs).map_err(|error| error.to_string())?;
        let end = worker
            .watch(T::LIMITS.time, &mut report)
            .map_err(|error| error.to_string())?;
        let (count, seed) = (worker.count(), worker.seed());
        match end {
            End::Deadline => {
                report.executions += count.saturating_sub(1);
                break;
            }
            End::TooLong => {
                report.executions += count;
                let limit = T::LIMITS.time;
                report.add(
                    seed,
                    &Fault::new("hang", format!("no result after {limit:?}")),
                );
            }
            End::Exit(status, _) if status.success() => report.executions += count,
            End::Exit(status, stderr) if status.code() == Some(1) => {
                return Err(format!("a worker failed: {stderr}"));
            }
            End::Exit(status, stderr) => {
                report.executions += count;
                report.add(seed, &crash(status, &stderr));
            }
        }
    }
    report.end();
    Ok(report.found.len())
}

/// The fault of an input that ended its process.
fn crash(status: ExitStatus, stderr: &str) -> Fault {
    let kind = match stderr {
        text if text.contains("overflowed its stack") => "stack overflow",
        text if text.contains("memory allocation of") => "out of memory",
        _ => "crash",
    };
    Fault::new(kind, format!("{status}: {}", stderr.trim()))
}

/// A worker and its messages.
struct Worker {
    child: Child,
    faults: Receiver<(u64, Fault)>,
    progress: Arc<Progress>,
    stderr: Option<JoinHandle<String>>,
}

/// The progress of a worker.
#[derive(Default)]
struct Progress {
    /// The seed of the last input that was started.
    seed: AtomicU64,
    /// The number of inputs that were started.
    count: AtomicU64,
}

/// The end of a worker.
enum End {
    Exit(ExitStatus, String),
    TooLong,
    Deadline,
}

impl Worker {
    fn start(arguments: &[OsString], seed: u64, runs: u64) -> io::Result<Self> {
        let mut command = Command::new(env::current_exe()?);
        command
            .arg(WORK)
            .arg(seed.to_string())
            .arg(runs.to_string())
            .args(arguments);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let pipes = child.stdout.take().zip(child.stderr.take());
        let (stdout, stderr) = pipes.ok_or_else(|| io::Error::other("a worker without pipes"))?;
        let (sender, faults) = channel();
        let progress = Arc::<Progress>::default();
        let shared = Arc::clone(&progress);
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                match read(&line) {
                    Some(Line::Run(seed)) => {
                        shared.seed.store(seed, Ordering::Relaxed);
                        shared.count.fetch_add(1, Ordering::Relaxed);
                    }
                    Some(Line::Fault(seed, fault)) => {
                        let _ = sender.send((seed, fault));
                    }
                    None => {}
                }
            }
        });
        let stderr = thread::spawn(move || {
            let mut kept = String::new();
            let mut stderr = stderr;
            let _ = stderr.by_ref().take(STDERR).read_to_string(&mut kept);
            // A worker must not wait for a full pipe.
            let _ = io::copy(&mut stderr, &mut io::sink());
            kept
        });
        Ok(Self {
            child,
            faults,
            progress,
            stderr: Some(stderr),
        })
    }

    /// Reports faults until the worker ends or is stopped.
    fn watch<T: Target>(&mut self, limit: Duration, report: &mut Report<'_, T>) -> io::Result<End> {
        let (mut seen, mut since) = (0, Instant::now());
        loop {
            match self.faults.recv_timeout(TICK) {
                Ok((seed, fault)) => report.add(seed, &fault),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if self.count() != seen {
                (seen, since) = (self.count(), Instant::now());
            }
            let end = match report.is_late() {
                true => End::Deadline,
                false if since.elapsed() > limit => End::TooLong,
                false => continue,
            };
            self.child.kill()?;
            self.child.wait()?;
            return Ok(end);
        }
        let status = self.child.wait()?;
        let stderr = self.stderr.take().and_then(|thread| thread.join().ok());
        Ok(End::Exit(status, stderr.unwrap_or_default()))
    }

    fn seed(&self) -> u64 {
        self.progress.seed.load(Ordering::Relaxed)
    }

    fn count(&self) -> u64 {
        self.progress.count.load(Ordering::Relaxed)
    }
}

enum Line {
    Run(u64),
    Fault(u64, Fault),
}

fn read(line: &str) -> Option<Line> {
    if let Some(seed) = line.strip_prefix("run ") {
        return seed.parse().ok().map(Line::Run);
    }
    let (seed, fault) = line.strip_prefix("fault ")?.split_once(' ')?;
    let (kind, message): (String, String) = serde_json::from_str(fault).ok()?;
    Some(Line::Fault(seed.parse().ok()?, Fault { kind, message }))
}

/// The results so far.
struct Report<'a, T> {
    target: &'a T,
    plan: &'a Plan,
    start: Instant,
    executions: u64,
    /// The number of faults of each kind.
    found: BTreeMap<String, u64>,
}

impl<T: Target> Report<'_, T> {
    fn runs_left(&self) -> u64 {
        match self.plan.budget {
            Budget::Seconds(_) if self.is_late() => 0,
            Budget::Seconds(_) => u64::MAX,
            Budget::Runs(runs) => runs.saturating_sub(self.executions),
        }
    }

    fn is_late(&self) -> bool {
        matches!(self.plan.budget, Budget::Seconds(seconds) if self.start.elapsed().as_secs() >= seconds)
    }

    /// Counts a fault. Prints the first one of a kind and writes its input.
    fn add(&mut self, seed: u64, fault: &Fault) {
        let count = self.found.entry(fault.kind.clone()).or_default();
        *count += 1;
        if *count > 1 {
            return;
        }
        let paths = self
            .plan
            .paths
            .iter()
            .map(|path| format!(" {}", path.display()));
        let command = format!(
            "cargo xtask fuzz {} --seed {seed} --runs 1{}",
            self.plan.name,
            paths.collect::<String>()
        );
        let folder = self.plan.folder.join(format!("{}-{seed}", self.plan.name));
        let written = self.write(seed, &format!("{fault}\n\n{command}\n"), &folder);
        println!("finding: {}", plain(&fault.to_string()));
        match written {
            Ok(()) => println!("  input: {}", folder.display()),
            Err(problem) => println!("  input: not written: {problem}"),
        }
        println!("  again: {command}\n");
    }

    fn write(&self, seed: u64, description: &str, folder: &std::path::Path) -> Result<(), String> {
        let files = self.target.files(&self.target.input(seed)?);
        let description = ("finding.txt".to_owned(), description.as_bytes().to_vec());
        let write = || {
            // The folder of an earlier run can have other files.
            let _ = fs::remove_dir_all(folder);
            fs::create_dir_all(folder)?;
            files
                .iter()
                .chain([&description])
                .try_for_each(|(name, bytes)| fs::write(folder.join(name), bytes))
        };
        write().map_err(|error| format!("{}: {error}", folder.display()))
    }

    fn end(&self) {
        let (seconds, runs) = (self.start.elapsed().as_secs_f64(), self.executions);
        for (kind, count) in &self.found {
            println!("{count} x {}", plain(kind));
        }
        println!(
            "{}: {runs} executions in {seconds:.0} s, {:.0} a second, from seed {}; {} findings",
            self.plan.name,
            runs as f64 / seconds.max(0.001),
            self.plan.seed,
            self.found.len(),
        );
    }
}

/// Shortens text of a model or a response and makes it safe for a terminal.
fn plain(text: &str) -> String {
    const MOST: usize = 600;
    let shown = text.chars().take(MOST).map(|c| {
        if c == '\n' || !c.is_control() {
            c
        } else {
            '\u{fffd}'
        }
    });
    shown.collect()
}
