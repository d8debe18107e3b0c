//! Connections to targets, directly or through a proxy.

use crate::client::transport::error::{Fault, TransportError};
use crate::client::transport::proxy::error::unreachable;
use crate::client::transport::proxy::routes::{Proxy, Routes};
use crate::client::transport::proxy::tunnel;
use crate::client::transport::tls::is_tls;
use crate::error::box_error::BoxError;
use http::Uri;
use http::uri::Scheme;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::rt::TokioIo;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::net::TcpStream;
use tower_service::Service;

/// Connects to a target, without the target's TLS.
#[derive(Clone)]
pub(in crate::client::transport) struct Dial {
    pub(in crate::client::transport) tcp: HttpConnector,
    /// Connects to proxies, whose URLs may have the scheme `https`.
    pub(in crate::client::transport) to_proxy: HttpsConnector<HttpConnector>,
    pub(in crate::client::transport) routes: Arc<Routes>,
}

impl Service<Uri> for Dial {
    type Response = Dialed;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Dialed, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.tcp.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        match self.routes.proxy(&target) {
            Some(proxy) => {
                let connecting = self.to_proxy.call(proxy.uri().clone());
                Box::pin(async move { Ok(through(&proxy, &target, connecting.await).await?) })
            }
            None => {
                let connecting = self.tcp.call(target);
                Box::pin(async move {
                    Ok(Dialed {
                        stream: MaybeHttpsStream::Http(connecting.await?),
                        is_proxied: false,
                    })
                })
            }
        }
    }
}

/// The connection to a target through a connected proxy. For `https` it is a tunnel. A proxy reads
/// the requests for `http` targets.
async fn through(
    proxy: &Proxy,
    target: &Uri,
    connected: Result<Stream, BoxError>,
) -> Result<Dialed, TransportError> {
    let stream = connected.map_err(|error| {
        let fault = match is_tls(&*error) {
            true => Fault::Setup,
            false => Fault::Connect,
        };
        unreachable(fault, proxy, error)
    })?;
    let is_proxied = target.scheme() == Some(&Scheme::HTTP);
    let stream = match is_proxied {
        true => stream,
        false => tunnel::open(stream, proxy, target).await?,
    };
    Ok(Dialed { stream, is_proxied })
}

type Stream = MaybeHttpsStream<TokioIo<TcpStream>>;

/// A connection to a target or to its proxy.
pub(in crate::client::transport) struct Dialed {
    stream: Stream,
    /// Whether a proxy reads the requests, whose targets have the absolute form then.
    is_proxied: bool,
}

impl Dialed {
    fn stream(self: Pin<&mut Self>) -> Pin<&mut Stream> {
        Pin::new(&mut self.get_mut().stream)
    }
}

impl Connection for Dialed {
    fn connected(&self) -> Connected {
        self.stream.connected().proxy(self.is_proxied)
    }
}

impl Read for Dialed {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        self.stream().poll_read(context, buffer)
    }
}

impl Write for Dialed {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.stream().poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream().poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream().poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.stream().poll_write_vectored(context, parts)
    }
}
