//! The transport that a client has unless it is given another.

use super::system::{Tokio, caught, within};
use super::transport::TransportError;
use crate::{Body, BoxError};
use http::uri::Scheme;
use http::{Request, Response, Uri};
use hyper_rustls::{ConfigBuilderExt, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client, Error as HyperError};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;
use tower_service::Service;

/// Load balancers of AWS close connections that are idle for 60 seconds; a request should not meet
/// one that closes.
const IDLE: Duration = Duration::from_secs(50);

/// HTTP/1.1 over TLS with the system's certificates, and HTTP/2 where the server offers it, with
/// the feature `http2`; without TLS for URLs that say `http`. Clones share their connections.
///
/// It needs a tokio runtime around it. Nothing is read or connected before the first request.
#[derive(Clone)]
pub struct Https {
    connect_timeout: Option<Duration>,
    pool: Arc<OnceLock<Result<Pool, rustls::Error>>>,
}

struct Pool {
    client: Client<Connect, Body>,
    /// Why there is no TLS, if so.
    without_tls: Option<io::Error>,
}

impl Https {
    /// A transport without connections, yet.
    pub fn new() -> Self {
        Self {
            connect_timeout: None,
            pool: Arc::default(),
        }
    }

    /// How long a connection may take, name lookup and TLS included; for ever by default.
    pub fn connect_timeout(self, limit: impl Into<Option<Duration>>) -> Self {
        Self {
            connect_timeout: limit.into(),
            pool: Arc::default(),
        }
    }

    fn pool(&self) -> Result<&Pool, rustls::Error> {
        let pool = self.pool.get_or_init(|| {
            let (tls, without_tls) = tls()?;
            let connect = Connect {
                connector: connector(tls),
                limit: self.connect_timeout,
            };
            let client = Client::builder(TokioExecutor::new())
                .pool_idle_timeout(IDLE)
                .pool_timer(TokioTimer::new())
                .build(connect);
            Ok(Pool {
                client,
                without_tls,
            })
        });
        pool.as_ref().map_err(Clone::clone)
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
                    "there is no tokio runtime: call from within one, or set another transport";
                return Err(TransportError::setup(message).into());
            }
            let pool = this.pool().map_err(TransportError::setup)?;
            if let Some(error) = &pool.without_tls
                && request.uri().scheme() == Some(&Scheme::HTTPS)
            {
                let message = format!(
                    "cannot load the system's certificates, of which TLS needs some: {error}"
                );
                return Err(TransportError::setup(message).into());
            }
            match pool.client.request(request).await {
                Ok(response) => Ok(response.map(Body::new)),
                Err(error) => Err(no_response(error)),
            }
        })
    }
}

/// Where to connect to, with what to prove who the server is.
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

/// TLS with the certificates that the system trusts; if there are none, without any, and why.
fn tls() -> Result<(ClientConfig, Option<io::Error>), rustls::Error> {
    let config = || {
        let provider = Arc::new(ring::default_provider());
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()
    };
    Ok(match config()?.with_native_roots() {
        Ok(config) => (config.with_no_client_auth(), None),
        Err(error) => {
            let config = config()?.with_root_certificates(RootCertStore::empty());
            (config.with_no_client_auth(), Some(error))
        }
    })
}

/// Connects within the limit, and tells what another attempt does not cure.
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
        self.connector.poll_ready(context).map_err(no_connection)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let (mut connecting, limit) = (self.connector.call(uri), self.limit);
        // Without I/O in the runtime, connecting panics.
        let connecting =
            poll_fn(
                move |context| match caught(|| connecting.as_mut().poll(context)) {
                    Ok(poll) => poll.map_err(no_connection),
                    Err(error) => Poll::Ready(Err(TransportError::setup(error))),
                },
            );
        Box::pin(async move {
            // The pool of connections needs timers, and panics without.
            caught(|| drop(tokio::time::sleep(Duration::ZERO))).map_err(TransportError::setup)?;
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

/// A server that cannot prove who it is, or speaks no TLS, will not do so the next time.
fn no_connection(error: BoxError) -> TransportError {
    if is_tls(&*error) {
        TransportError::setup(error)
    } else {
        TransportError::connect(error)
    }
}

fn is_tls(error: &(dyn Error + 'static)) -> bool {
    // An I/O error's source is the source of what it wraps, not that itself.
    let wrapped = error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref);
    error.is::<rustls::Error>()
        || wrapped.is_some_and(|error| is_tls(error))
        || error.source().is_some_and(is_tls)
}

/// What the connector knows of the fault, if it is the connector's.
fn no_response(error: HyperError) -> BoxError {
    match TransportError::find(&error).map(|error| error.fault) {
        Some(fault) => TransportError {
            fault,
            source: Box::new(Cause(error)),
        }
        .into(),
        None => Box::new(Cause(error)),
    }
}

/// An error of hyper's client without its first line, which tells only that it is one.
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
