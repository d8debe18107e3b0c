//! Settings of a client that only its service's endpoint rules know.

use std::collections::BTreeMap;

/// The values that a client's settings give to parameters of endpoint rules
/// (`clientContextParams`), by the parameters' names in the model. The client of a service has a
/// typed setting for each.
///
/// <https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-clientcontextparams-trait>
#[derive(Clone, Debug, Default)]
pub struct ClientParams(BTreeMap<&'static str, ClientParam>);

/// The value of such a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClientParam {
    /// Text.
    Text(String),
    /// Yes or no.
    Flag(bool),
}

impl ClientParams {
    /// Gives a parameter its value.
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
