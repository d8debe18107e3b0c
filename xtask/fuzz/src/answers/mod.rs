//! Mutated HTTP responses, which every operation of the emitted crate decodes with and without a
//! client.

mod answer;
mod stub;

use crate::Random;
use crate::harness::{Fault, Limits, Target};
use answer::Answer;
use appfabric::by_name::OPERATIONS;
use appfabric::rt::client::Credentials;
use appfabric::rt::http::Response;
use appfabric::rt::{Bytes, Operation};
use appfabric::{Client, Error, operations};
use serde_json::{Map, Value};
use std::error::Error as _;
use std::fmt::Debug;
use std::fs;
use std::path::Path;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use stub::{Clock, Stub};

/// The inputs and responses of the emitted crate's tests, in the checkout.
const WIRE: &str = "generated/tests/wire";

/// The credentials that sign requests. Errors must not contain any part of them.
const CREDENTIALS: [&str; 3] = ["AKIDfuzzzQ9", "s3cretfuzzzQ9", "t0kenfuzzzQ9"];

/// The number of attempts of a call, as in the default policy.
const MOST_ATTEMPTS: usize = 3;
/// The number of polls after which a call is reported as a hang. Nothing that a call waits for
/// takes more than one poll.
const MOST_POLLS: usize = 10_000;

/// Decodes a response and returns a description of the result.
type Parser = fn(Response<Bytes>) -> Result<String, Error>;

fn parse<O>(response: Response<Bytes>) -> Result<String, Error>
where
    O: Operation<Error = Error>,
    O::Output: Debug,
{
    O::parse_response(response).map(|output| format!("{output:?}"))
}

/// Every operation, in the order of [`OPERATIONS`]. The build script lists them.
const PARSERS: &[(&str, Parser)] = include!(concat!(env!("OUT_DIR"), "/parsers.rs"));

/// The responses that mutations start from.
#[derive(Default)]
pub struct Answers {
    /// The inputs of each operation, by case.
    inputs: Map<String, Value>,
    /// The responses of each operation: `full`, `minimal`, `error`, and others.
    responses: Map<String, Value>,
}

/// The responses of a server and the operation that is called.
pub struct Input {
    operation: usize,
    /// The operation's input as JSON.
    input: String,
    /// The responses in their order. The last one is repeated.
    script: Vec<Answer>,
    /// The number of calls with the same client.
    calls: usize,
    random: u64,
}

impl Answers {
    /// Reads the inputs and responses of the emitted crate's tests.
    ///
    /// # Errors
    /// A file cannot be read, or is not valid JSON.
    pub fn new() -> Result<Self, String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../..")
            .join(WIRE);
        let read = |name: &str| {
            let text = fs::read_to_string(folder.join(format!("{name}.json")));
            let text = text.map_err(|error| format!("{WIRE}/{name}.json: {error}"))?;
            serde_json::from_str::<Value>(&text)
                .map_err(|error| format!("{WIRE}/{name}.json: {error}"))
        };
        let errors = read("errors")?;
        let mut answers = Self::default();
        for (index, (name, _)) in OPERATIONS.iter().enumerate() {
            let mut cases = read(name)?;
            let inputs = cases.get_mut("requests").and_then(Value::as_object_mut);
            let inputs = inputs.into_iter().flatten();
            let inputs = inputs.map(|(case, request)| {
                (
                    case.clone(),
                    request.get_mut("input").map_or(Value::Null, Value::take),
                )
            });
            answers.inputs.insert((*name).to_owned(), inputs.collect());
            let mut responses = cases.get_mut("responses").map_or(Value::Null, Value::take);
            let error = errors
                .as_object()
                .and_then(|errors| errors.values().cycle().nth(index));
            if let (Some(responses), Some(error)) = (responses.as_object_mut(), error) {
                responses.insert("error".to_owned(), error.clone());
            }
            answers.responses.insert((*name).to_owned(), responses);
        }
        Ok(answers)
    }
}

impl Target for Answers {
    type Input = Input;

    /// The stack has the size of a tokio worker's stack.
    const LIMITS: Limits = Limits {
        stack: 2 << 20,
        memory: 128 << 20,
        time: Duration::from_secs(20),
    };

    fn input(&self, seed: u64) -> Result<Input, String> {
        let random = &mut Random::new(seed);
        let operation = random.below(OPERATIONS.len());
        let (name, _) = OPERATIONS.get(operation).ok_or("no operations")?;
        let kind = if random.one_in(2) { "full" } else { "minimal" };
        let input = self
            .inputs
            .get(*name)
            .and_then(|cases| cases.get(kind))
            .unwrap_or(&Value::Null)
            .to_string();
        let length = random.pick(&[1, 1, 1, 2, 3]).copied().unwrap_or(1);
        let script = (0..length)
            .map(|_| Answer::new(&self.responses, name, random))
            .collect();
        let calls = random.pick(&[1, 1, 1, 2, 3]).copied().unwrap_or(1);
        Ok(Input {
            operation,
            input,
            script,
            calls,
            random: random.bits(),
        })
    }

