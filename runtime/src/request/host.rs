//! The prefix that an operation puts before the endpoint's host (Smithy, *Endpoint traits*).

use super::{RequestError, RequestErrorKind, RequestWriter};
use crate::Endpoint;
use crate::endpoint::is_valid_host_label;
use crate::text::Texts;
use std::borrow::Cow;

impl<'a> RequestWriter<'a> {
    /// Appends a literal part of the host prefix.
    pub fn host(&mut self, literal: &str) -> &mut Self {
        self.host.push_str(literal);
        self
    }

    /// Appends a member to the host prefix. Nothing to check if the client leaves out host
    /// prefixes.
    ///
    /// # Errors
    /// [`RequestErrorKind::InvalidHostLabel`] for what is no label of a host: the request could go to another one.
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

    /// The endpoint, behind the prefix if there is one.
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
