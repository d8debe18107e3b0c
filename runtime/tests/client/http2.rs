//! The HTTP versions of the default transport, with TLS on loopback.

use super::proxy::client;
use super::tls::acceptor;
use super::*;
use smithy_rt::client::Https;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::server::TlsStream;

/// What a server does with a stream of HTTP/2 instead of answering.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(
    not(feature = "http2"),
    expect(dead_code, reason = "without the feature, nobody speaks HTTP/2")
)]
enum Fault {
    Reset(h2::Reason),
    GoAway(h2::Reason),
}

/// A server that speaks the protocols that it was started with.
struct Server {
    port: u16,
    pem: String,
    log: Arc<Mutex<Log>>,
}

#[derive(Default)]
struct Log {
    faults: VecDeque<Fault>,
    /// The protocol of each connection: that of ALPN.
    connections: Vec<String>,
    requests: usize,
}

impl Server {
    async fn start(protocols: &[&str], faults: impl IntoIterator<Item = Fault>) -> Self {
        let (acceptor, pem) = acceptor(protocols);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let faults = faults.into_iter().collect();
        let log = Arc::new(Mutex::new(Log {
            faults,
            ..Log::default()
        }));
        let shared = log.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let stream = acceptor.accept(stream).await.unwrap();
                let protocol = stream.get_ref().1.alpn_protocol().unwrap_or_default();
                let protocol = String::from_utf8(protocol.to_vec()).unwrap();
                let is_http2 = protocol == "h2";
                shared.lock().unwrap().connections.push(protocol);
                match is_http2 {
                    true => drop(tokio::spawn(serve(stream, shared.clone()))),
                    false => drop(tokio::spawn(serve_http1(stream, shared.clone()))),
                }
            }
        });
        Self { port, pem, log }
    }

    fn client(&self, transport: Https) -> Client {
        let transport = transport.root_certificates(self.pem.clone());
        client(&format!("https://localhost:{}", self.port), transport)
    }

    /// The protocols of the connections, and the number of requests.
    fn seen(&self) -> (Vec<String>, usize) {
        let log = self.log.lock().unwrap();
        (log.connections.clone(), log.requests)
    }
}

async fn serve(stream: TlsStream<TcpStream>, log: Arc<Mutex<Log>>) {
    let mut connection = h2::server::handshake(stream).await.unwrap();
    while let Some(Ok((_, mut respond))) = connection.accept().await {
        let fault = {
            let mut log = log.lock().unwrap();
            log.requests += 1;
            log.faults.pop_front()
        };
        match fault {
            Some(Fault::Reset(reason)) => respond.send_reset(reason),
            Some(Fault::GoAway(reason)) => connection.abrupt_shutdown(reason),
            None => {
                let mut body = respond
                    .send_response(http::Response::new(()), false)
                    .unwrap();
                body.send_data(Bytes::from_static(b"{}"), true).unwrap();
            }
        }
    }
}

async fn serve_http1(mut stream: TlsStream<TcpStream>, log: Arc<Mutex<Log>>) {
    loop {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read_u8().await {
                Ok(byte) => head.push(byte),
                Err(_) => return,
            }
        }
        log.lock().unwrap().requests += 1;
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
        stream.write_all(answer).await.unwrap();
        stream.flush().await.unwrap();
    }
}

#[tokio::test]
async fn the_feature_decides_about_the_version() {
    let server = Server::start(&["h2", "http/1.1"], []).await;
    let client = server.client(Https::new());
    client.send(&Hello).await.map(drop).unwrap();
    let offered = match cfg!(feature = "http2") {
        true => "h2",
        // Without the feature, no ALPN is sent, which means HTTP/1.1.
        false => "",
    };
    assert_eq!(server.seen(), (vec![offered.to_owned()], 1));
}

#[tokio::test]
async fn servers_without_http2_are_called_with_http1() {
    for (protocols, negotiated) in [(&["http/1.1"][..], "http/1.1"), (&[], "")] {
        let server = Server::start(protocols, []).await;
        let client = server.client(Https::new());
        for _ in 0..2 {
            client.send(&Hello).await.map(drop).unwrap();
        }
        let negotiated = match cfg!(feature = "http2") {
            true => negotiated,
            false => "",
        };
        assert_eq!(server.seen(), (vec![negotiated.to_owned()], 2));
    }
}

#[cfg(feature = "http2")]
mod with_the_feature {
    use super::super::proxy::{Does, Proxy};
    use super::*;
    use h2::Reason;

    const FAULTS: [Fault; 5] = [
        Fault::Reset(Reason::REFUSED_STREAM),
        Fault::Reset(Reason::INTERNAL_ERROR),
        Fault::Reset(Reason::CANCEL),
        Fault::GoAway(Reason::ENHANCE_YOUR_CALM),
        Fault::GoAway(Reason::INTERNAL_ERROR),
    ];

    #[tokio::test]
    async fn calls_share_one_connection() {
        let server = Server::start(&["h2"], []).await;
        let client = server.client(Https::new());
        client.send(&Hello).await.map(drop).unwrap();
        let calls: Vec<_> = (0..20)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { client.send(&Hello).await.map(|output| output.0) })
            })
            .collect();
        for call in calls {
            assert_eq!(call.await.unwrap().unwrap(), "{}");
        }
        assert_eq!(server.seen(), (vec!["h2".to_owned()], 21));
    }

    #[tokio::test]
    async fn a_tunnel_transports_http2() {
        let (server, proxy) = (
            Server::start(&["h2"], []).await,
            Proxy::start(Does::Work).await,
        );
        let client = server.client(proxy.transport());
        for _ in 0..3 {
            client.send(&Hello).await.map(drop).unwrap();
        }
        assert_eq!(server.seen(), (vec!["h2".to_owned()], 3));
        assert_eq!(proxy.heads().len(), 1);
    }

    #[tokio::test]
    async fn broken_streams_and_connections_are_retried() {
        for fault in FAULTS {
            let server = Server::start(&["h2"], [fault]).await;
            let client = server.client(Https::new());
            let (output, metadata) = client.send_with_metadata(&Hello).await.unwrap();
            assert_eq!(
                (&output.0[..], metadata.attempts()),
                (&b"{}"[..], 2),
                "{fault:?}"
            );
            let (connections, requests) = server.seen();
            assert_eq!(requests, 2, "{fault:?}");
            // A connection lasts longer than its streams.
            let expected = match fault {
                Fault::Reset(_) => 1,
                Fault::GoAway(_) => 2,
            };
            assert_eq!(connections.len(), expected, "{fault:?}");
        }
    }

    #[tokio::test]
    async fn errors_name_the_reason() {
        for fault in FAULTS {
            let server = Server::start(&["h2"], [fault; 3]).await;
            let error = server.client(Https::new()).send(&Hello).await;
            let error = error.err().unwrap();
            let text = error.to_string();
            let reason = match &fault {
                Fault::Reset(reason) => reason.description(),
                // h2 does not keep the reason for streams that the server says it has processed.
                Fault::GoAway(_) => "connection error",
            };
            assert!(
                text.starts_with("Hello failed: cannot send the request (3 attempts")
                    && text.contains(reason),
                "{text}"
            );
            assert!(error.is_retryable() && error.attempts() == 3, "{text}");
        }
    }
}