    fn files(&self, input: &Input) -> Vec<(String, Vec<u8>)> {
        let answers = input.script.iter().enumerate();
        let answers =
            answers.map(|(number, answer)| (format!("answer-{number}.http"), answer.to_bytes()));
        let name = OPERATIONS.get(input.operation).map_or("", |(name, _)| name);
        let call = format!("{} calls of {name} with {}\n", input.calls, input.input);
        answers
            .chain([("call.txt".to_owned(), call.into_bytes())])
            .collect()
    }

    fn run(&self, input: &Input) -> Result<(), Fault> {
        let parser = PARSERS.get(input.operation).map(|(_, parser)| parser);
        for (answer, parser) in input.script.iter().zip(parser.into_iter().cycle()) {
            if let Some(response) = answer.response()
                && let Err(error) = parser(response)
            {
                check_error(&error)?;
            }
        }
        let stub = Stub::new(input.script.clone());
        let client = client(&stub, input.random)?;
        let name = OPERATIONS.get(input.operation).map_or("", |(name, _)| name);
        for _ in 0..input.calls {
            stub.start();
            let result = finish(client.call(name, &input.input))?;
            if stub.attempts() > MOST_ATTEMPTS {
                return Err(Fault::new("too many attempts", stub.attempts().to_string()));
            }
            match result {
                Ok(output) => check_output(&output)?,
                Err(error) => check_error(&error)?,
            }
        }
        Ok(())
    }
}

fn client(stub: &Stub, random: u64) -> Result<Client, Fault> {
    let [id, secret, token] = CREDENTIALS;
    let credentials = Credentials::new(id, secret, Some(token.to_owned()), None, "fuzz");
    let builder = Client::builder()
        .region("us-east-1")
        .credentials(credentials);
    let client = builder
        .transport(stub.clone())
        .system(Clock::new(random))
        .build();
    client.map_err(|error| Fault::new("no client", error.to_string()))
}

/// The output of a future that never waits for more than one poll.
fn finish<F: Future>(future: F) -> Result<F::Output, Fault> {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..MOST_POLLS {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Ok(output);
        }
    }
    Err(Fault::new(
        "a call that does not end",
        format!("not after {MOST_POLLS} polls"),
    ))
}

/// Writes the decoded output as JSON.
fn check_output(output: &str) -> Result<(), Fault> {
    let parsed = serde_json::from_str::<Value>(output);
    parsed
        .map(drop)
        .map_err(|error| Fault::new("an output that is not JSON", format!("{error}: {output}")))
}

/// Checks that an error prints one line without control characters and secrets.
fn check_error(error: &Error) -> Result<(), Fault> {
    let mut texts = vec![
        ("Display", error.to_string()),
        ("Debug", format!("{error:?}")),
    ];
    let mut source = error.source();
    while let Some(error) = source {
        texts.push(("a source's Debug", format!("{error:?}")));
        source = error.source();
    }
    for (what, text) in texts {
        if let Some(c) = text.chars().find(|c| is_hostile(*c)) {
            return Err(Fault::new(
                format!("a control character in the error's {what}"),
                format!("{c:?} in {text}"),
            ));
        }
        if CREDENTIALS.iter().any(|secret| text.contains(secret)) {
            return Err(Fault::new(
                format!("credentials in the error's {what}"),
                text,
            ));
        }
    }
    Ok(())
}

/// Whether a character controls a terminal, changes the direction or the lines of a text, or is
/// invisible.
fn is_hostile(c: char) -> bool {
    let unseen =
        matches!(c, '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    c.is_control() || unseen
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_operation_is_there() {
        let names = |mut all: Vec<&'static str>| {
            all.sort_unstable();
            all
        };
        let operations = names(OPERATIONS.iter().map(|(name, _)| *name).collect());
        assert_eq!(
            names(PARSERS.iter().map(|(name, _)| *name).collect()),
            operations
        );
        assert!(
            PARSERS
                .iter()
                .zip(OPERATIONS)
                .all(|(parser, operation)| parser.0 == operation.0)
        );
    }

    /// A short run in this process. `cargo xtask fuzz answers` makes a long one.
    #[test]
    fn every_operation_has_responses() {
        let answers = Answers::new().unwrap();
        let mut operations = BTreeSet::new();
        let (mut read, mut refused) = (0, 0);
        for seed in 0..2000 {
            let input = answers.input(seed).unwrap();
            operations.insert(input.operation);
            for response in input.script.iter().filter_map(Answer::response) {
                let parsed = PARSERS[input.operation].1(response);
                *(if parsed.is_ok() {
                    &mut read
                } else {
                    &mut refused
                }) += 1;
            }
            if let Err(fault) = answers.run(&input) {
                panic!("seed {seed}: {fault}");
            }
        }
        assert_eq!(operations.len(), OPERATIONS.len());
        // The run must include responses of every kind.
        assert!(
            read > 500 && refused > 500,
            "{read} read, {refused} refused"
        );
    }
}
