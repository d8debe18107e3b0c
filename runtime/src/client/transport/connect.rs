//! Connections of the default transport.

use crate::client::system::{Tokio, catch_panic, within};
use crate::client::transport::error::{Fault, TransportError};
use crate::client::transport::proxy::connect::Dial;
use crate::client::transport::proxy::error as proxy_error;
use crate::client::transport::proxy::routes::Routes;
use crate::client::transport::tls::is_tls;
use crate::error::box_error::BoxError;
use http::Uri;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use rustls::ClientConfig;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tower_service::Service;

/// Connects within a limit and classifies errors.
#[derive(Clone)]
pub(super) struct Connect {
    connector: HttpsConnector<Dial>,
    routes: Arc<Routes>,
    limit: Option<Duration>,
}

impl Connect {
    pub(super) fn new(tls: ClientConfig, routes: Arc<Routes>, limit: Option<Duration>) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let to_proxy = HttpsConnectorBuilder::new()
            .with_tls_config(tls.clone())
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp.clone());
        let builder = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http();
        #[cfg(feature = "http2")]
        let builder = builder.enable_all_versions();
        #[cfg(not(feature = "http2"))]
        let builder = builder.enable_http1();
        let connector = builder.wrap_connector(Dial {
            tcp,
            to_proxy,
            routes: routes.clone(),
        });
        Self {
            connector,
            routes,
            limit,
        }
    }
}

impl Service<Uri> for Connect {
    type Response = <HttpsConnector<Dial> as Service<Uri>>::Response;
    type Error = TransportError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, TransportError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        self.connector
            .poll_ready(context)
            .map_err(|error| connect_error(error, None))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let proxy = self.routes.proxy(&uri).map(|proxy| proxy.to_string());
        let (mut connecting, limit) = (self.connector.call(uri), self.limit);
        Box::pin(async move {
            let proxy = proxy.as_deref();
            // Connecting panics if the I/O of the runtime is disabled.
            let connecting =
                poll_fn(
                    |context| match catch_panic(|| connecting.as_mut().poll(context)) {
                        Ok(poll) => poll.map_err(|error| connect_error(error, proxy)),
                        Err(error) => Poll::Ready(Err(TransportError::setup(error))),
                    },
                );
            // The connection pool panics if the timers of the runtime are disabled.
            catch_panic(|| drop(tokio::time::sleep(Duration::ZERO)))
                .map_err(TransportError::setup)?;
            let Some(limit) = limit else {
                return connecting.await;
            };
            let connected = within(&Tokio, limit, connecting)
                .await
                .map_err(TransportError::setup)?;
            connected.unwrap_or_else(|| {
                Err(match proxy {
                    Some(proxy) => proxy_error::timeout(proxy, limit),
                    None => TransportError::timeout("connect", limit),
                })
            })
        })
    }
}

/// Classifies an error of connecting. A retry does not help if the certificate of the server is not
/// trusted, or if the server does not support TLS.
fn connect_error(error: BoxError, proxy: Option<&str>) -> TransportError {
    let error = match error.downcast::<TransportError>() {
        Ok(error) => return *error,
        Err(error) => error,
    };
    let fault = match is_tls(&*error) {
        true => Fault::Setup,
        false => Fault::Connect,
    };
    match proxy {
        Some(proxy) => proxy_error::tls(fault, proxy, error),
        None => TransportError {
            fault,
            source: error,
        },
    }
}
