//! A running Cube, and a client that knows no more of HTTP than these tests need.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::SocketAddr;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::demo::{self, Faults, Log, Settings, Town};

/// The `Authorization` of every request that does not bring its own.
pub(super) const TOKEN: &str = "Token demo-token";
/// The town's list in the older generation.
pub(super) const LIST: &str = "/api/v1/assignments/9/customers/";

/// A Cube that serves until it is dropped or stopped.
pub(super) struct Running {
    pub(super) address: SocketAddr,
    pub(super) log: Log,
    pub(super) faults: Faults,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<std::io::Result<()>>,
}

/// What came back: the status, the headers under their names in small letters, and the body as it was sent.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: Vec<u8>,
}

impl Running {
    /// A town of 1,203 customers: two full pages and one that is not.
    pub(super) async fn start() -> Self {
        Self::with(Settings { town: Town::new(1_203), ..Settings::default() }).await
    }

    pub(super) async fn with(settings: Settings) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (log, faults) = (Log::default(), settings.faults.clone());
        let (stop, stopped) = oneshot::channel();
        let settings = Settings { log: Some(log.clone()), ..settings };
        let shutdown = async {
            let _ = stopped.await;
        };
        let ended = tokio::spawn(demo::serve(listener, shutdown, settings));
        Self { address, log, faults, stop, ended }
    }

    /// Stops the server and waits until it has ended.
    pub(super) async fn stop(self) {
        self.stop.send(()).unwrap();
        self.ended.await.unwrap().unwrap();
    }

    /// A GET with the right credential.
    pub(super) async fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, &[("Authorization", TOKEN)]).await.unwrap()
    }

    /// A GET with the right credential that names this host.
    pub(super) async fn get_at(&self, host: &str, path: &str) -> Reply {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: {TOKEN}\r\nConnection: close\r\n\r\n"
        );
        Reply::read(&self.send(&request).await).unwrap()
    }

    /// A request with the right credential and a JSON body.
    pub(super) async fn write(&self, method: &str, path: &str, body: &str) -> Reply {
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: acme.headshed.com\r\nAuthorization: {TOKEN}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        Reply::read(&self.send(&request).await).unwrap()
    }

    /// Any request, on a connection of its own; `None` when the connection ended without an answer.
    pub(super) async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Option<Reply> {
        Reply::read(&self.raw(method, path, headers).await)
    }

    /// The bytes that come back until the server closes the connection.
    pub(super) async fn raw(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Vec<u8> {
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nHost: acme.headshed.com\r\nConnection: close\r\n");
        for (name, value) in headers {
            write!(request, "{name}: {value}\r\n").unwrap();
        }
        request.push_str("\r\n");
        self.send(&request).await
    }

    async fn send(&self, request: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        // A reset is an end too.
        let _ = stream.read_to_end(&mut bytes).await;
        bytes
    }
}

impl Reply {
    fn read(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().unwrap();
        let mut headers: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
            let all = headers.entry(name.to_ascii_lowercase()).or_default();
            *all = if all.is_empty() { value.to_owned() } else { format!("{all}, {value}") };
        }
        Some(Self { status, headers, body: bytes[end + 4..].to_vec() })
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(super) fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/json");
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// A client that is not ours in any part, for what these tests should not do by themselves: Base64 and gzip.
pub(super) fn reqwest_client() -> reqwest::Client {
    // Fails when another test was first, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // Without proxies and certificates: it talks to this computer, whatever the environment says.
    reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap()
}
