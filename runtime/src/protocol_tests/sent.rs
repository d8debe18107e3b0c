//! Responses of protocol tests that a server sends.

use crate::protocol_tests::content::{Body, Content};
use crate::protocol_tests::mismatch::{Checked, Mismatch};
use crate::protocol_tests::received::{block_on, status_difference};
use crate::server::api::respond;
use crate::server::response::IntoResponse;

/// The expected response of a test case (trait *httpResponseTests*).
#[must_use = "nothing is compared until `check` is called"]
#[derive(Debug)]
pub struct SentResponse {
    code: u16,
    content: Content,
}

impl SentResponse {
    /// Expects a status.
    pub fn new(code: u16) -> Self {
        Self {
            code,
            content: Content::default(),
        }
    }

    /// Expects a header, among others.
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.content.headers.push((name, value));
        self
    }

    /// Expects that there is no header with this name.
    pub fn no_header(mut self, name: &'static str) -> Self {
        self.content.no_headers.push(name);
        self
    }

    /// Expects a header with this name and any value.
    pub fn any_header(mut self, name: &'static str) -> Self {
        self.content.any_headers.push(name);
        self
    }

    /// Expects a body that is an equal JSON document. Without this or [`SentResponse::body`] the
    /// body is not checked.
    pub fn json(mut self, body: &'static str) -> Self {
        self.content.body = Some(Body::Json(body));
        self
    }

    /// Expects a body with the same bytes.
    pub fn body(mut self, body: &'static str) -> Self {
        self.content.body = Some(Body::Bytes(body));
        self
    }

    /// Compares the response of an output or error with the expected one.
    ///
    /// # Errors
    /// All differences, or the error of writing the response.
    pub fn check<T: IntoResponse>(&self, value: &T) -> Checked {
        let response =
            respond(value).map_err(|error| Mismatch(format!("there is no response: {error}")))?;
        let (head, body) = response.into_parts();
        let body = block_on(body.collect())
            .map_err(|error| Mismatch(format!("the body of the response: {error}")))?;
        let mut differences = status_difference(head.status, self.code);
        // The HTTP server adds the length of the body, also if it is empty.
        let mut headers = head.headers;
        let length = headers.entry(http::header::CONTENT_LENGTH);
        length.or_insert_with(|| body.len().into());
        self.content.differences(&headers, &body, &mut differences);
        Mismatch::unless_empty(&differences)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::operation_trait::Written;
    use crate::server::ResponseWriter;

    struct Greeting;

    impl IntoResponse for Greeting {
        const STATUS: u16 = 201;

        fn write(&self, res: &mut ResponseWriter) -> Written {
            res.object(|json| json.member("message", "hello"));
            Ok(())
        }
    }

    #[test]
    fn all_differences_are_reported() {
        let checked = SentResponse::new(201)
            .header("content-type", "application/json")
            .header("Content-Length", "19")
            .json(r#"{ "message": "hello" }"#)
            .check(&Greeting);
        assert!(checked.is_ok(), "{checked:?}");
        let checked = SentResponse::new(200)
            .no_header("content-type")
            .any_header("x-other")
            .body("hello")
            .check(&Greeting);
        let differences = [
            "the status is 201, not 200",
            "there is a header `content-type`",
            "there is no header `x-other`",
            r#"the body is `{"message":"hello"}`, not `hello`"#,
        ];
        assert_eq!(checked.unwrap_err().0, differences.join("\n"));
    }
}
