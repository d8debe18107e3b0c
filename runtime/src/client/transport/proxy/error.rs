//! Errors of proxies.

use crate::client::transport::error::{Fault, TransportError};
use crate::client::transport::proxy::routes::Proxy;
use crate::error::box_error::BoxError;
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// An error that names a proxy, and the cure, before its cause.
#[derive(Debug)]
struct ProxyError {
    message: String,
    source: Option<BoxError>,
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for ProxyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&**self.source.as_ref()?)
    }
}

fn error(fault: Fault, message: String, source: Option<BoxError>) -> TransportError {
    TransportError {
        fault,
        source: Box::new(ProxyError { message, source }),
    }
}

/// There is no connection to the proxy.
pub(super) fn unreachable(fault: Fault, proxy: &Proxy, source: BoxError) -> TransportError {
    let message = format!(
        "cannot reach the proxy {proxy} (check the URL of the proxy, or exempt the host with \
         `no_proxy`, NO_PROXY)"
    );
    error(fault, message, Some(source))
}

/// The proxy did not open a tunnel to the target.
pub(super) fn no_tunnel(
    fault: Fault,
    proxy: &Proxy,
    target: &str,
    reason: impl Into<BoxError>,
) -> TransportError {
    let message = format!(
        "no tunnel to {target} through the proxy {proxy} (check that it allows this host, or exempt \
         the host with `no_proxy`, NO_PROXY)"
    );
    error(fault, message, Some(reason.into()))
}

/// The proxy wants other credentials, or any.
pub(in crate::client::transport) fn unauthorized(proxy: &Proxy) -> TransportError {
    let problem = match proxy.authorization() {
        Some(_) => "does not accept the user and password of its URL: correct them",
        None => {
            "requires a user and a password: add them to its URL, `http://USER:PASSWORD@HOST:PORT`"
        }
    };
    let message =
        format!("the proxy {proxy} answered 407 Proxy Authentication Required: it {problem}");
    error(Fault::Setup, message, None)
}

/// There was no TLS connection to the target through the tunnel.
pub(in crate::client::transport) fn tls(
    fault: Fault,
    proxy: &str,
    source: BoxError,
) -> TransportError {
    let message = format!(
        "TLS through the proxy {proxy} failed (if the proxy decrypts TLS, trust its certificate with \
         `ca_bundle`, AWS_CA_BUNDLE)"
    );
    error(fault, message, Some(source))
}

/// Connecting through the proxy took too long.
pub(in crate::client::transport) fn timeout(proxy: &str, limit: Duration) -> TransportError {
    let message = format!(
        "no connection through the proxy {proxy} (check the URL of the proxy, or exempt the host with \
         `no_proxy`, NO_PROXY)"
    );
    let source = TransportError::timeout("connect", limit);
    error(Fault::Timeout, message, Some(source.into()))
}
