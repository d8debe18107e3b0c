//! The default transport through a proxy on loopback.

use super::tls::Server;
use super::*;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use smithy_rt::client::Https;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

/// What a proxy does with a request.
#[derive(Clone, Copy)]
pub(super) enum Does {
    /// Opens a tunnel, or answers a request for an `http` target itself.
    Work,
    /// Sends these bytes, and closes the connection.
    Send(&'static str),
    /// Sends headers until the client closes the connection.
    SendForever,
    /// Nothing.
    Wait,
}

/// A proxy that keeps the heads of the requests, of which each connection has one or more.
pub(super) struct Proxy {
    port: u16,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    pub(super) async fn start(does: Does) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heads = Arc::<Mutex<Vec<String>>>::default();
        let kept = heads.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, does, kept.clone()));
            }
        });
        Self { port, heads }
    }

    /// A transport that uses the proxy, with a user and a password.
    pub(super) fn transport(&self) -> Https {
        let url = format!("http://u5er:s3cret%40@127.0.0.1:{}", self.port);
        Https::new().proxy(url).unwrap()
    }

    pub(super) fn heads(&self) -> Vec<String> {
        std::mem::take(&mut self.heads.lock().unwrap())
    }

    /// The error of a call through the proxy. It names the proxy, but not the credentials.
    async fn error(&self, transport: Https) -> Error {
        let error = client("https://localhost:9", transport).send(&Hello).await;
        let error = error.err().unwrap();
        let text = error.to_string();
        assert!(
            text.contains(&format!("the proxy 127.0.0.1:{}", self.port)),
            "{text}"
        );
        let all = format!("{text}{error:?}{error:#?}");
        assert!(!all.contains("u5er") && !all.contains("s3cret"), "{all}");
        assert!(!text.contains('\n'), "{text}");
        error
    }
}

async fn serve(mut stream: TcpStream, does: Does, heads: Arc<Mutex<Vec<String>>>) {
    while let Some(head) = read_head(&mut stream).await {
        let target = head.strip_prefix("CONNECT ").map(|rest| {
            let end = rest.find(' ').unwrap();
            rest[..end].to_owned()
        });
        heads.lock().unwrap().push(head);
        match (does, target) {
            (Does::Work, Some(target)) => {
                let mut server = TcpStream::connect(target).await.unwrap();
                let answer = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Opened\r\nx: y\r\n\r\n";
                stream.write_all(answer).await.unwrap();
                let _ = copy_bidirectional(&mut stream, &mut server).await;
                return;
            }
            (Does::Work, None) => {
                let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
            (Does::Send(answer), _) => {
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.shutdown().await;
                return;
            }
            (Does::SendForever, _) => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n").await;
                while stream.write_all(b"x-header: value\r\n").await.is_ok() {}
                return;
            }
            (Does::Wait, _) => std::future::pending().await,
        }
    }
}

async fn read_head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    Some(String::from_utf8(head).unwrap())
}

pub(super) fn client(url: &str, transport: Https) -> Client {
    let builder: Builder<Example> = Builder::new()
        .endpoint_url(url)
        .region("us-east-1")
        .unsigned()
        .system(Impatient)
        .transport(transport);
    builder.build().unwrap().0
}

/// Does not pause between attempts. The limit of connecting does not use it.
struct Impatient;

impl System for Impatient {
    fn sleep(&self, duration: Duration) -> Sleep {
        // The read timeout is longer than any pause.
        match duration > Duration::from_secs(30) {
            true => Box::pin(std::future::pending()),
            false => Box::pin(std::future::ready(Ok(()))),
        }
    }
}

/// The credentials in a head, decoded.
fn credentials(head: &str) -> Option<String> {
    let line = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("proxy-authorization")
            .then_some(value)
    })?;
    let bytes = STANDARD
        .decode(line.strip_prefix("Basic ").unwrap())
        .unwrap();
    Some(String::from_utf8(bytes).unwrap())
}

#[tokio::test]
async fn https_targets_are_called_through_a_tunnel() {
    let (server, proxy) = (Server::start().await, Proxy::start(Does::Work).await);
    let transport = proxy.transport().root_certificates(server.pem.clone());
    let client = client(&format!("https://localhost:{}", server.port), transport);
    for _ in 0..2 {
        assert_eq!(client.send(&Hello).await.unwrap().0, "{}");
    }
    // The server closes the connection after each response.
    let heads = proxy.heads();
    assert_eq!(heads.len(), 2);
    let target = format!("localhost:{}", server.port);
    let start = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n");
    assert!(heads[0].starts_with(&start), "{heads:?}");
    assert_eq!(credentials(&heads[0]).unwrap(), "u5er:s3cret@");
}

