//! A server on loopback with scripted responses, which records the requests.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// The reaction to a request.
pub(crate) enum Answer {
    /// Close the connection.
    Drop,
    /// Write this and wait for the next request.
    Write(Vec<u8>),
    /// Write this and close the connection.
    WriteAndDrop(Vec<u8>),
    /// Write this and then stall.
    WriteAndStall(Vec<u8>),
}

#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    script: Arc<Mutex<VecDeque<Answer>>>,
    requests: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// Responds to requests in their order on all connections.
    pub(crate) fn start(script: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let this = Self {
            address: listener.local_addr().unwrap(),
            script: Arc::new(Mutex::new(script.into_iter().collect())),
            requests: Arc::default(),
            connections: Arc::default(),
        };
        let server = this.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let server = server.clone();
                server.connections.fetch_add(1, Ordering::SeqCst);
                thread::spawn(move || server.serve(stream.unwrap()));
            }
        });
        this
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far, with head and body.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    fn serve(&self, mut stream: TcpStream) {
        while let Some(request) = read(&mut stream) {
            self.requests.lock().unwrap().push(request);
            // Further requests are not accepted.
            let answer = self
                .script
                .lock()
                .unwrap()
                .pop_front()
                .unwrap_or(Answer::Drop);
            match answer {
                Answer::Drop => return,
                Answer::Write(bytes) => stream.write_all(&bytes).unwrap(),
                Answer::WriteAndDrop(bytes) => return stream.write_all(&bytes).unwrap(),
                Answer::WriteAndStall(bytes) => {
                    stream.write_all(&bytes).unwrap();
                    thread::sleep(Duration::from_secs(60));
                    return;
                }
            }
        }
    }
}

/// Reads a request with its body. `None` if the connection is closed.
fn read(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return Some(text.into_owned());
            }
        }
        let mut piece = [0; 4096];
        match stream.read(&mut piece) {
            Ok(0) | Err(_) => return None,
            Ok(read) => bytes.extend_from_slice(&piece[..read]),
        }
    }
}

/// A response with the right length.
pub(crate) fn response(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
