//! A thousand calls at a time through one client: `cargo bench -p appfabric --bench concurrent`.
//!
//! The server is in this process, so that its memory counts, too.

#![allow(clippy::unwrap_used, reason = "a benchmark")]

use appfabric::Client;
use appfabric::rt::client::Credentials;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const CALLS: usize = 1_000;

const ANSWER: &[u8] =
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-amzn-requestid: id-1\r\n\
    content-length: 78\r\n\r\n\
    {\"appBundleSummaryList\":[{\"arn\":\"arn:aws:appfabric:us-east-1:1:appbundle/1\"}]}";

#[derive(Default)]
struct Counts {
    connections: AtomicUsize,
    requests: AtomicUsize,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let counts = Arc::new(Counts::default());
    let address = serve(counts.clone()).await;
    let client = Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKID", "secret", None, None, "benchmark"))
        .endpoint_url(format!("http://{address}"))
        .build()
        .unwrap();
    println!("before: {} MB resident", resident());
    for wave in 1..=10 {
        let start = Instant::now();
        let calls: Vec<_> = (0..CALLS)
            .map(|_| tokio::spawn(client.list_app_bundles().send()))
            .collect();
        let mut answered = 0;
        for call in calls {
            answered += call.await.unwrap().unwrap().app_bundle_summary_list.len();
        }
        let rate = CALLS as f64 / start.elapsed().as_secs_f64();
        println!(
            "wave {wave}: {answered} answered, {} requests and {} connections so far, {rate:.0} calls/s, {} MB resident",
            counts.requests.load(Ordering::Relaxed),
            counts.connections.load(Ordering::Relaxed),
            resident(),
        );
    }
}

async fn serve(counts: Arc<Counts>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counts.connections.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(answer(stream, counts.clone()));
        }
    });
    address
}

/// Requests without a body end with an empty line.
async fn answer(mut stream: TcpStream, counts: Arc<Counts>) {
    let (mut request, mut piece) = (Vec::new(), [0; 4096]);
    while let Ok(read @ 1..) = stream.read(&mut piece).await {
        request.extend(piece.iter().take(read));
        if request.ends_with(b"\r\n\r\n") {
            request.clear();
            counts.requests.fetch_add(1, Ordering::Relaxed);
            if stream.write_all(ANSWER).await.is_err() {
                return;
            }
        }
    }
}

/// The memory of this process, where the system tells.
fn resident() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes =
        line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok());
    kilobytes.map_or_else(
        || "?".to_owned(),
        |kilobytes| format!("{:.1}", kilobytes / 1024.0),
    )
}
