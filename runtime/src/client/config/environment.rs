//! Settings from environment variables (AWS, *AWS SDKs and Tools Reference Guide*, Environment
//! variables).

use crate::client::auth::text::{check_header_text, check_secret};
#[cfg(feature = "https")]
use crate::client::config::https_variables;
use crate::client::config::lookup::Lookup;
use crate::client::config_error::ConfigError;
use crate::client::endpoint::AccountIdEndpointMode;
use crate::client::service::Service;
#[cfg(feature = "https")]
use crate::client::transport::https::Https;
use crate::http_binding::request::settings::RequestSettings;
use crate::operation::auth::Scheme;
use aws_credential_types::{Credentials, Token};
use std::ffi::OsString;

/// Settings from environment variables. An empty variable counts as not set.
#[derive(Debug)]
pub(super) struct Environment {
    pub(super) region: Option<String>,
    pub(super) credentials: Option<Credentials>,
    pub(super) token: Option<Token>,
    pub(super) endpoint_url: Option<String>,
    pub(super) fips: Option<bool>,
    pub(super) dual_stack: Option<bool>,
    pub(super) account_id_mode: Option<AccountIdEndpointMode>,
    pub(super) max_attempts: Option<u32>,
    pub(super) requests: RequestSettings,
    /// The default transport. A problem with its variables does not count if there is another.
    #[cfg(feature = "https")]
    pub(super) https: Result<Https, ConfigError>,
}

impl Environment {
    /// Reads the variables of a service.
    pub(super) fn read(
        service: &Service,
        lookup: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, ConfigError> {
        let lookup = Lookup(lookup);
        let endpoint_url = variable("AWS_ENDPOINT_URL_", service.id);
        Ok(Self {
            region: lookup.first(&["AWS_REGION", "AWS_DEFAULT_REGION"])?,
            credentials: lookup.credentials()?,
            token: lookup.token(service.schemes)?,
            endpoint_url: lookup.first(&[&endpoint_url, "AWS_ENDPOINT_URL"])?,
            fips: lookup.boolean("AWS_USE_FIPS_ENDPOINT")?,
            dual_stack: lookup.boolean("AWS_USE_DUALSTACK_ENDPOINT")?,
            account_id_mode: lookup.account_id_mode()?,
            max_attempts: lookup.max_attempts()?,
            #[cfg(feature = "https")]
            https: https_variables::https(&lookup),
            requests: RequestSettings {
                disable_host_prefix: lookup.boolean("AWS_DISABLE_HOST_PREFIX_INJECTION")?,
                disable_compression: lookup.boolean("AWS_DISABLE_REQUEST_COMPRESSION")?,
                min_compression_size: lookup.min_compression_size()?,
            },
        })
    }
}

/// The name of a variable that contains the name of a service.
fn variable(start: &str, name: &str) -> String {
    format!(
        "{start}{}",
        name.replace([' ', '-'], "_").to_ascii_uppercase()
    )
}

/// The name of a service in the variable of its bearer token: its name in signatures. `None` unless
/// the service accepts both tokens and signatures.
pub(super) fn token_name(schemes: &[Scheme]) -> Option<&'static str> {
    let name = schemes.iter().find_map(|scheme| match scheme {
        Scheme::SigV4(name) | Scheme::SigV4a(name) => Some(*name),
        Scheme::Bearer => None,
    });
    name.filter(|_| schemes.contains(&Scheme::Bearer))
}

impl<F: Fn(&str) -> Option<OsString>> Lookup<F> {
    fn credentials(&self) -> Result<Option<Credentials>, ConfigError> {
        const KEY: &str = "AWS_ACCESS_KEY_ID";
        const SECRET: &str = "AWS_SECRET_ACCESS_KEY";
        match (
            self.secret(KEY, check_header_text)?,
            self.secret(SECRET, check_secret)?,
        ) {
            (None, None) => Ok(None),
            (Some(_), None) => Err(ConfigError::new(format!(
                "{KEY} is set, but {SECRET} is not"
            ))),
            (None, Some(_)) => Err(ConfigError::new(format!(
                "{SECRET} is set, but {KEY} is not"
            ))),
            (Some(key), Some(secret)) => {
                let mut credentials = Credentials::builder()
                    .access_key_id(key)
                    .secret_access_key(secret)
                    .provider_name("environment");
                credentials.set_session_token(self.secret("AWS_SESSION_TOKEN", check_header_text)?);
                credentials.set_account_id(self.text("AWS_ACCOUNT_ID")?.map(Into::into));
                Ok(Some(credentials.build()))
            }
        }
    }

