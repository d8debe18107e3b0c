//! The HTTP server.

mod connection;
mod request;

use super::options::Options;
use super::persist;
use super::requests::Requests;
use super::service::LocalAppFabric;
use super::signature::Keys;
use super::state::State;
use appfabric::server::Server;
use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What all requests share.
struct Shared {
    server: Server<LocalAppFabric>,
    requests: Requests,
    accounts: BTreeMap<String, String>,
    keys: Keys,
}

impl Shared {
    fn service(&self) -> &LocalAppFabric {
        self.server.service()
    }
}

/// A server that runs.
pub(crate) struct Running {
    shared: Arc<Shared>,
    stop: watch::Sender<()>,
    accepting: JoinHandle<()>,
    saving: Option<JoinHandle<io::Result<()>>>,
}

/// The largest request body, in bytes. A valid one has less than 150 KB.
const MAX_BODY_SIZE: u64 = 1024 * 1024;
/// The state is saved at most this often.
const SAVE_INTERVAL: Duration = Duration::from_millis(200);

/// Loads the state and listens.
pub(crate) async fn start(options: Options) -> Result<Running, Box<dyn std::error::Error>> {
    let loaded = match &options.state {
        Some(path) => persist::load(path)?,
        None => None,
    };
    let state = match loaded {
        Some(state) => state,
        None => State::empty()?,
    };
    if let Some(path) = &options.state {
        // A file that cannot be written is an error now, not after the first change.
        let saved = persist::text(&state).and_then(|text| persist::save(path, &text));
        saved.map_err(|error| format!("cannot save {}: {error}", path.display()))?;
    }
    let listen = options.listen;
    let listener = TcpListener::bind(listen)
        .await
        .map_err(|error| format!("cannot listen at {listen}: {error}"))?;
    let service = LocalAppFabric::new(state, options.faults);
    // The cell is empty.
    let _ = service.url.set(url(listener.local_addr()?));
    let shared = Arc::new(Shared {
        server: Server::new(service).max_body_size(MAX_BODY_SIZE),
        requests: Requests::default(),
        accounts: options.accounts,
        keys: options.keys,
    });
    let (stop, stopped) = watch::channel(());
    let accepting = connection::accept_all(listener, shared.clone(), stopped.clone());
    let saving = options
        .state
        .map(|path| tokio::spawn(save_all(shared.clone(), path, stopped)));
    Ok(Running {
        shared,
        stop,
        accepting: tokio::spawn(accepting),
        saving,
    })
}

impl Running {
    pub(crate) fn url(&self) -> &str {
        self.shared.service().url()
    }

    /// Lets the requests finish that have begun, and saves the state.
    pub(crate) async fn shut_down(self) -> io::Result<()> {
        drop(self.stop);
        self.accepting.await.map_err(io::Error::other)?;
        match self.saving {
            Some(saving) => saving.await.map_err(io::Error::other)?,
            None => Ok(()),
        }
    }
}

/// The URL of a listener. One on all addresses is also at the loopback address.
fn url(address: SocketAddr) -> String {
    let ip = match address.ip() {
        ip if ip.is_unspecified() => IpAddr::from(Ipv4Addr::LOCALHOST),
        ip => ip,
    };
    format!("http://{}", SocketAddr::new(ip, address.port()))
}

/// Saves the state after calls that changed it, and at the end.
async fn save_all(
    shared: Arc<Shared>,
    path: PathBuf,
    mut stopped: watch::Receiver<()>,
) -> io::Result<()> {
    let service = shared.service();
    let mut saved = Vec::new();
    loop {
        let runs = tokio::select! {
            () = service.called.notified() => true,
            _ = stopped.changed() => false,
        };
        if runs {
            tokio::time::sleep(SAVE_INTERVAL).await;
        }
        let text = persist::text(&service.state())?;
        if text != saved {
            let (file, copy) = (path.clone(), text.clone());
            let saving = tokio::task::spawn_blocking(move || persist::save(&file, &copy));
            match saving.await.map_err(io::Error::other)? {
                Ok(()) => saved = text,
                Err(error) if runs => eprintln!("cannot save {}: {error}", path.display()),
                Err(error) => return Err(error),
            }
        }
        if !runs {
            return Ok(());
        }
    }
}
