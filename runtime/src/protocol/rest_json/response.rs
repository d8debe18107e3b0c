//! JSON bodies of responses.

use crate::http_binding::response::{Response, ResponseError};
use crate::json::codec::from_slice;
use crate::json::decode::Decode;
use crate::json::error::{Error, Result as JsonResult};
use crate::json::reader::Reader;

impl Response<'_> {
    /// Deserializes a JSON body. An empty body counts as an empty object, since services omit empty
    /// documents (protocol test `RestJsonGreetingWithErrorsNoPayload`).
    ///
    /// # Errors
    /// The body is not JSON or does not match the type.
    pub fn json<T: Decode>(&self) -> Result<T, ResponseError> {
        let body = if self.body().is_empty() {
            b"{}"
        } else {
            &self.body()[..]
        };
        Ok(from_slice(body)?)
    }

    /// Calls `member` for each member of a JSON body, as [`Reader::structure`] does. An empty body
    /// has no members.
    ///
    /// # Errors
    /// The body is not a JSON object, or `member` fails.
    pub fn structure(
        &self,
        member: impl FnMut(&mut Reader<'_>, &str) -> JsonResult<()>,
    ) -> Result<(), ResponseError> {
        if !self.body().is_empty() {
            let mut json = Reader::new(self.body());
            json.structure(member)?;
            json.finish()?;
        }
        Ok(())
    }

    /// Deserializes the body as JSON (`httpPayload`). An empty body and a null leave the slot
    /// unchanged.
    ///
    /// # Errors
    /// The body is not JSON or does not match the type.
    pub fn json_payload<T: Decode>(&self, slot: &mut T) -> Result<(), ResponseError> {
        if !self.body().is_empty() {
            let mut reader = Reader::new(self.body());
            reader.member(slot)?;
            reader.finish()?;
        }
        Ok(())
    }
}

impl From<Error> for ResponseError {
    fn from(error: Error) -> Self {
        Self::document(error)
    }
}