    fn token(&self, schemes: &[Scheme]) -> Result<Option<Token>, ConfigError> {
        match token_name(schemes) {
            Some(name) => {
                let token = self.secret(&variable("AWS_BEARER_TOKEN_", name), check_header_text)?;
                Ok(token.map(Token::from))
            }
            None => Ok(None),
        }
    }

    fn account_id_mode(&self) -> Result<Option<AccountIdEndpointMode>, ConfigError> {
        const NAME: &str = "AWS_ACCOUNT_ID_ENDPOINT_MODE";
        let Some(value) = self.text(NAME)? else {
            return Ok(None);
        };
        let unknown = || {
            let allowed = "expected `preferred`, `disabled` or `required`";
            ConfigError::new(format!("{NAME} is {value:?}: {allowed}"))
        };
        AccountIdEndpointMode::from_name(&value)
            .map(Some)
            .ok_or_else(unknown)
    }

    fn boolean(&self, name: &str) -> Result<Option<bool>, ConfigError> {
        let Some(value) = self.text(name)? else {
            return Ok(None);
        };
        match value.to_ascii_lowercase().as_str() {
            "true" => Ok(Some(true)),
            "false" => Ok(Some(false)),
            _ => Err(ConfigError::new(format!(
                "{name} is {value:?}: expected `true` or `false`"
            ))),
        }
    }

    fn max_attempts(&self) -> Result<Option<u32>, ConfigError> {
        const NAME: &str = "AWS_MAX_ATTEMPTS";
        let Some(value) = self.text(NAME)? else {
            return Ok(None);
        };
        match value.parse() {
            Ok(attempts) if attempts > 0 => Ok(Some(attempts)),
            _ => Err(ConfigError::new(format!(
                "{NAME} is {value:?}: expected an integer of at least 1"
            ))),
        }
    }

