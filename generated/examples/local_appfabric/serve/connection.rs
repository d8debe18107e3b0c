//! Connections.

use super::Shared;
use super::request::respond;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

/// Connections at a time. Others wait.
const MOST_CONNECTIONS: usize = 1024;
/// The time for the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// The time for requests that have begun when the server is shut down.
const GRACE: Duration = Duration::from_secs(5);

/// Serves all connections, until `stopped` closes. Then lets their requests finish.
pub(super) async fn accept_all(
    listener: TcpListener,
    shared: Arc<Shared>,
    mut stopped: watch::Receiver<()>,
) {
    let slots = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let mut connections = JoinSet::new();
    let closing = stopped.clone();
    loop {
        // The semaphore is never closed.
        let slot = slots.clone().acquire_owned().await;
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.changed() => break,
            Some(_) = connections.join_next() => continue,
        };
        match accepted {
            Ok((stream, peer)) => {
                let (shared, stopped) = (shared.clone(), closing.clone());
                connections.spawn(async move {
                    serve(stream, peer, shared, stopped).await;
                    drop(slot);
                });
            }
            // Such as too many open files: others may close soon.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    drop(listener);
    let all = async { while connections.join_next().await.is_some() {} };
    // What is left after the time ends with the set.
    let _ = tokio::time::timeout(GRACE, all).await;
}

async fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    shared: Arc<Shared>,
    mut stopped: watch::Receiver<()>,
) {
    // Responses are small: they are not to wait for more.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| {
        let shared = shared.clone();
        async move { Ok::<_, Infallible>(respond(&shared, request, peer.ip()).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    // An error ends the connection. The client sees it too.
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = stopped.changed() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}
