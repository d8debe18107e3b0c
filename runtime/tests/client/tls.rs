//! The default transport and servers with certificates of their own, on loopback.

use super::*;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use smithy_rt::client::Https;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// A server, whose certificate is for `localhost`.
pub(super) struct Server {
    pub(super) port: u16,
    /// The certificate in PEM format.
    pub(super) pem: String,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// A server that closes a connection after each response.
    pub(super) async fn start() -> Self {
        Self::with("connection: close\r\n").await
    }

    /// A server that keeps connections open.
    pub(super) async fn lasting() -> Self {
        Self::with("").await
    }

    async fn with(header: &'static str) -> Self {
        let (acceptor, pem) = acceptor(&[]);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heads = Arc::<Mutex<Vec<String>>>::default();
        let kept = heads.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(stream) = acceptor.accept(stream).await else {
                    continue;
                };
                tokio::spawn(answer_all(stream, header, kept.clone()));
            }
        });
        Self { port, pem, heads }
    }

    /// The heads of the requests.
    pub(super) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }

    fn client(&self, host: &str, transport: Https) -> Client {
        let builder: Builder<Example> = Builder::new()
            .endpoint_url(format!("https://{host}:{}", self.port))
            .region("us-east-1")
            .unsigned()
            .transport(transport);
        builder.build().unwrap().0
    }

    async fn call(&self, host: &str, transport: Https) -> Result<Output, Error> {
        self.client(host, transport).send(&Hello).await
    }
}

/// A server's side of TLS with these ALPN protocols, for `localhost`, and its certificate in PEM
/// format.
pub(super) fn acceptor(protocols: &[&str]) -> (TlsAcceptor, String) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    config.alpn_protocols = protocols
        .iter()
        .map(|name| name.as_bytes().to_vec())
        .collect();
    (TlsAcceptor::from(Arc::new(config)), cert.pem())
}

/// Answers requests without bodies, until the client closes the connection, or one only if the
/// header says so.
async fn answer_all(
    mut stream: TlsStream<TcpStream>,
    header: &str,
    heads: Arc<Mutex<Vec<String>>>,
) {
    loop {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read_u8().await {
                Ok(byte) => head.push(byte),
                Err(_) => return,
            }
        }
        heads.lock().unwrap().push(String::from_utf8(head).unwrap());
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n{header}\r\n{{}}");
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = stream.flush().await;
        if !header.is_empty() {
            let _ = stream.shutdown().await;
            return;
        }
    }
}

#[track_caller]
fn assert_fails(result: Result<Output, Error>, reason: &str) {
    let text = result.err().unwrap().to_string();
    assert!(
        text.starts_with("Hello failed: cannot connect") && text.contains(reason),
        "{text}"
    );
    assert!(!text.contains("attempts"), "a retry does not help: {text}");
}

#[tokio::test]
async fn added_certificates_are_trusted_and_others_are_not() {
    let server = Server::start().await;
    let trusting = Https::new().root_certificates(server.pem.clone());
    let output = server.call("localhost", trusting.clone()).await.unwrap();
    assert_eq!(&output.0[..], b"{}");

    assert_fails(server.call("127.0.0.1", trusting).await, "certificate");
    let other = Server::start().await;
    let trusting = Https::new().root_certificates(other.pem.clone());
    assert_fails(server.call("localhost", trusting).await, "certificate");
    let broken = Https::new().root_certificates("no certificate");
    assert_fails(
        server.call("localhost", broken).await,
        "TLS is not usable: root_certificates: there is no certificate in PEM format",
    );
}

#[tokio::test]
async fn a_bundle_replaces_the_certificates_of_the_system() {
    let server = Server::start().await;
    let path = std::env::temp_dir().join(format!("smithy-rt-bundle-{}.pem", std::process::id()));
    std::fs::write(&path, &server.pem).unwrap();
    let result = server
        .call("localhost", Https::new().ca_bundle(&path))
        .await;
    std::fs::remove_file(&path).unwrap();
    result.unwrap();
    assert_fails(
        server
            .call("localhost", Https::new().ca_bundle(&path))
            .await,
        "cannot read the certificates of ca_bundle, ",
    );
}

#[tokio::test]
async fn a_program_can_bring_its_own_configuration() {
    let server = Server::start().await;
    let mut roots = RootCertStore::empty();
    let pem = server.pem.as_bytes();
    let certificate = rustls::pki_types::pem::PemObject::from_pem_slice(pem).unwrap();
    roots.add(certificate).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols.push(b"http/1.1".to_vec());
    let transport = Https::new().tls_config(config);
    server.call("localhost", transport).await.unwrap();
}
