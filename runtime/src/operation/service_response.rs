//! Error responses of a service.

use crate::error::excerpt::excerpt;
use crate::error::facts::ErrorFacts;
use crate::error::meta::{Call, ErrorMeta};
use crate::error::modeled::{Modeled, Unmodeled};
use crate::error::retry::Retry;
use crate::http_binding::request_id::request_id;
use crate::http_binding::response::{FromResponse, Response, header_text};
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, Uri};

/// An error response, which is converted to a variant of the service's error enum.
#[derive(Debug)]
pub struct ServiceResponse<'a> {
    response: Response<'a>,
    meta: ErrorMeta,
}

impl<'a> ServiceResponse<'a> {
    pub(crate) fn new(call: Call, response: Response<'a>, facts: ErrorFacts) -> Self {
        let mut meta = ErrorMeta::new(call);
        meta.status = Some(response.status_code());
        meta.request_id = request_id(response.headers()).map(str::to_owned);
        meta.code = facts.code;
        meta.message = facts.message;
        meta.excerpt = excerpt(response.body());
        meta.retry = Retry::classify(
            meta.code.as_deref().unwrap_or_default(),
            response.status_code().as_u16(),
        );
        if meta.code.is_none() {
            meta.summary = Some(summary(&response));
        }
        Self { response, meta }
    }

    /// The code of the error; empty if the response has none.
    pub fn code(&self) -> &str {
        self.meta.code.as_deref().unwrap_or_default()
    }

    /// Marks the error as retryable (`@retryable`).
    #[must_use]
    pub fn retryable(mut self) -> Self {
        self.meta.retry.get_or_insert(Retry::Transient);
        self
    }

    /// Marks the error as throttling (`@retryable(throttling: true)`).
    #[must_use]
    pub fn throttling(mut self) -> Self {
        self.meta.retry = Some(Retry::Throttling);
        self
    }

    /// Converts to the variant of an error of the model; to [`Unmodeled`] if its members cannot be
    /// read.
    pub fn modeled<T: FromResponse, E: From<Unmodeled>>(
        mut self,
        variant: impl FnOnce(Modeled<T>) -> E,
    ) -> E {
        match self.response.read() {
            Ok(error) => variant(Modeled::new(error, self.meta)),
            Err(error) => {
                self.meta.source = Some(Box::new(error));
                E::from(self.unmodeled())
            }
        }
    }

    /// Converts to an error that the model does not define.
    pub fn unmodeled(mut self) -> Unmodeled {
        self.meta.body = Some(self.response.body().clone());
        Unmodeled::new(self.meta)
    }
}

/// A summary of a response without an error code, such as `502 Bad Gateway, text/html, 162 bytes`.
/// It contains the target of a redirect, since redirects are not followed.
fn summary(response: &Response<'_>) -> String {
    let mut text = response.status_code().to_string();
    if response.status_code().is_redirection()
        && let Some(location) = location(response.headers())
    {
        text.push_str(" to ");
        text.extend(location.chars().take(256));
    }
    if let Some(media_type) = response
        .headers()
        .get(CONTENT_TYPE)
        .map(header_text)
        .as_deref()
    {
        text.push_str(", ");
        text.extend(
            media_type
                .split(';')
                .next()
                .unwrap_or_default()
                .trim()
                .chars()
                .take(64),
        );
    }
    match response.body().len() {
        0 => text.push_str(", no body"),
        length => text.push_str(&format!(", {length} bytes")),
    }
    text
}

/// The target of a redirect, without the parts that may be secret: user, query and fragment.
fn location(headers: &HeaderMap) -> Option<String> {
    let uri = Uri::try_from(headers.get(LOCATION)?.as_bytes()).ok()?;
    let mut text = String::new();
    if let (Some(scheme), Some(host)) = (uri.scheme_str(), uri.host()) {
        text.extend([scheme, "://", host]);
        text.extend(uri.port().map(|port| format!(":{port}")));
    }
    text.push_str(uri.path());
    Some(text)
}
