//! Reading single environment variables.

use crate::client::config_error::ConfigError;
use std::ffi::OsString;

/// Looks up environment variables. An empty variable counts as not set.
pub(super) struct Lookup<F>(pub(super) F);

impl<F: Fn(&str) -> Option<OsString>> Lookup<F> {
    /// The value of a variable as it is, even if it is empty.
    pub(super) fn raw(&self, name: &str) -> Option<OsString> {
        (self.0)(name)
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<String>, ConfigError> {
        let Some(value) = self.raw(name).filter(|value| !value.is_empty()) else {
            return Ok(None);
        };
        value
            .into_string()
            .map(Some)
            .map_err(|_| ConfigError::new(format!("{name} is not UTF-8")))
    }

    /// A secret, which is checked for invalid characters.
    pub(super) fn secret(
        &self,
        name: &str,
        check: fn(&str, &str) -> Result<(), String>,
    ) -> Result<Option<String>, ConfigError> {
        let value = self.text(name)?;
        value
            .as_deref()
            .map_or(Ok(()), |value| check(name, value))
            .map_err(ConfigError::new)?;
        Ok(value)
    }

    /// The value of the first variable that is set.
    pub(super) fn first(&self, names: &[&str]) -> Result<Option<String>, ConfigError> {
        for name in names {
            if let Some(value) = self.text(name)? {
                return Ok(Some(value));
            }
        }
        Ok(None)
    }
}
