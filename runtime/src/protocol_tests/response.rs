//! Responses of protocol tests.

use crate::error::modeled::Modeled;
use crate::operation::operation_trait::Operation;
use crate::protocol_tests::mismatch::{Checked, Mismatch};
use bytes::Bytes;
use http::Response;
use std::fmt::Debug;
use std::marker::PhantomData;

/// The response of a case to an operation (trait *httpResponseTests*).
#[must_use = "nothing is compared before `gives` or `fails`"]
#[derive(Debug)]
pub struct GivenResponse<O> {
    code: u16,
    headers: Vec<(&'static str, &'static str)>,
    body: &'static str,
    operation: PhantomData<O>,
}

impl<O: Operation<Output: Debug>> GivenResponse<O> {
    /// A response of this status, without headers and body.
    pub fn new(code: u16) -> Self {
        Self {
            code,
            headers: Vec::new(),
            body: "",
            operation: PhantomData,
        }
    }

    /// A header.
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The body.
    pub fn body(self, body: &'static str) -> Self {
        Self { body, ..self }
    }

    /// Compares what the operation makes of the response with an output.
    ///
    /// # Errors
    /// The two outputs if they differ, or the operation's error.
    pub fn gives(&self, expected: &O::Output) -> Checked
    where
        O::Output: PartialEq,
    {
        self.gives_as(expected, O::Output::eq)
    }

    /// Like [`GivenResponse::gives`], for an output that holds a stream and cannot be compared;
    /// `equal` compares the members.
    ///
    /// # Errors
    /// As [`GivenResponse::gives`].
    pub fn gives_as(
        &self,
        expected: &O::Output,
        equal: impl Fn(&O::Output, &O::Output) -> bool,
    ) -> Checked {
        match O::parse_response(self.response()?) {
            Ok(output) => same(&output, expected, equal),
            Err(error) => Err(Mismatch(format!("there is no output: {error:?}"))),
        }
    }

    /// Compares what the operation makes of the response with an error of the model; `variant`
    /// takes it out of the service's error.
    ///
    /// # Errors
    /// The two errors if they differ, or the operation's output or other error.
    pub fn fails<E: Debug + PartialEq>(
        &self,
        expected: &E,
        variant: impl FnOnce(&O::Error) -> Option<&Modeled<E>>,
    ) -> Checked {
        match O::parse_response(self.response()?) {
            Ok(output) => Err(Mismatch(format!("there is no error: {output:?}"))),
            Err(error) => match variant(&error) {
                Some(actual) => same(&**actual, expected, E::eq),
                None => Err(Mismatch(format!("it is another error: {error:?}"))),
            },
        }
    }

    fn response(&self) -> Result<Response<Bytes>, Mismatch> {
        let mut response = Response::builder().status(self.code);
        for (name, value) in &self.headers {
            response = response.header(*name, *value);
        }
        response
            .body(Bytes::from_static(self.body.as_bytes()))
            .map_err(|error| Mismatch(format!("there is no such response: {error}")))
    }
}

/// Compares every member. A value that holds a NaN differs from itself; then the texts of `Debug`
/// are compared, which tell all but the bytes of blobs and what is sensitive.
fn same<T: Debug>(actual: &T, expected: &T, equal: impl Fn(&T, &T) -> bool) -> Checked {
    let holds_nan = !equal(expected, expected);
    let (told, wanted) = (format!("{actual:#?}"), format!("{expected:#?}"));
    if equal(actual, expected) || holds_nan && told == wanted {
        return Ok(());
    }
    Err(Mismatch(format!("it is\n{told}\nand not\n{wanted}")))
}
