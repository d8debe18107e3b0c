//! AppFabric in memory, for a first call without an AWS account and for tests.
//!
//! ```text
//! cargo run -p appfabric --features server --example local_appfabric -- --listen 127.0.0.1:8420
//! ```
//!
//! `README.md` beside this file has the options, and what the server does beyond the model.

pub(crate) mod account;
pub(crate) mod arn;
pub(crate) mod clock;
pub(crate) mod errors;
pub(crate) mod faults;
pub(crate) mod operations;
pub(crate) mod options;
pub(crate) mod pages;
pub(crate) mod persist;
pub(crate) mod requests;
pub(crate) mod serve;
pub(crate) mod service;
pub(crate) mod signature;
pub(crate) mod state;
pub(crate) mod text;
pub(crate) mod tokens;

use options::{Command, Options};
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let options = match options::parse(std::env::args().skip(1)) {
        Ok(Command::Run(options)) => *options,
        Ok(Command::Help) => {
            print!("{}", options::USAGE);
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("error: {error}\n\n{}", options::USAGE);
            return ExitCode::FAILURE;
        }
    };
    match run(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Serves until Ctrl-C, or SIGTERM.
async fn run(options: Options) -> Result<(), Box<dyn std::error::Error>> {
    let server = serve::start(options).await?;
    println!("AppFabric listens at {}", server.url());
    stopped().await?;
    Ok(server.shut_down().await?)
}

#[cfg(unix)]
async fn stopped() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        result = tokio::signal::ctrl_c() => result,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn stopped() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
