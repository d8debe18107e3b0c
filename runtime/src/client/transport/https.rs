//! The default transport.

use crate::client::system::{Tokio, catch_panic, within};
use crate::client::transport::error::TransportError;
use crate::client::transport::tls::{Trust, trusting};
use crate::error::box_error::BoxError;
use crate::http_binding::body::body_type::Body;
use http::uri::Scheme;
use http::{Request, Response, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client, Error as HyperError};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::{ClientConfig, RootCertStore};
use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::io;
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
    pool: Arc<OnceLock<Result<Pool, String>>>,
}

struct Pool {
    client: Client<Connect, Body>,
    /// Why TLS is not usable, if it is not.
    tls_error: Option<String>,
}

impl Https {
    /// Creates a transport without a connect timeout.
    pub fn new() -> Self {
        Self {
            connect_timeout: None,
            trust: Trust::default(),
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
            let connect = Connect {
                connector: connector(tls),
                limit: self.connect_timeout,
            };
            let client = Client::builder(TokioExecutor::new())
                .pool_idle_timeout(IDLE_TIMEOUT)
                .pool_timer(TokioTimer::new())
                .build(connect);
            Ok(Pool { client, tls_error })
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
            let pool = this.pool().map_err(TransportError::setup)?;
            if let Some(error) = &pool.tls_error
                && request.uri().scheme() == Some(&Scheme::HTTPS)
            {
                let message = format!("TLS is not usable: {error}");
                return Err(TransportError::setup(message).into());
            }
            match pool.client.request(request).await {
                Ok(response) => Ok(response.map(Body::new)),
                Err(error) => Err(request_error(error)),
            }
        })
    }
}

/// The connector for TCP and TLS.
fn connector(tls: ClientConfig) -> HttpsConnector<HttpConnector> {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_nodelay(true);
    let builder = HttpsConnectorBuilder::new()
        .with_tls_config(tls)
        .https_or_http();
    #[cfg(feature = "http2")]
    let builder = builder.enable_all_versions();
    #[cfg(not(feature = "http2"))]
    let builder = builder.enable_http1();
    builder.wrap_connector(tcp)
}

/// Connects within a limit and classifies errors.
#[derive(Clone)]
struct Connect {
    connector: HttpsConnector<HttpConnector>,
    limit: Option<Duration>,
}

impl Service<Uri> for Connect {
    type Response = <HttpsConnector<HttpConnector> as Service<Uri>>::Response;
    type Error = TransportError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, TransportError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        self.connector.poll_ready(context).map_err(connect_error)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let (mut connecting, limit) = (self.connector.call(uri), self.limit);
        // Connecting panics if the I/O of the runtime is disabled.
        let connecting =
            poll_fn(
                move |context| match catch_panic(|| connecting.as_mut().poll(context)) {
                    Ok(poll) => poll.map_err(connect_error),
                    Err(error) => Poll::Ready(Err(TransportError::setup(error))),
                },
            );
        Box::pin(async move {
            // The connection pool panics if the timers of the runtime are disabled.
            catch_panic(|| drop(tokio::time::sleep(Duration::ZERO)))
                .map_err(TransportError::setup)?;
            let Some(limit) = limit else {
                return connecting.await;
            };
            let connected = within(&Tokio, limit, connecting)
                .await
                .map_err(TransportError::setup)?;
            connected.unwrap_or_else(|| Err(TransportError::timeout("connect", limit)))
        })
    }
}

/// Classifies an error of connecting. A retry does not help if the certificate of the server is not
/// trusted, or if the server does not support TLS.
fn connect_error(error: BoxError) -> TransportError {
    if is_tls(&*error) {
        TransportError::setup(error)
    } else {
        TransportError::connect(error)
    }
}

fn is_tls(error: &(dyn Error + 'static)) -> bool {
    // `source` of an I/O error is the source of the wrapped error, not the wrapped error.
    let wrapped = error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref);
    error.is::<rustls::Error>()
        || wrapped.is_some_and(|error| is_tls(error))
        || error.source().is_some_and(is_tls)
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
