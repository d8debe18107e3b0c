//! Calls of operations by name, with JSON input and output.

use crate::client::handle::{Client, Reply};
use crate::error::failure::Failure;
use crate::error::meta::{Call, FailureKind};
use crate::json::codec::to_vec;
use crate::json::decode::Decode;
use crate::json::encode::Encode;
use crate::json::error::Result as JsonResult;
use crate::json::reader::Reader;
use crate::operation::operation_trait::Operation;

/// A function that calls an operation: it takes the input as JSON and returns the output as JSON.
pub type Caller<E> = fn(&Client, &str) -> Reply<String, E>;

/// The name of an operation in the model, and the function that calls the operation.
pub type Entry<E> = (&'static str, Caller<E>);

/// Finds the function that calls the operation of this name.
///
/// # Errors
/// There is no such operation; the message suggests the nearest name.
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

/// The similarity of two names: twice the length of their common prefix of letters and digits,
/// ignoring case, plus one if they are equal.
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

/// Calls an operation with its input as JSON, and returns its output as JSON. A member that is a
/// stream is a base64 string in both.
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

/// Reads the input of an operation, and checks it: see [`Reader::of_input`].
///
/// # Errors
/// The text is not JSON, or not a valid input; the error has the place.
pub fn read<O: Decode>(input: &str) -> JsonResult<O> {
    let mut reader = Reader::of_input(input);
    let operation = O::decode(&mut reader)?;
    reader.finish()?;
    Ok(operation)
}

/// Writes the output of an operation.
pub fn write(output: &impl Encode) -> String {
    // The writer writes UTF-8 only.
    String::from_utf8(to_vec(output)).unwrap_or_default()
}