#[tokio::test]
async fn connections_through_a_tunnel_are_reused() {
    let (server, proxy) = (Server::lasting().await, Proxy::start(Does::Work).await);
    let transport = proxy.transport().root_certificates(server.pem.clone());
    let client = client(&format!("https://localhost:{}", server.port), transport);
    for _ in 0..3 {
        assert_eq!(client.send(&Hello).await.unwrap().0, "{}");
    }
    assert_eq!((proxy.heads().len(), server.heads().len()), (1, 3));
    let credentials = |head: &String| head.to_ascii_lowercase().contains("proxy-authorization");
    assert!(!server.heads().iter().any(credentials));
}

#[tokio::test]
async fn requests_for_http_targets_have_the_absolute_form() {
    let proxy = Proxy::start(Does::Work).await;
    // There is no such host: the proxy resolves it.
    let client = client("http://service.invalid:81", proxy.transport());
    for _ in 0..2 {
        assert_eq!(client.send(&Hello).await.unwrap().0, "{}");
    }
    let heads = proxy.heads();
    assert_eq!(heads.len(), 2);
    let start = "GET http://service.invalid:81/hello HTTP/1.1\r\n";
    assert!(heads[0].starts_with(start), "{heads:?}");
    let host = |line: &str| line.eq_ignore_ascii_case("host: service.invalid:81");
    assert!(heads[0].lines().any(host), "{heads:?}");
    assert_eq!(credentials(&heads[0]).unwrap(), "u5er:s3cret@");
}

#[tokio::test]
async fn exempt_targets_are_called_directly() {
    let (server, proxy) = (Server::start().await, Proxy::start(Does::Work).await);
    let transport = proxy
        .transport()
        .root_certificates(server.pem.clone())
        .no_proxy(format!("localhost:{}", server.port));
    let exempt = client(
        &format!("https://localhost:{}", server.port),
        transport.clone(),
    );
    exempt.send(&Hello).await.unwrap();
    assert!(proxy.heads().is_empty());
    // The other targets of the same transport are not.
    let other = client("http://localhost:9", transport);
    other.send(&Hello).await.unwrap();
    assert_eq!(proxy.heads().len(), 1);
}

#[tokio::test]
async fn a_proxy_may_want_other_credentials() {
    let answer = "HTTP/1.1 407 No\r\ncontent-length: 0\r\n\r\n";
    let proxy = Proxy::start(Does::Send(answer)).await;
    let text = proxy.error(proxy.transport()).await.to_string();
    assert!(
        text.starts_with("Hello failed: cannot connect: the proxy ")
            && text.ends_with(
                "answered 407 Proxy Authentication Required: it does not accept the user and \
                 password of its URL: correct them"
            ),
        "{text}"
    );
    let without = Https::new()
        .proxy(format!("127.0.0.1:{}", proxy.port))
        .unwrap();
    let text = proxy.error(without.clone()).await.to_string();
    assert!(
        text.contains("requires a user and a password: add them"),
        "{text}"
    );
    assert_eq!(proxy.heads().len(), 2, "neither is retried");

    let http = client("http://service.invalid", without).send(&Hello).await;
    let text = http.err().unwrap().to_string();
    assert!(
        text.contains("requires a user and a password: add them"),
        "{text}"
    );
    assert_eq!(proxy.heads().len(), 1);
}

#[tokio::test]
async fn refusals_are_clear_and_retried_if_this_can_help() {
    const CLOSED: &str = "the proxy closed the connection";
    for (does, reason, attempts) in [
        (
            Does::Send("HTTP/1.1 403 s3cret\r\n\r\n"),
            "the proxy answered 403 Forbidden",
            1,
        ),
        (
            Does::Send("HTTP/1.1 302 Found\r\n\r\n"),
            "the proxy answered 302 Found",
            1,
        ),
        (
            Does::Send("HTTP/1.1 502 No\r\n\r\n"),
            "the proxy answered 502 Bad Gateway",
            3,
        ),
        (
            Does::Send("HTTP/1.1 429 No\r\n\r\n"),
            "the proxy answered 429 Too Many Requests",
            3,
        ),
        (Does::Send(""), CLOSED, 3),
        (Does::Send("HTTP/1.1 20"), CLOSED, 3),
        (
            Does::Send("SSH-2.0-OpenSSH\r\n"),
            "the answer is not an HTTP response: is this an HTTP proxy?",
            1,
        ),
        (
            Does::Send("HTTP/1.1 200 OK\r\n\r\ns3cret"),
            "the proxy sent data before the TLS handshake",
            1,
        ),
        (Does::SendForever, "the answer has more than 100 headers", 1),
    ] {
        let proxy = Proxy::start(does).await;
        let error = proxy.error(proxy.transport()).await;
        let text = error.to_string();
        assert!(
            text.starts_with("Hello failed: cannot connect") && text.ends_with(reason),
            "{text}"
        );
        assert!(
            text.contains("no tunnel to localhost:9 through the proxy"),
            "{text}"
        );
        assert!(text.contains("NO_PROXY"), "{text}");
        assert_eq!(
            (error.attempts(), proxy.heads().len()),
            (attempts, attempts as usize),
            "{text}"
        );
    }
    // A single header without end.
    let long = format!("HTTP/1.1 200 OK\r\nx: {}", "x".repeat(20_000));
    let proxy = Proxy::start(Does::Send(long.leak())).await;
    let error = proxy.error(proxy.transport()).await;
    assert_eq!(error.attempts(), 1);
    let text = error.to_string();
    assert!(
        text.ends_with("the head of the answer is larger than 16 KiB"),
        "{text}"
    );
}

