//! Operations by name, with JSON in and out.

use crate::client::{Client, Reply};
use crate::error::Call;
use crate::json::{self, Decode, Encode};
use crate::{Failure, FailureKind, Operation};

/// What calls an operation: with its input as JSON, for its output as JSON.
pub type Caller<E> = fn(&Client, &str) -> Reply<String, E>;

/// An operation's name in the model, and what calls it.
pub type Entry<E> = (&'static str, Caller<E>);

/// What calls the operation of this name.
///
/// # Errors
/// There is none; names the nearest.
pub fn find<E>(operations: &[Entry<E>], name: &str) -> Result<Caller<E>, Failure> {
    if let Some((_, call)) = operations.iter().find(|(known, _)| *known == name) {
        return Ok(*call);
    }
    let nearest = operations
        .iter()
        .map(|(known, _)| *known)
        .max_by_key(|known| similarity(known, name));
    let message = match nearest.filter(|nearest| similarity(nearest, name) > 0) {
        Some(nearest) => format!("there is no operation `{name}`; did you mean `{nearest}`?"),
        None => format!("there is no operation `{name}`"),
    };
    Err(Failure::new(
        Call::new("call", 0),
        FailureKind::Request,
        message,
    ))
}

/// How many letters two names begin with that are the same, in whatever case and with whatever
/// between.
fn similarity(one: &str, other: &str) -> usize {
    let letters = |name: &str| -> Vec<char> {
        name.chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect()
    };
    let (one, other) = (letters(one), letters(other));
    let same = one
        .iter()
        .zip(&other)
        .take_while(|(one, other)| one == other)
        .count();
    2 * same + usize::from(one == other)
}

/// Calls an operation with its input as JSON, for its output as JSON. A member that is a stream is
/// base64 in either.
pub fn call<O>(client: &Client, input: &str) -> Reply<String, O::Error>
where
    O: Operation + Decode + Send + Sync + 'static,
    O::Output: Encode + Send,
    O::Error: Send,
{
    let (client, input) = (client.clone(), read::<O>(input));
    Box::pin(async move {
        let failure = |error| Failure::new(Call::new(O::NAME, 0), FailureKind::Request, error);
        let operation = input.map_err(failure)?;
        Ok(write(&client.send_whole(&operation).await?))
    })
}

/// Reads an input that a person wrote: see [`json::Reader::of_input`].
///
/// # Errors
/// The text is not JSON, or does not fit; tells where.
pub fn read<O: Decode>(input: &str) -> json::Result<O> {
    let mut reader = json::Reader::of_input(input);
    let operation = O::decode(&mut reader)?;
    reader.finish()?;
    Ok(operation)
}

/// Writes an output.
pub fn write(output: &impl Encode) -> String {
    // The writer writes nothing but UTF-8.
    String::from_utf8(json::to_vec(output)).unwrap_or_default()
}
