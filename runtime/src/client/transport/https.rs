//! The default transport.

use crate::client::config_error::ConfigError;
use crate::client::transport::connect::Connect;
use crate::client::transport::error::TransportError;
use crate::client::transport::proxy::error::unauthorized;
use crate::client::transport::proxy::routes::{Proxy, Routes};
use crate::client::transport::proxy::settings::{Proxies, ProxyUrl};
use crate::client::transport::tls::{Trust, trusting};
use crate::error::box_error::BoxError;
use crate::http_binding::body::body_type::Body;
use http::header::PROXY_AUTHORIZATION;
use http::uri::Scheme;
use http::{Request, Response, StatusCode, Uri};
use hyper_util::client::legacy::{Client, Error as HyperError};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::{ClientConfig, RootCertStore};
use std::error::Error;
use std::fmt;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;
use tower_service::Service;

/// The time after which an idle connection is closed. Load balancers of AWS close connections after
/// 60 seconds, and a request must not be sent on a connection that is being closed.
const IDLE_TIMEOUT: Duration = Duration::from_secs(50);

/// HTTP/1.1 over TLS with the certificates of the operating system. With the feature
/// `http2` also HTTP/2, if the server supports it. URLs with the scheme `http` are called without
/// TLS. Clones share their connections.
///
/// Requires a tokio runtime. Creating a transport does no I/O.
#[derive(Clone)]
pub struct Https {
    connect_timeout: Option<Duration>,
    trust: Trust,
    proxies: Proxies,
    pool: Arc<OnceLock<Result<Pool, String>>>,
}

struct Pool {
    client: Client<Connect, Body>,
    routes: Arc<Routes>,
    /// Why TLS is not usable, if it is not.
    tls_error: Option<String>,
}

impl Https {
    /// Creates a transport without a connect timeout.
    pub fn new() -> Self {
        Self {
            connect_timeout: None,
            trust: Trust::default(),
            proxies: Proxies::default(),
            pool: Arc::default(),
        }
    }

    /// The limit for establishing a connection, including name resolution and TLS. No limit by
    /// default.
    pub fn connect_timeout(self, limit: impl Into<Option<Duration>>) -> Self {
        Self {
            connect_timeout: limit.into(),
            pool: Arc::default(),
            ..self
        }
    }

    /// Trusts the certificates of a file in PEM format instead of those of the operating system, as
    /// `AWS_CA_BUNDLE` does. The file is read at the first request.
    pub fn ca_bundle(self, path: impl Into<PathBuf>) -> Self {
        self.bundle("ca_bundle", path.into())
    }

    /// Trusts the certificates of a file, which the setting with this name gives.
    pub(in crate::client) fn bundle(mut self, setting: &'static str, path: PathBuf) -> Self {
        self.trust.bundle = Some((setting, path));
        self.without_connections()
    }

