//! Tunnels through a proxy (RFC 9110 section 9.3.6, CONNECT).
//!
//! The tunnel of hyper-util accepts the status 200 alone, no interim response, and does not report
//! the status of a refusal.

use crate::client::transport::error::{Fault, TransportError};
use crate::client::transport::proxy::error::{no_tunnel, unauthorized};
use crate::client::transport::proxy::routes::{Proxy, host_with_port};
use http::{StatusCode, Uri};
use httparse::{EMPTY_HEADER, Response, Status};
use hyper::rt::{Read, Write};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// The largest head of an answer, in bytes, with interim responses.
const MAX_HEAD: usize = 16 << 10;
/// The most headers of an answer.
const MAX_HEADERS: usize = 100;

/// Asks the proxy for a tunnel to the target. Everything after it goes to the target.
///
/// # Errors
/// The proxy opens no tunnel, or what it sends is not an answer.
pub(super) async fn open<T: Read + Write + Unpin>(
    connection: T,
    proxy: &Proxy,
    target: &Uri,
) -> Result<T, TransportError> {
    let target = host_with_port(target);
    let mut io = TokioIo::new(connection);
    let broken = |error| no_tunnel(Fault::Connect, proxy, &target, error);
    io.write_all(&request(proxy, &target))
        .await
        .map_err(broken)?;
    io.flush().await.map_err(broken)?;
    let mut answer = Vec::new();
    loop {
        let piece = (&mut io).take(MAX_HEAD as u64 - answer.len() as u64);
        let count = { piece }.read_buf(&mut answer).await.map_err(broken)?;
        if count == 0 {
            let (fault, reason) = match answer.len() {
                MAX_HEAD => (Fault::Setup, "the head of the answer is larger than 16 KiB"),
                _ => (Fault::Connect, "the proxy closed the connection"),
            };
            return Err(no_tunnel(fault, proxy, &target, reason));
        }
        match status(&answer) {
            Ok(None) => {}
            Ok(Some(status)) if status.is_success() => return Ok(io.into_inner()),
            Ok(Some(StatusCode::PROXY_AUTHENTICATION_REQUIRED)) => return Err(unauthorized(proxy)),
            Ok(Some(status)) => {
                let reason = format!("the proxy answered {status}");
                return Err(no_tunnel(fault(status), proxy, &target, reason));
            }
            Err(reason) => return Err(no_tunnel(Fault::Setup, proxy, &target, reason)),
        }
    }
}

fn request(proxy: &Proxy, target: &str) -> Vec<u8> {
    let mut request = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n").into_bytes();
    if let Some(value) = proxy.authorization() {
        request.extend_from_slice(b"Proxy-Authorization: ");
        request.extend_from_slice(value.as_bytes());
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"\r\n");
    request
}

/// Whether a retry may help: the proxy is busy, or did not reach the target.
fn fault(status: StatusCode) -> Fault {
    let is_transient = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS];
    match status.is_server_error() || is_transient.contains(&status) {
        true => Fault::Connect,
        false => Fault::Setup,
    }
}

/// The status of a final response; `None` if there is more to read.
///
/// # Errors
/// This is not an answer to CONNECT.
fn status(mut answer: &[u8]) -> Result<Option<StatusCode>, &'static str> {
    loop {
        let mut headers = [EMPTY_HEADER; MAX_HEADERS];
        let mut response = Response::new(&mut headers);
        let end = match response.parse(answer) {
            Ok(Status::Complete(end)) => end,
            Ok(Status::Partial) => return Ok(None),
            Err(httparse::Error::TooManyHeaders) => {
                return Err("the answer has more than 100 headers");
            }
            Err(_) => return Err("the answer is not an HTTP response: is this an HTTP proxy?"),
        };
        let code = response.code.unwrap_or_default();
        let status = StatusCode::from_u16(code).map_err(|_| "the answer has an invalid status")?;
        answer = answer.get(end..).unwrap_or_default();
        if status.is_success() && !answer.is_empty() {
            return Err("the proxy sent data before the TLS handshake");
        }
        if !status.is_informational() {
            return Ok(Some(status));
        }
    }
}
