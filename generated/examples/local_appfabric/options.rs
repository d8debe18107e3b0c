//! The command line.

use super::faults::Rule;
use super::signature::Keys;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

pub(crate) const USAGE: &str = "\
usage: local_appfabric [OPTIONS]

  --listen ADDRESS:PORT            where to listen; 127.0.0.1:8420 by default
  --account KEY=ACCOUNT            the account of an access key; repeatable
  --verify-signatures KEY:SECRET   refuse requests that this key has not signed; repeatable.
                                   KEY:SECRET:TOKEN for a key with a session token
  --fault OPERATION:KIND:RATE      disturb a part of the requests; repeatable. OPERATION is a name
                                   or *, KIND throttling, error, stall or broken-body, RATE 0 to 1
  --state FILE                     load the state from this file, and save it there
  --help
";

/// What the command line asks for.
#[derive(Debug)]
pub(crate) enum Command {
    Run(Box<Options>),
    Help,
}

/// The options of the server.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) listen: SocketAddr,
    /// Accounts by access key ID.
    pub(crate) accounts: BTreeMap<String, String>,
    /// Empty: signatures are not verified.
    pub(crate) keys: Keys,
    pub(crate) faults: Vec<Rule>,
    pub(crate) state: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8420)),
            accounts: BTreeMap::new(),
            keys: Keys::default(),
            faults: Vec::new(),
            state: None,
        }
    }
}

/// Parses the command line. Errors do not contain secrets.
pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next() {
        let mut value = || {
            arguments
                .next()
                .ok_or_else(|| format!("{argument} needs a value"))
        };
        match argument.as_str() {
            "--help" | "-h" => return Ok(Command::Help),
            "--listen" => {
                let text = value()?;
                options.listen = text
                    .parse()
                    .map_err(|_| format!("--listen needs ADDRESS:PORT, not {text}"))?;
            }
            "--account" => {
                let (key, account) = account(&value()?)?;
                options.accounts.insert(key, account);
            }
            "--verify-signatures" => options.keys.add(&value()?)?,
            "--fault" => {
                let rule = Rule::parse(&value()?, options.faults.len())?;
                options.faults.push(rule);
            }
            "--state" => options.state = Some(value()?.into()),
            _ => return Err(format!("unknown option {argument}")),
        }
    }
    Ok(Command::Run(Box::new(options)))
}

fn account(text: &str) -> Result<(String, String), String> {
    let (key, account) = text
        .split_once('=')
        .filter(|(key, _)| !key.is_empty())
        .ok_or("--account needs KEY=ACCOUNT")?;
    if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("--account needs an account of 12 digits".to_owned());
    }
    Ok((key.to_owned(), account.to_owned()))
}
