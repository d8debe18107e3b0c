//! The default transport and servers with certificates of their own, on loopback.

use super::*;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use smithy_rt::client::Https;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// A server, whose certificate is for `localhost`.
struct Server {
    port: u16,
    /// The certificate in PEM format.
    pem: String,
}

impl Server {
    async fn start() -> Self {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    continue;
                };
                let mut head = Vec::new();
                while !head.windows(4).any(|end| end == b"\r\n\r\n") {
                    if stream.read_buf(&mut head).await.unwrap_or(0) == 0 {
                        break;
                    }
                }
                let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.shutdown().await;
            }
        });
        Self {
            port,
            pem: cert.pem(),
        }
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
