//! Environment variables of the default transport.

use crate::client::config::lookup::Lookup;
use crate::client::config_error::ConfigError;
use crate::client::transport::https::Https;
use crate::client::transport::proxy::settings::{Proxies, ProxyUrl};
use std::ffi::OsString;

/// The variable with the file of certificates that a client trusts.
const CA_BUNDLE: &str = "AWS_CA_BUNDLE";

/// The default transport with the settings of the environment.
pub(super) fn https<F: Fn(&str) -> Option<OsString>>(
    lookup: &Lookup<F>,
) -> Result<Https, ConfigError> {
    let https = Https::new().proxies(proxies(lookup)?);
    let bundle = lookup.raw(CA_BUNDLE).filter(|path| !path.is_empty());
    Ok(match bundle {
        Some(path) => https.bundle(CA_BUNDLE, path.into()),
        None => https,
    })
}

/// The proxies. Names in lower case take precedence, as in curl and botocore.
fn proxies<F: Fn(&str) -> Option<OsString>>(lookup: &Lookup<F>) -> Result<Proxies, ConfigError> {
    // Under CGI, HTTP_PROXY is the header `Proxy` of a request, which anybody may send.
    let is_cgi = lookup.raw("REQUEST_METHOD").is_some();
    let http: &[&str] = match is_cgi {
        true => &["http_proxy", "all_proxy", "ALL_PROXY"],
        false => &["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"],
    };
    let https = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
    Ok(Proxies {
        http: proxy(lookup, http)?,
        https: proxy(lookup, &https)?,
        no_proxy: lookup.first(&["no_proxy", "NO_PROXY"])?.unwrap_or_default(),
    })
}

/// The proxy of the first variable that is set.
fn proxy<F: Fn(&str) -> Option<OsString>>(
    lookup: &Lookup<F>,
    names: &[&str],
) -> Result<Option<ProxyUrl>, ConfigError> {
    for name in names {
        if let Some(url) = lookup.text(name)? {
            return ProxyUrl::new(name, &url).map(Some);
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::transport::proxy::routes::Routes;

    /// The proxies for an `http` and an `https` target.
    fn read(variables: &[(&str, &str)]) -> Result<[Option<String>; 2], String> {
        let lookup = Lookup(|name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        });
        let proxies = proxies(&lookup).map_err(|error| error.to_string())?;
        let routes = Routes::new(&proxies);
        Ok(["http://a", "https://a"].map(|target| {
            let proxy = routes.proxy(&target.parse().unwrap())?;
            Some(proxy.to_string())
        }))
    }

    #[track_caller]
    fn assert_read(variables: &[(&str, &str)], http: &str, https: &str) {
        let expected = [http, https].map(|it| (!it.is_empty()).then(|| format!("{it}:80")));
        assert_eq!(read(variables).unwrap(), expected);
    }

    #[test]
    fn variables_of_proxies_have_an_order() {
        assert_read(&[], "", "");
        assert_read(&[("HTTP_PROXY", "a")], "a", "");
        assert_read(&[("HTTPS_PROXY", "a")], "", "a");
        assert_read(&[("ALL_PROXY", "a")], "a", "a");
        assert_read(&[("ALL_PROXY", "a"), ("all_proxy", "b")], "b", "b");
        assert_read(&[("ALL_PROXY", "a"), ("HTTPS_PROXY", "b")], "a", "b");
        assert_read(&[("HTTPS_PROXY", "a"), ("https_proxy", "b")], "", "b");
        assert_read(&[("HTTP_PROXY", "a"), ("http_proxy", "b")], "b", "");
        assert_read(&[("HTTP_PROXY", "a"), ("http_proxy", "")], "a", "");
        assert_read(&[("ALL_PROXY", "a"), ("NO_PROXY", "a")], "", "");
        assert_read(
            &[("ALL_PROXY", "p"), ("NO_PROXY", "a"), ("no_proxy", "b")],
            "p",
            "p",
        );
    }

    #[test]
    fn requests_of_cgi_do_not_set_the_proxy() {
        let cgi = ("REQUEST_METHOD", "");
        assert_read(&[cgi, ("HTTP_PROXY", "a")], "", "");
        assert_read(&[cgi, ("HTTP_PROXY", "a"), ("http_proxy", "b")], "b", "");
        assert_read(&[cgi, ("HTTP_PROXY", "a"), ("HTTPS_PROXY", "b")], "", "b");
        assert_read(&[cgi, ("HTTP_PROXY", "a"), ("ALL_PROXY", "b")], "b", "b");
    }

    #[test]
    fn errors_name_the_variable_and_not_its_value() {
        for name in [
            "HTTPS_PROXY",
            "https_proxy",
            "HTTP_PROXY",
            "http_proxy",
            "ALL_PROXY",
        ] {
            let text = read(&[(name, "socks5://u5er:s3cret@proxy")]).unwrap_err();
            assert!(
                text.starts_with(&format!(
                    "{name} is not the URL of a proxy: the scheme `socks5`"
                )) && !text.contains("s3cret")
                    && !text.contains("u5er"),
                "{text}"
            );
        }
    }
}
