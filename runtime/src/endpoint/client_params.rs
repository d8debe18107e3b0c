//! Settings of a client that are specific to the endpoint rules of its service.

use std::collections::BTreeMap;

/// The values of client settings for parameters of endpoint rules (`clientContextParams`), by the
/// names of the parameters in the model. The client of a service has a typed setter for each of
/// them.
///
/// <https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-clientcontextparams-trait>
#[derive(Clone, Debug, Default)]
pub struct ClientParams(BTreeMap<&'static str, ClientParam>);

/// The value of such a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClientParam {
    /// A string.
    Text(String),
    /// A boolean.
    Flag(bool),
}

impl ClientParams {
    /// Sets a parameter.
    pub fn set(&mut self, name: &'static str, value: ClientParam) {
        self.0.insert(name, value);
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.0.get(name)? {
            ClientParam::Text(text) => Some(text),
            ClientParam::Flag(_) => None,
        }
    }

    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        match self.0.get(name)? {
            ClientParam::Flag(flag) => Some(*flag),
            ClientParam::Text(_) => None,
        }
    }
}

impl From<String> for ClientParam {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for ClientParam {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}
