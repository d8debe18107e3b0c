//! Responses of protocol tests.

use crate::error::modeled::Modeled;
use crate::operation::operation_trait::Operation;
use crate::protocol_tests::mismatch::{Checked, Mismatch};
use bytes::Bytes;
use http::Response;
use std::fmt::Debug;
use std::marker::PhantomData;

/// The response of a test case (trait *httpResponseTests*).
#[must_use = "nothing is compared until `gives` or `fails` is called"]
#[derive(Debug)]
pub struct GivenResponse<O> {
    code: u16,
    headers: Vec<(&'static str, &'static str)>,
    body: &'static str,
    operation: PhantomData<O>,
}

impl<O: Operation<Output: Debug>> GivenResponse<O> {
    /// Creates a response with a status, without headers and body.
    pub fn new(code: u16) -> Self {
        Self {
            code,
            headers: Vec::new(),
            body: "",
            operation: PhantomData,
        }
    }

    /// Adds a header.
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Sets the body.
    pub fn body(self, body: &'static str) -> Self {
        Self { body, ..self }
    }

    /// Reads the response and compares the output with the expected one.
    ///
    /// # Errors
    /// The two outputs if they differ, or the error of the operation.
    pub fn gives(&self, expected: &O::Output) -> Checked
    where
        O::Output: PartialEq,
    {
        self.gives_as(expected, O::Output::eq)
    }

    /// Like
    /// [`GivenResponse::gives`], for an output with a stream, which does not implement `PartialEq`.
    /// `equal` compares the members.
    ///
    /// # Errors
    /// Those of [`GivenResponse::gives`].
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

    /// Reads the response and compares the error with the expected error of the model. `variant`
    /// extracts it from the error enum.
    ///
    /// # Errors
    /// The two errors if they differ, or the output or other error of the operation.
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

/// Compares two values. A value with a NaN is not equal to itself; then the output of `Debug` is
/// compared, which omits the bytes of blobs and sensitive values.
pub(super) fn same<T: Debug>(actual: &T, expected: &T, equal: impl Fn(&T, &T) -> bool) -> Checked {
    let holds_nan = !equal(expected, expected);
    let (actual_text, expected_text) = (format!("{actual:#?}"), format!("{expected:#?}"));
    if equal(actual, expected) || holds_nan && actual_text == expected_text {
        return Ok(());
    }
    Err(Mismatch(format!(
        "the value is\n{actual_text}\nbut expected\n{expected_text}"
    )))
}