    fn min_compression_size(&self) -> Result<Option<usize>, ConfigError> {
        const NAME: &str = "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES";
        let Some(value) = self.text(NAME)? else {
            return Ok(None);
        };
        let problem =
            |_| ConfigError::new(format!("{NAME} is {value:?}: expected a number of bytes"));
        value.parse().map(Some).map_err(problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::service::Endpoints;

    fn read(variables: &[(&str, &str)]) -> Result<Environment, String> {
        let lookup = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        };
        let service = Service {
            id: "App Mesh",
            schemes: &[Scheme::SigV4("app-mesh"), Scheme::Bearer],
            user_agent: "",
            endpoints: Endpoints::Shared(|params| params.no_region()),
        };
        Environment::read(&service, lookup).map_err(|error| error.to_string())
    }

    #[test]
    fn all_variables_are_read() {
        let environment = read(&[
            ("AWS_REGION", "eu-west-1"),
            ("AWS_DEFAULT_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "AKID"),
            ("AWS_SECRET_ACCESS_KEY", "s3cret"),
            ("AWS_SESSION_TOKEN", "t0ken"),
            ("AWS_ENDPOINT_URL_APP_MESH", "http://mesh"),
            ("AWS_ENDPOINT_URL", "http://all"),
            ("AWS_USE_FIPS_ENDPOINT", "TRUE"),
            ("AWS_USE_DUALSTACK_ENDPOINT", "false"),
            ("AWS_MAX_ATTEMPTS", "5"),
            ("AWS_DISABLE_HOST_PREFIX_INJECTION", "true"),
            ("AWS_DISABLE_REQUEST_COMPRESSION", "false"),
            ("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "128"),
            ("AWS_BEARER_TOKEN_APP_MESH", "b34rer"),
            ("AWS_ACCOUNT_ID", "123456789012"),
            ("AWS_ACCOUNT_ID_ENDPOINT_MODE", "Required"),
        ])
        .unwrap();
        assert_eq!(environment.region.as_deref(), Some("eu-west-1"));
        assert_eq!(environment.endpoint_url.as_deref(), Some("http://mesh"));
        assert_eq!(
            (environment.fips, environment.dual_stack),
            (Some(true), Some(false))
        );
        assert_eq!(environment.max_attempts, Some(5));
        let requests = environment.requests;
        assert_eq!(
            (requests.disable_host_prefix, requests.disable_compression),
            (Some(true), Some(false))
        );
        assert_eq!(requests.min_compression_size, Some(128));
        let shown = format!("{environment:?}");
        assert!(
            ["s3cret", "t0ken", "b34rer"]
                .iter()
                .all(|secret| !shown.contains(secret)),
            "{shown}"
        );
        assert_eq!(
            environment.account_id_mode,
            Some(AccountIdEndpointMode::Required)
        );
        assert_eq!(environment.token.unwrap().token(), "b34rer");
        let credentials = environment.credentials.unwrap();
        assert_eq!(
            (credentials.access_key_id(), credentials.secret_access_key()),
            ("AKID", "s3cret")
        );
        assert_eq!(credentials.session_token(), Some("t0ken"));
        assert_eq!(credentials.account_id().unwrap().as_str(), "123456789012");
    }

    #[test]
    fn fallback_variables_are_read_if_the_first_is_empty() {
        let environment = read(&[
            ("AWS_REGION", ""),
            ("AWS_DEFAULT_REGION", "us-east-1"),
            ("AWS_ENDPOINT_URL", "http://all"),
            ("AWS_ACCESS_KEY_ID", ""),
            ("AWS_MAX_ATTEMPTS", ""),
        ])
        .unwrap();
        assert_eq!(environment.region.as_deref(), Some("us-east-1"));
        assert_eq!(environment.endpoint_url.as_deref(), Some("http://all"));
        assert!(environment.credentials.is_none() && environment.max_attempts.is_none());
    }

    #[test]
    fn errors_name_invalid_secrets_without_their_values() {
        let good = [
            ("AWS_ACCESS_KEY_ID", "AKID"),
            ("AWS_SECRET_ACCESS_KEY", "s3cret"),
            ("AWS_SESSION_TOKEN", "t0ken"),
            ("AWS_BEARER_TOKEN_APP_MESH", "b34rer"),
        ];
        assert!(read(&good).is_ok());
        for (index, (name, value)) in good.into_iter().enumerate() {
            for (end, what) in [
                ("\n", "a line feed"),
                ("\r", "a carriage return"),
                ("\0", "a control character"),
            ] {
                let mut variables = good;
                let wrong = format!("{value}{end}");
                variables[index].1 = &wrong;
                assert_eq!(
                    read(&variables).unwrap_err(),
                    format!("{name} contains {what}")
                );
            }
        }
    }

    #[test]
    fn errors_name_the_variable_and_the_expected_values() {
        for (variable, message) in [
            (
                ("AWS_ACCESS_KEY_ID", "AKID"),
                "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not",
            ),
            (
                ("AWS_SECRET_ACCESS_KEY", "s"),
                "AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not",
            ),
            (
                ("AWS_USE_FIPS_ENDPOINT", "yes"),
                "AWS_USE_FIPS_ENDPOINT is \"yes\": expected `true` or `false`",
            ),
            (
                ("AWS_ACCOUNT_ID_ENDPOINT_MODE", "maybe"),
                "AWS_ACCOUNT_ID_ENDPOINT_MODE is \"maybe\": expected `preferred`, `disabled` or `required`",
            ),
            (
                ("AWS_MAX_ATTEMPTS", "0"),
                "AWS_MAX_ATTEMPTS is \"0\": expected an integer of at least 1",
            ),
            (
                ("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "-1"),
                "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES is \"-1\": expected a number of bytes",
            ),
        ] {
            assert_eq!(read(&[variable]).unwrap_err(), message);
        }
    }
}
