//! AppFabric in memory (`examples/local_appfabric`), called over loopback by the client.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod browser;
mod errors;
mod faults;
mod idempotency;
mod life;
mod limits;
mod load;
#[path = "../../examples/local_appfabric/main.rs"]
#[allow(dead_code, reason = "`main`")]
mod local;
mod oauth;
mod pages;
mod saved;
mod signatures;
mod user_access;

use appfabric::Client;
use appfabric::rt::client::Credentials;
use appfabric::rt::retry::RetryPolicy;
use appfabric::types::{ApiKeyCredential, AppAuthorization, AuthType, Oauth2Credential, Tenant};
use local::options::{self, Command};
use local::serve::{self, Running};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A server that runs, with a client for it.
struct Local {
    running: Running,
    client: Client,
}

impl Local {
    /// Starts a server at a free port.
    async fn start(arguments: &[&str]) -> Self {
        let all = ["--listen", "127.0.0.1:0"].iter().chain(arguments);
        let command = options::parse(all.map(|text| (*text).to_owned())).unwrap();
        let Command::Run(options) = command else {
            panic!("{command:?}");
        };
        let running = serve::start(*options).await.unwrap();
        let client = client(running.url(), "us-east-1", key("AKID", None));
        Self { running, client }
    }

    /// Sends a request without a body, and returns the status, the head and the body.
    async fn send(&self, method: &str, target: &str) -> (u16, String, String) {
        self.send_with(method, target, "", b"").await
    }

    /// Sends a request with more header lines and a body.
    async fn send_with(
        &self,
        method: &str,
        target: &str,
        headers: &str,
        body: &[u8],
    ) -> (u16, String, String) {
        let host = self.running.url().strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).await.unwrap();
        let request = format!(
            "{method} {target} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{headers}\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        // The server need not read all of it.
        let _ = stream.write_all(body).await;
        let mut response = String::new();
        stream.read_to_string(&mut response).await.unwrap();
        let (head, body) = response.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, head.to_owned(), body.to_owned())
    }

    async fn advance(&self, seconds: u64) {
        let target = format!("/_local/clock?advance={seconds}");
        assert_eq!(self.send("POST", &target).await.0, 200);
    }

    async fn bundle(&self) -> String {
        let output = self.client.create_app_bundle().send().await.unwrap();
        output.app_bundle.arn
    }

    /// An authorization with an API key, as a builder does not know what it lacks.
    async fn authorization(&self, bundle: &str, app: &str, tenant: &str) -> String {
        self.client
            .create_app_authorization()
            .app_bundle_identifier(bundle)
            .app(app)
            .auth_type(AuthType::ApiKey)
            .credential(ApiKeyCredential::builder().api_key("key-0").build())
            .tenant(named(tenant))
            .send()
            .await
            .unwrap()
            .app_authorization
            .app_authorization_arn
    }

    /// An authorization that a user has to approve.
    async fn oauth_authorization(&self, bundle: &str, tenant: &str) -> AppAuthorization {
        self.client
            .create_app_authorization()
            .app_bundle_identifier(bundle)
            .app("SLACK")
            .auth_type(AuthType::Oauth2)
            .credential(oauth2())
            .tenant(named(tenant))
            .send()
            .await
            .unwrap()
            .app_authorization
    }

    async fn connected(&self, bundle: &str, app: &str, tenant: &str) -> String {
        let authorization = self.authorization(bundle, app, tenant).await;
        self.client
            .connect_app_authorization()
            .app_bundle_identifier(bundle)
            .app_authorization_identifier(&authorization)
            .send()
            .await
            .unwrap();
        authorization
    }
}

fn client(url: &str, region: &str, credentials: Credentials) -> Client {
    Client::builder()
        .endpoint_url(url)
        .region(region)
        .credentials(credentials)
        .retry(RetryPolicy::standard().max_backoff(Duration::from_millis(1)))
        .build()
        .unwrap()
}

fn key(id: &str, token: Option<&str>) -> Credentials {
    Credentials::new(id, "secret", token.map(str::to_owned), None, "test")
}

fn named(tenant: &str) -> Tenant {
    Tenant::builder()
        .tenant_identifier(tenant)
        .tenant_display_name(format!("Acme {tenant}"))
        .build()
}

fn oauth2() -> Oauth2Credential {
    Oauth2Credential::builder()
        .client_id("client")
        .client_secret("shibboleth")
        .build()
}
