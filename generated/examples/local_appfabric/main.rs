//! AppFabric in memory, for a first call without an AWS account and for tests.
//!
//! ```text
//! cargo run -p appfabric --features server --example local_appfabric -- --listen 127.0.0.1:8420
//! ```
//!
//! `README.md` beside this file has the options, and what the server does beyond the model.

mod account;
mod arn;
mod clock;
mod errors;
mod faults;
mod operations;
mod options;
mod pages;
mod persist;
mod requests;
mod serve;
mod service;
mod signature;
mod state;
mod tokens;

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

/// Serves until Ctrl-C.
async fn run(options: Options) -> Result<(), Box<dyn std::error::Error>> {
    let server = serve::start(options).await?;
    println!("AppFabric listens at {}", server.url());
    tokio::signal::ctrl_c().await?;
    Ok(server.shut_down().await?)
}
