//! The endpoint of a service.

use http::uri::{Authority, PathAndQuery, Scheme, Uri};
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// The endpoint of a service: scheme, host, optional port and optional base path, such as
/// `https://appfabric.us-east-1.amazonaws.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    scheme: Scheme,
    authority: Authority,
    /// Empty, or starts with a slash and does not end with one.
    path: String,
}

impl Endpoint {
    /// Parses a URL.
    ///
    /// # Errors
    /// The text is not a URL, the scheme is neither `http` nor `https`, or the URL has user
    /// information, a query string or a fragment.
    pub fn new(url: &str) -> Result<Self, EndpointError> {
        if url.contains('#') {
            return Err(EndpointError("an endpoint cannot have a fragment"));
        }
        let uri = Uri::from_str(url).map_err(|_| EndpointError("it is not a valid URL"))?;
        let parts = uri.into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(EndpointError("an endpoint needs a scheme and a host"));
        };
        if scheme != Scheme::HTTP && scheme != Scheme::HTTPS {
            return Err(EndpointError(
                "the scheme of an endpoint has to be http or https",
            ));
        }
        if authority.as_str().contains('@') {
            return Err(EndpointError("an endpoint cannot have user information"));
        }
        if authority.host().is_empty() {
            return Err(EndpointError("an endpoint needs a host"));
        }
        if authority.as_str() != authority.host() && authority.port_u16().is_none() {
            return Err(EndpointError(
                "the port of an endpoint has to be a number up to 65535",
            ));
        }
        let path = parts
            .path_and_query
            .unwrap_or_else(|| PathAndQuery::from_static("/"));
        if path.query().is_some() {
            return Err(EndpointError("an endpoint cannot have a query string"));
        }
        let path = path.path().trim_end_matches('/').to_owned();
        Ok(Self {
            scheme,
            authority,
            path,
        })
    }

    /// `http` or `https`.
    pub fn scheme(&self) -> &str {
        self.scheme.as_str()
    }

    /// The host, and the port if there is one.
    pub fn authority(&self) -> &str {
        self.authority.as_str()
    }

    /// The base path of all operations: empty, or starts with a slash and does not end with one.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Adds a prefix to the host. `None` if the host is an IP address, or the result is not a valid
    /// host.
    pub(crate) fn with_host_prefix(&self, prefix: &str) -> Option<Self> {
        let authority = self.authority.as_str();
        let prefixed = (!is_ip(authority)).then(|| format!("{prefix}{authority}"))?;
        Some(Self {
            authority: prefixed.parse().ok()?,
            ..self.clone()
        })
    }

    /// The URI of a path and query string, which include the base path.
    pub(crate) fn uri(&self, path_and_query: String) -> Result<Uri, http::Error> {
        let path_and_query = PathAndQuery::from_maybe_shared(bytes::Bytes::from(path_and_query))?;
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(path_and_query);
        Ok(Uri::from_parts(parts)?)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.authority, self.path)
    }
}

impl FromStr for Endpoint {
    type Err = EndpointError;

    fn from_str(url: &str) -> Result<Self, EndpointError> {
        Self::new(url)
    }
}

/// Whether the host of an authority is an IPv4 or IPv6 address.
pub(super) fn is_ip(authority: &str) -> bool {
    match authority
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    {
        Some((address, _)) => address.parse::<Ipv6Addr>().is_ok(),
        None => authority
            .split(':')
            .next()
            .is_some_and(|host| host.parse::<Ipv4Addr>().is_ok()),
    }
}

/// The error for a text that is not an [`Endpoint`]. It does not contain the text, which may
/// include a password.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct EndpointError(&'static str);

/// The same line as `Display`, which a program prints whose `main` returns the error.
impl fmt::Debug for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for EndpointError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_displayed_as_its_url() {
        for (url, printed) in [
            (
                "https://appfabric.us-east-1.amazonaws.com",
                "https://appfabric.us-east-1.amazonaws.com",
            ),
            ("http://localhost:8080/", "http://localhost:8080"),
            (
                "http://[::1]:8080/base/path/",
                "http://[::1]:8080/base/path",
            ),
        ] {
            assert_eq!(Endpoint::new(url).unwrap().to_string(), printed);
        }
    }

    #[test]
    fn errors_of_invalid_endpoints_do_not_contain_the_url() {
        for url in [
            "",
            "localhost",
            "/path",
            "ftp://host",
            "https://",
            "https://u:p@host",
            "https://host/?a=b",
            "https://h o",
            "https://host/#f",
            "https://:80",
            "https://host:port",
            "https://host:65536",
            "https://host:",
        ] {
            assert!(Endpoint::new(url).is_err(), "{url}");
        }
        assert!(
            !Endpoint::new("https://me:secret@host")
                .unwrap_err()
                .to_string()
                .contains("secret")
        );
    }
}
