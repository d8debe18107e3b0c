//! Host prefixes (Smithy, *Endpoint traits*).

use crate::endpoint::functions::is_valid_host_label;
use crate::endpoint::url::Endpoint;
use crate::http_binding::request::error::{RequestError, RequestErrorKind};
use crate::http_binding::request::writer::RequestWriter;
use crate::types::text::texts::Texts;
use std::borrow::Cow;

impl<'a> RequestWriter<'a> {
    /// Appends a literal part of the host prefix.
    pub fn host(&mut self, literal: &str) -> &mut Self {
        self.host.push_str(literal);
        self
    }

    /// Appends a member to the host prefix. The value is not checked if the client disables host
    /// prefixes.
    ///
    /// # Errors
    /// [`RequestErrorKind::InvalidHostLabel`] if the value is not a host label, since the request
    /// could be sent to another host.
    pub fn host_label(
        &mut self,
        member: &'static str,
        value: &impl Texts,
    ) -> Result<&mut Self, RequestError> {
        let text = value
            .texts()
            .and_then(|mut texts| texts.next())
            .unwrap_or_default();
        if self.settings.has_host_prefix() && !is_valid_host_label(&text, false) {
            return Err(RequestError::new(
                RequestErrorKind::InvalidHostLabel,
                member,
            ));
        }
        Ok(self.host(&text))
    }

    /// The endpoint with the host prefix, if there is one.
    pub(super) fn prefixed_endpoint(&self) -> Result<Cow<'a, Endpoint>, RequestError> {
        if self.host.is_empty() || !self.settings.has_host_prefix() {
            return Ok(Cow::Borrowed(self.endpoint));
        }
        let prefixed = self.endpoint.with_host_prefix(&self.host);
        prefixed.map(Cow::Owned).ok_or(RequestError::new(
            RequestErrorKind::NoHostPrefix,
            "host prefix",
        ))
    }
}
