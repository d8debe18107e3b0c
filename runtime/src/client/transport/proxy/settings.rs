//! The proxies that a transport is given.

use crate::client::config_error::ConfigError;
use http::Uri;
use percent_encoding::percent_decode_str;

/// The proxies for the targets of each scheme, and the targets that need none. Nothing of it is
/// printed, because a URL may contain a password.
#[derive(Clone, Default)]
pub(in crate::client) struct Proxies {
    /// The proxy for targets of the scheme `http`.
    pub(in crate::client) http: Option<ProxyUrl>,
    /// The proxy for targets of the scheme `https`.
    pub(in crate::client) https: Option<ProxyUrl>,
    /// The targets without proxy, in the form of `NO_PROXY`.
    pub(in crate::client) no_proxy: String,
}

/// The URL of a proxy, which was checked.
#[derive(Clone)]
pub(in crate::client) struct ProxyUrl(String);

impl ProxyUrl {
    /// Checks the URL of a setting.
    ///
    /// # Errors
    /// The URL cannot be used. The error names the setting, but not the URL, which may contain a
    /// password.
    pub(in crate::client) fn new(setting: &str, url: &str) -> Result<Self, ConfigError> {
        match check(url) {
            Ok(()) => Ok(Self(url.to_owned())),
            Err(problem) => Err(ConfigError::new(format!(
                "{setting} is not the URL of a proxy: {problem}; expected `http://HOST:PORT` or \
                 `http://USER:PASSWORD@HOST:PORT`, where special characters of user and password \
                 are percent-encoded"
            ))),
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Checks the URL of a proxy. Returns what is wrong with it.
fn check(url: &str) -> Result<(), String> {
    let not_a_url = || "it is not a valid URL".to_owned();
    let uri: Uri = url.parse().map_err(|_| not_a_url())?;
    if let Some(scheme) = uri
        .scheme_str()
        .filter(|it| !["http", "https"].contains(it))
    {
        return Err(format!(
            "the scheme `{scheme}` is not supported, only `http` and `https` are"
        ));
    }
    let authority = uri.authority().ok_or("it has no host")?;
    let (user, address) = match authority.as_str().split_once('@') {
        Some((user, address)) => (user, address),
        None => ("", authority.as_str()),
    };
    // A `/`, `?`, `#` or `@` in a password ends the host, or the user, too early.
    let has_path = uri.path_and_query().is_some_and(|path| path != "/");
    if has_path || url.contains('#') || address.contains('@') {
        return Err("there is more than user, password, host and port".to_owned());
    }
    if authority.host().is_empty() {
        return Err("it has no host".to_owned());
    }
    let port = address.strip_prefix(authority.host()).unwrap_or_default();
    if !port.is_empty() && authority.port_u16().is_none_or(|port| port == 0) {
        return Err("its port is not a number from 1 to 65535".to_owned());
    }
    percent_decode_str(user)
        .decode_utf8()
        .map_err(|_| "user and password are not UTF-8")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_of_proxies_are_accepted() {
        for url in [
            "http://proxy:3128",
            "http://proxy:3128/",
            "HTTPS://proxy",
            "proxy:3128",
            "proxy",
            "http://[::1]:3128",
            "http://us%40er:p%2Fass@10.0.0.1:8080",
            "user:password@proxy:3128",
        ] {
            assert!(check(url).is_ok(), "{url}");
        }
    }

    #[test]
    fn errors_name_setting_and_problem_without_the_url() {
        for (url, problem) in [
            (
                "socks5://u5er:s3cret@proxy:1080",
                "the scheme `socks5` is not supported",
            ),
            ("http://u5er:s3cret@:3128", "it has no host"),
            ("http://:3128", "it has no host"),
            ("/s3cret", "it has no host"),
            ("http://u5er:s3cret@", "it is"),
            ("http://", "it is not a valid URL"),
            ("http://u5er:s3cret @proxy:3128", "it is not a valid URL"),
            ("http://u5er:s3cret@proxy:99999", "its port is not a number"),
            ("http://u5er:s3cret@proxy:0", "its port is not a number"),
            ("http://u5er:s3cret@proxy:", "its port is not a number"),
            ("http://proxy:s3cret", "it"),
            ("http://u5er:1/s3cret@proxy:3128", "there is more than"),
            ("http://u5er:1?s3cret@proxy:3128", "there is more than"),
            ("http://u5er:1#s3cret@proxy:3128", "there is more than"),
            ("http://u5er:s3c@ret@proxy:3128", "it"),
            (
                "http://u5er:s3cret%ff@proxy:3128",
                "user and password are not UTF-8",
            ),
        ] {
            let text = ProxyUrl::new("HTTPS_PROXY", url).err().unwrap().to_string();
            let start = format!("HTTPS_PROXY is not the URL of a proxy: {problem}");
            assert!(
                text.starts_with(&start)
                    || problem == "it"
                        && text.starts_with("HTTPS_PROXY is not the URL of a proxy: "),
                "{url}: {text}"
            );
            assert!(text.contains("; expected `http://HOST:PORT` or "), "{text}");
            assert!(!text.contains("s3c") && !text.contains("u5er"), "{text}");
        }
    }
}
