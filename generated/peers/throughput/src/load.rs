//! A client that sends the same request on many connections.

use std::net::SocketAddr;
use std::time::Instant;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const CONNECTIONS: usize = 200;
const REQUESTS: usize = 50;

/// The bytes of a request.
pub(crate) struct Request(Vec<u8>);

impl Request {
    pub(crate) fn new(method: &str, path: &str, body: &str) -> Self {
        let mut text = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n");
        if !body.is_empty() {
            text.push_str(&format!(
                "content-type: application/json\r\ncontent-length: {}\r\n",
                body.len()
            ));
        }
        Self(format!("{text}\r\n{body}").into_bytes())
    }
}

/// Sends all requests, and returns the number per second.
pub(crate) async fn run(server: SocketAddr, request: &Request) -> f64 {
    // Connections are made before the time starts, since a full backlog delays them by a second.
    let mut streams = Vec::new();
    for _ in 0..CONNECTIONS {
        streams.push(TcpStream::connect(server).await.unwrap());
    }
    let start = Instant::now();
    let connections = streams.into_iter().map(|mut stream| {
        let bytes = request.0.clone();
        tokio::spawn(async move {
            for _ in 0..REQUESTS {
                stream.write_all(&bytes).await.unwrap();
                response(&mut stream).await;
            }
        })
    });
    for connection in connections.collect::<Vec<_>>() {
        connection.await.unwrap();
    }
    (CONNECTIONS * REQUESTS) as f64 / start.elapsed().as_secs_f64()
}

/// The body of the response, as JSON.
pub(crate) async fn body(server: SocketAddr, request: &Request) -> serde_json::Value {
    let mut stream = TcpStream::connect(server).await.unwrap();
    stream.write_all(&request.0).await.unwrap();
    serde_json::from_slice(&response(&mut stream).await).unwrap()
}

/// Reads a response, which must be a success with a length.
async fn response(stream: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(16 * 1024);
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = std::str::from_utf8(&bytes[..end])
                .unwrap()
                .to_ascii_lowercase();
            assert!(head.starts_with("http/1.1 20"), "{head}");
            let length = head.split("content-length: ").nth(1).unwrap();
            let length: usize = length.split('\r').next().unwrap().parse().unwrap();
            while bytes.len() < end + 4 + length {
                assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0);
            }
            return bytes.split_off(end + 4);
        }
        assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0);
    }
}
