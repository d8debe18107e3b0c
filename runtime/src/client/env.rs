//! Settings in environment variables (AWS, *AWS SDKs and Tools Reference Guide*, Environment variables).

use super::ConfigError;
use aws_credential_types::Credentials;
use std::ffi::OsString;

/// What the environment says. A variable that is empty says nothing.
#[derive(Debug, Default)]
pub(super) struct Environment {
    pub(super) region: Option<String>,
    pub(super) credentials: Option<Credentials>,
    pub(super) endpoint_url: Option<String>,
    pub(super) fips: Option<bool>,
    pub(super) dual_stack: Option<bool>,
    pub(super) max_attempts: Option<u32>,
}

impl Environment {
    /// Reads the variables; `id` is the service's.
    pub(super) fn read(id: &str, lookup: impl Fn(&str) -> Option<OsString>) -> Result<Self, ConfigError> {
        let lookup = Lookup(lookup);
        let service = format!("AWS_ENDPOINT_URL_{}", id.replace([' ', '-'], "_").to_ascii_uppercase());
        Ok(Self {
            region: lookup.first(&["AWS_REGION", "AWS_DEFAULT_REGION"])?,
            credentials: lookup.credentials()?,
            endpoint_url: lookup.first(&[&service, "AWS_ENDPOINT_URL"])?,
            fips: lookup.boolean("AWS_USE_FIPS_ENDPOINT")?,
            dual_stack: lookup.boolean("AWS_USE_DUALSTACK_ENDPOINT")?,
            max_attempts: lookup.max_attempts()?,
        })
    }
}

struct Lookup<F>(F);

impl<F: Fn(&str) -> Option<OsString>> Lookup<F> {
    fn text(&self, name: &str) -> Result<Option<String>, ConfigError> {
        let Some(value) = (self.0)(name).filter(|value| !value.is_empty()) else { return Ok(None) };
        value.into_string().map(Some).map_err(|_| ConfigError::new(format!("{name} is no text (UTF-8)")))
    }

    fn first(&self, names: &[&str]) -> Result<Option<String>, ConfigError> {
        for name in names {
            if let Some(value) = self.text(name)? {
                return Ok(Some(value));
            }
        }
        Ok(None)
    }

    fn credentials(&self) -> Result<Option<Credentials>, ConfigError> {
        const KEY: &str = "AWS_ACCESS_KEY_ID";
        const SECRET: &str = "AWS_SECRET_ACCESS_KEY";
        match (self.text(KEY)?, self.text(SECRET)?) {
            (None, None) => Ok(None),
            (Some(_), None) => Err(ConfigError::new(format!("{KEY} is set, but {SECRET} is not"))),
            (None, Some(_)) => Err(ConfigError::new(format!("{SECRET} is set, but {KEY} is not"))),
            (Some(key), Some(secret)) => {
                let token = self.text("AWS_SESSION_TOKEN")?;
                Ok(Some(Credentials::new(key, secret, token, None, "environment")))
            }
        }
    }

    fn boolean(&self, name: &str) -> Result<Option<bool>, ConfigError> {
        let Some(value) = self.text(name)? else { return Ok(None) };
        match value.to_ascii_lowercase().as_str() {
            "true" => Ok(Some(true)),
            "false" => Ok(Some(false)),
            _ => Err(ConfigError::new(format!("{name} is {value:?}: it can be `true` or `false`"))),
        }
    }

    fn max_attempts(&self) -> Result<Option<u32>, ConfigError> {
        const NAME: &str = "AWS_MAX_ATTEMPTS";
        let Some(value) = self.text(NAME)? else { return Ok(None) };
        match value.parse() {
            Ok(attempts) if attempts > 0 => Ok(Some(attempts)),
            _ => Err(ConfigError::new(format!("{NAME} is {value:?}: it can be a whole number from 1"))),
        }
    }
}