    /// Trusts more root certificates, in PEM format, besides those of the operating system or of
    /// `ca_bundle`.
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.trust.more.push(pem.into());
        self.without_connections()
    }

    /// Uses a TLS configuration of the crate `rustls` 0.23, for example with a client certificate.
    /// `ca_bundle`, `root_certificates` and `AWS_CA_BUNDLE` have no effect then. Its list of ALPN
    /// protocols is replaced by that of the transport.
    pub fn tls_config(mut self, mut config: ClientConfig) -> Self {
        // The connector sets them, and panics if there are any.
        config.alpn_protocols.clear();
        self.trust.config = Some(config);
        self.without_connections()
    }

    /// Sends requests through a proxy: `http://HOST:PORT`, or with credentials
    /// `http://USER:PASSWORD@HOST:PORT`, whose special characters are percent-encoded. The scheme
    /// `https` encrypts the connection to the proxy; `http` is the default. Without a port, it is 80
    /// or 443. Calls of `https` targets use a tunnel through the proxy, and those of `http` targets
    /// are sent to it.
    ///
    /// # Errors
    ///
    /// The URL is not valid, or has another scheme, such as `socks5`.
    pub fn proxy(mut self, url: impl AsRef<str>) -> Result<Self, ConfigError> {
        let url = ProxyUrl::new("`proxy`", url.as_ref())?;
        self.proxies.http = Some(url.clone());
        self.proxies.https = Some(url);
        Ok(self.without_connections())
    }

    /// The targets that are called without a proxy, in the form of `NO_PROXY`: a list, separated by
    /// commas or spaces, of hosts and domains with all their subdomains (`example.com` or
    /// `.example.com`), addresses (`10.0.0.1`) and networks (`10.0.0.0/8`), all of them with or
    /// without a port (`localhost:8080`), or `*` for all targets.
    pub fn no_proxy(mut self, targets: impl Into<String>) -> Self {
        self.proxies.no_proxy = targets.into();
        self.without_connections()
    }

    /// Uses these proxies.
    pub(in crate::client) fn proxies(mut self, proxies: Proxies) -> Self {
        self.proxies = proxies;
        self.without_connections()
    }

    /// The same settings, without the connections that other clones share.
    fn without_connections(self) -> Self {
        Self {
            pool: Arc::default(),
            ..self
        }
    }

    fn pool(&self) -> Result<&Pool, &str> {
        let pool = self.pool.get_or_init(|| {
            let (tls, tls_error) = match self.trust.config() {
                Ok(config) => (config, None),
                Err(error) => (trusting(RootCertStore::empty())?, Some(error)),
            };
            let routes = Arc::new(Routes::new(&self.proxies));
            let connect = Connect::new(tls, routes.clone(), self.connect_timeout);
            let client = Client::builder(TokioExecutor::new())
                .pool_idle_timeout(IDLE_TIMEOUT)
                .pool_timer(TokioTimer::new())
                .build(connect);
            Ok(Pool {
                client,
                routes,
                tls_error,
            })
        });
        pool.as_ref().map_err(String::as_str)
    }
}

impl Default for Https {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Https {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Https")
            .field("connect_timeout", &self.connect_timeout)
            .finish_non_exhaustive()
    }
}

impl Service<Request<Body>> for Https {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let this = self.clone();
        Box::pin(async move {
            if tokio::runtime::Handle::try_current().is_err() {
                let message =
                    "there is no tokio runtime: call from a runtime, or set another transport";
                return Err(TransportError::setup(message).into());
            }
            this.pool()
                .map_err(TransportError::setup)?
                .send(request)
                .await
        })
    }
}

impl Pool {
    async fn send(&self, mut request: Request<Body>) -> Result<Response<Body>, BoxError> {
        let proxy = self.routes.proxy(request.uri());
        let is_tls = |uri: &Uri| uri.scheme() == Some(&Scheme::HTTPS);
        let is_plain = !is_tls(request.uri());
        if let Some(error) = &self.tls_error
            && (!is_plain || proxy.as_ref().is_some_and(|proxy| is_tls(proxy.uri())))
        {
            let message = format!("TLS is not usable: {error}");
            return Err(TransportError::setup(message).into());
        }
        // The proxy itself reads a request without TLS.
        let proxy = proxy.filter(|_| is_plain);
        if let Some(value) = proxy.as_ref().and_then(Proxy::authorization) {
            let headers = request.headers_mut();
            headers.insert(PROXY_AUTHORIZATION, value.clone());
        }
        let response = self.client.request(request).await.map_err(request_error)?;
        match proxy {
            Some(proxy) if response.status() == StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
                Err(unauthorized(&proxy).into())
            }
            _ => Ok(response.map(Body::new)),
        }
    }
}

/// Converts an error of the HTTP client. Keeps the class that the connector assigned to it.
fn request_error(error: HyperError) -> BoxError {
    match TransportError::find(&error).map(|error| error.fault) {
        Some(fault) => TransportError {
            fault,
            source: Box::new(Cause(error)),
        }
        .into(),
        None => Box::new(Cause(error)),
    }
}

/// An error of hyper's client without its own message, which is only "client error".
#[derive(Debug)]
struct Cause(HyperError);

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.source() {
            Some(source) => fmt::Display::fmt(source, f),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

impl Error for Cause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()?.source()
    }
}
