//! Operations by name, with JSON in and out.

use crate::client::handle::{Client, Reply};
use crate::error::failure::Failure;
use crate::error::meta::{Call, FailureKind};
use crate::json::codec::to_vec;
use crate::json::decode::Decode;
use crate::json::encode::Encode;
use crate::json::error::Result as JsonResult;
use crate::json::reader::Reader;
use crate::operation::operation_trait::Operation;

/// Declares the operations of a service that can be called by name: for each, the members of its
/// input and of its output with their names in the model.
///
/// ```text
/// by_name! {
///     INPUT { FIELD: "NAME" required, .. } -> OUTPUT { FIELD: "NAME" METHOD WRITER, .. }
///     ..
/// }
/// ```
///
/// `INPUT` and `OUTPUT` are types of `crate::operations`, and `FIELD` is a field of theirs. A member
/// marked `required` has to be in the JSON of the input. `METHOD WRITER` is for a member whose type
/// has several forms in JSON, such as a timestamp: the method of [`json::Writer`], `member_as` or
/// `optional_as`, and the function that it takes.
///
/// The call declares
///
/// - [`Decode`] for each input and [`Encode`] for each output, by the names in the model;
/// - `OPERATIONS`, the list of all operations;
/// - `Client::call`.
#[allow(clippy::crate_in_macro_def)] // The operations are those of the crate that uses the macro.
#[macro_export]
macro_rules! by_name {
    ($(
        $input:ident { $($field:ident : $name:literal $($required:ident)?),* $(,)? }
        -> $output:ident { $($out_field:ident : $out_name:literal $($method:ident $writer:expr)?),* $(,)? }
    )*) => {
        $(
            impl $crate::json::Decode for crate::operations::$input {
                fn decode(json: &mut $crate::json::Reader<'_>) -> $crate::json::Result<Self> {
                    $crate::by_name!(@decode json $($field $name)*; $($($required $name)?)*)
                }
            }

            impl $crate::json::Encode for crate::operations::$output {
                fn encode(&self, json: &mut $crate::json::Writer) {
                    json.object(|_json| {
                        $($crate::by_name!(@encode _json $out_name, &self.$out_field $(, $method $writer)?);)*
                    });
                }
            }
        )*

        /// Every operation of the service, with the function that calls it.
        pub const OPERATIONS: &[$crate::by_name::Entry<crate::Error>] = &[$((
            <crate::operations::$input as $crate::Operation>::NAME,
            $crate::by_name::call::<crate::operations::$input>,
        )),*];

        impl crate::Client {
            /// Calls the operation with this name in the model. The input and the output are JSON
            /// objects.
            ///
            /// Top-level members have their names in the model, wherever they are bound in the
            /// request or response. Members of nested structures have their JSON names. The input
            /// is checked: an unknown member and a missing required member are errors.
            ///
            /// # Errors
            ///
            /// The service has no such operation, the input is not valid, or the call fails.
            pub async fn call(
                &self,
                operation: &str,
                input: &str,
            ) -> ::std::result::Result<::std::string::String, crate::Error> {
                let call = $crate::by_name::find(OPERATIONS, operation)?;
                call($crate::client::ServiceClient::inner(self), input).await
            }
        }
    };
    (@decode $json:ident ;) => {{
        $json.empty()?;
        Ok(Self::default())
    }};
    (@decode $json:ident $($field:ident $name:literal)+; $($required:ident $needed:literal)*) => {{
        let mut value = $crate::by_name!(@start $($required)*);
        $json.requires(&[$($needed),*]);
        $json.structure(|json, key| match key {
            $($name => json.member(&mut value.$field),)+
            _ => json.other(),
        })?;
        Ok(value)
    }};
    (@start) => { Self::default() };
    (@start $($required:ident)+) => { Self::blank() };
    (@encode $json:ident $name:literal, $value:expr) => { $json.member($name, $value) };
    (@encode $json:ident $name:literal, $value:expr, $method:ident $writer:expr) => {
        $json.$method($name, $value, $writer)
    };
}

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

/// How similar two names are: twice the number of letters and digits that both start with, case
/// ignored, and one more if they are all the same.
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

<<<<<<< HEAD
/// Reads the input of an operation, and checks it: see [`json::Reader::of_input`].
///
/// # Errors
/// The text is not JSON, or not a valid input; the error has the place.
pub fn read<O: Decode>(input: &str) -> json::Result<O> {
    let mut reader = json::Reader::of_input(input);
=======
/// Reads an input that a person wrote: see [`Reader::of_input`].
///
/// # Errors
/// The text is not JSON, or does not fit; tells where.
pub fn read<O: Decode>(input: &str) -> JsonResult<O> {
    let mut reader = Reader::of_input(input);
>>>>>>> 2109341 (Name the reader of errors in the error enum, and test texts)
    let operation = O::decode(&mut reader)?;
    reader.finish()?;
    Ok(operation)
}

/// Writes the output of an operation.
pub fn write(output: &impl Encode) -> String {
<<<<<<< HEAD
    // The writer writes UTF-8 only.
    String::from_utf8(json::to_vec(output)).unwrap_or_default()
=======
    // The writer writes nothing but UTF-8.
    String::from_utf8(to_vec(output)).unwrap_or_default()
>>>>>>> 2109341 (Name the reader of errors in the error enum, and test texts)
}