#[tokio::test]
async fn an_unreachable_proxy_is_named() {
    // Nobody listens at a port that was just free.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, heads) = (listener.local_addr().unwrap().port(), Arc::default());
    drop(listener);
    let proxy = Proxy { port, heads };
    let error = proxy.error(proxy.transport()).await;
    let text = error.to_string();
    assert!(
        text.contains("cannot reach the proxy 127.0.0.1:") && text.contains("refused"),
        "{text}"
    );
    assert_eq!(error.attempts(), 3);

    // The proxy does not speak TLS.
    let proxy = Proxy::start(Does::Send("HTTP/1.1 400 No\r\n\r\n")).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 No\r\n\r\n").await;
        }
    });
    let proxy = Proxy { port, ..proxy };
    let transport = Https::new()
        .proxy(format!("https://127.0.0.1:{port}"))
        .unwrap();
    let error = proxy
        .error(transport.root_certificates(Server::start().await.pem))
        .await;
    assert_eq!(error.attempts(), 1, "{error}");
}

#[tokio::test]
async fn a_silent_proxy_takes_no_longer_than_the_limit() {
    let proxy = Proxy::start(Does::Wait).await;
    let limit = Duration::from_millis(20);
    let error = proxy.error(proxy.transport().connect_timeout(limit)).await;
    let text = error.to_string();
    assert!(text.ends_with(": connect timeout after 20ms"), "{text}");
    assert_eq!(error.attempts(), 3);
}

#[tokio::test]
async fn the_certificate_of_a_target_is_checked_in_the_tunnel() {
    let (server, proxy) = (Server::start().await, Proxy::start(Does::Work).await);
    let other = Server::start().await;
    let transport = proxy.transport().root_certificates(other.pem);
    let client = client(&format!("https://localhost:{}", server.port), transport);
    let error = client.send(&Hello).await.err().unwrap();
    let text = error.to_string();
    assert!(
        text.contains(&format!(
            "TLS through the proxy 127.0.0.1:{} failed",
            proxy.port
        )) && text.contains("AWS_CA_BUNDLE")
            && text.contains("certificate"),
        "{text}"
    );
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn the_connection_to_a_proxy_can_use_tls() {
    // The server answers each request, as a proxy for `http` targets does.
    let proxy = Server::lasting().await;
    let url = format!("https://u5er:s3cret@localhost:{}", proxy.port);
    let transport = Https::new()
        .proxy(url)
        .unwrap()
        .root_certificates(proxy.pem.clone());
    let output = client("http://service.invalid", transport)
        .send(&Hello)
        .await;
    assert_eq!(output.unwrap().0, "{}");
    let heads = proxy.heads();
    assert!(
        heads[0].starts_with("GET http://service.invalid/hello "),
        "{heads:?}"
    );
    assert_eq!(credentials(&heads[0]).unwrap(), "u5er:s3cret");
}

#[test]
fn debug_shows_no_credentials() {
    let transport = Https::new().proxy("http://u5er:s3cret@proxy:1").unwrap();
    let debug = format!("{transport:?}{transport:#?}");
    assert!(
        !debug.contains("u5er") && !debug.contains("s3cret"),
        "{debug}"
    );
    let error = Https::new()
        .proxy("socks5://u5er:s3cret@proxy:1")
        .err()
        .unwrap();
    assert!(
        error
            .to_string()
            .starts_with("`proxy` is not the URL of a proxy: the scheme `socks5`"),
        "{error}"
    );
    assert!(!format!("{error}{error:?}").contains("s3cret"));
}
