//! A server that is scripted byte by byte, and a listener elsewhere that must never see a connection.

use super::play::{Play, town_page};
use crate::harness::{clock, quick};
use cubedex::cube::{Credential, Cube, Limits, List};
use cubedex::demo::{self, Town};
use std::collections::{HashMap, VecDeque};
use std::io::{self, ErrorKind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// What a token looks like, and what must never be seen anywhere but in a request's own header.
pub(crate) const TOKEN: &str = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";

/// A server on a free port. It stops when this is dropped, and then fails its test if anything but a GET was asked,
/// or if anybody came to the other address.
pub(crate) struct Server {
    /// Scheme, host and port.
    pub(crate) address: String,
    pub(crate) elsewhere: Elsewhere,
    state: Arc<State>,
    task: JoinHandle<()>,
}

struct State {
    town: Town,
    page_size: u64,
    script: Mutex<Script>,
    connections: AtomicUsize,
    seen: watch::Sender<Vec<Seen>>,
}

/// For a key (`page 3`, `customer 7`, `labels`, `all`) what is played first, and what is played from then on.
#[derive(Default)]
struct Script {
    first: HashMap<String, VecDeque<Play>>,
    always: HashMap<String, Play>,
}

/// One request.
#[derive(Clone)]
pub(crate) struct Seen {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) path: String,
    /// The head as it came.
    pub(crate) head: String,
}

impl Server {
    /// A town of 2,400 customers in pages of 500, over plain http.
    pub(crate) async fn open() -> Self {
        Self::of(2_400, 500).await
    }

    pub(crate) async fn of(customers: u64, page_size: u64) -> Self {
        Self::with(customers, page_size, None).await
    }

    /// Over TLS, under the name of localhost.
    pub(crate) async fn secure(acceptor: TlsAcceptor) -> Self {
        Self::with(2_400, 500, Some(acceptor)).await
    }

    async fn with(customers: u64, page_size: u64, acceptor: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = listener.local_addr().unwrap();
        let address = match acceptor {
            None => format!("http://{here}"),
            Some(_) => format!("https://localhost:{}", here.port()),
        };
        let state = Arc::new(State {
            town: Town::new(customers),
            page_size,
            script: Mutex::default(),
            connections: AtomicUsize::new(0),
            seen: watch::Sender::new(Vec::new()),
        });
        let task = tokio::spawn(accept(listener, acceptor, Arc::clone(&state)));
        Self { address, elsewhere: Elsewhere::new(), state, task }
    }

    /// Plays these for the next requests with this key, then goes on as before.
    pub(crate) fn first(&self, key: &str, plays: impl IntoIterator<Item = Play>) {
        self.state.script.lock().unwrap().first.insert(key.to_owned(), plays.into_iter().collect());
    }

    /// Plays this for every request with this key from now on.
    pub(crate) fn always(&self, key: &str, play: Play) {
        self.state.script.lock().unwrap().always.insert(key.to_owned(), play);
    }

    /// Is well again.
    pub(crate) fn repair(&self) {
        *self.state.script.lock().unwrap() = Script::default();
    }

    /// A client that does not wait long between its tries.
    pub(crate) fn cube(&self) -> Cube {
        self.cube_within(quick())
    }

    pub(crate) fn cube_within(&self, limits: Limits) -> Cube {
        let credential = Credential::token(TOKEN.into()).unwrap();
        let list = List::Assignment(demo::ASSIGNMENT);
        Cube::new(self.address.parse().unwrap(), list, credential, limits).unwrap().with_clock(clock)
    }

    /// How many connections there were, also those without a request.
    pub(crate) fn connections(&self) -> usize {
        self.state.connections.load(Ordering::Relaxed)
    }

    /// All requests so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.state.seen.borrow().clone()
    }

    /// What was asked for so far, in order: `page 1`, `page 2`, `customer 7`.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.seen().iter().map(|seen| key_of(&seen.path)).collect()
    }

    /// How often something was asked for.
    pub(crate) fn asked_for(&self, key: &str) -> usize {
        self.asked().iter().filter(|asked| *asked == key).count()
    }

    /// Waits until this many requests have come.
    pub(crate) async fn arrived(&self, requests: usize) {
        let _ = self.state.seen.subscribe().wait_for(|seen| seen.len() >= requests).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
        if !std::thread::panicking() {
            assert!(self.seen().iter().all(|seen| seen.method == "GET"), "something but a GET was sent");
            self.elsewhere.assert_alone();
        }
    }
}

/// An address that was not configured: whoever connects to it fails the test.
pub(crate) struct Elsewhere {
    listener: std::net::TcpListener,
    /// Host and port.
    pub(crate) host: String,
}

impl Elsewhere {
    pub(crate) fn new() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let host = listener.local_addr().unwrap().to_string();
        Self { listener, host }
    }

    /// Fails when anybody has ever connected: such a connection stays in the queue until it is accepted.
    pub(crate) fn assert_alone(&self) {
        let came = self.listener.accept().map_err(|error| error.kind());
        assert_eq!(came.err(), Some(ErrorKind::WouldBlock), "somebody connected to {}", self.host);
    }
}

async fn accept(listener: TcpListener, acceptor: Option<TlsAcceptor>, state: Arc<State>) {
    while let Ok((socket, _)) = listener.accept().await {
        state.connections.fetch_add(1, Ordering::Relaxed);
        let (acceptor, state) = (acceptor.clone(), Arc::clone(&state));
        tokio::spawn(async move {
            // Whoever is served may hang up at any time, which is for it to judge.
            let _ = match acceptor {
                None => serve(socket, &state).await,
                Some(acceptor) => match acceptor.accept(socket).await {
                    Ok(stream) => serve(stream, &state).await,
                    Err(refused) => Err(refused),
                },
            };
        });
    }
}

/// A stream whose connection can be broken with a reset.
trait Breakable: AsyncRead + AsyncWrite + Unpin {
    fn break_off(self) -> io::Result<()>;
}

impl Breakable for TcpStream {
    fn break_off(self) -> io::Result<()> {
        self.set_zero_linger()
    }
}

impl Breakable for tokio_rustls::server::TlsStream<TcpStream> {
    fn break_off(self) -> io::Result<()> {
        self.into_inner().0.set_zero_linger()
    }
}

/// Reads one request and plays what is in the script for it.
async fn serve(mut stream: impl Breakable, state: &State) -> io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8(head).unwrap();
    let mut words = head.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let seen = Seen { method: method.to_owned(), path: path.to_owned(), head: head.clone() };
    state.seen.send_modify(|all| all.push(seen));
    let mut play = state.next(path);
    if let Play::Good = play {
        play = state.good(path);
    }
    perform(stream, play).await
}

impl State {
    fn next(&self, path: &str) -> Play {
        let mut script = self.script.lock().unwrap();
        let keys = [key_of(path), "all".to_owned()];
        let first = keys.iter().find_map(|key| script.first.get_mut(key)?.pop_front());
        first.or_else(|| keys.iter().find_map(|key| script.always.get(key).cloned())).unwrap_or(Play::Good)
    }

    fn good(&self, path: &str) -> Play {
        let key = key_of(path);
        let body = match key.split_once(' ') {
            Some(("page", number)) => {
                number.parse().ok().and_then(|number| town_page(self.town, self.page_size, number))
            }
            Some(("customer", id)) => self.town.position_of(id).map(|row| self.town.record(row)),
            _ if key == "labels" => Some(demo::CUSTOM_FIELDS.to_owned()),
            _ => None,
        };
        match body {
            Some(body) => super::play::json(body),
            None => super::play::detail("404 Not Found", "", "Not found."),
        }
    }
}

/// What a path asks for.
fn key_of(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match parts[..] {
        [.., "customers"] => format!("page {}", query.strip_prefix("page=").unwrap_or("1")),
        [.., "customers", id] => format!("customer {id}"),
        [.., "crm_custom_fields"] => "labels".to_owned(),
        _ => path.to_owned(),
    }
}

async fn perform(mut stream: impl Breakable, play: Play) -> io::Result<()> {
    match play {
        Play::Good => Ok(()),
        Play::Bytes(bytes) => {
            stream.write_all(&bytes).await?;
            stream.shutdown().await?;
            // Closed with unread bytes, a socket resets and its peer may lose the answer.
            stream.read_to_end(&mut Vec::new()).await.map(|_| ())
        }
        Play::Drop(bytes) => {
            stream.write_all(&bytes).await?;
            stream.flush().await
        }
        Play::Reset(bytes) => {
            stream.write_all(&bytes).await?;
            stream.flush().await?;
            stream.break_off()
        }
        Play::Stall(bytes) => {
            stream.write_all(&bytes).await?;
            stream.flush().await?;
            std::future::pending().await
        }
        Play::Trickle(first, pause, bytes) => {
            stream.write_all(&first).await?;
            for byte in bytes {
                tokio::time::sleep(pause).await;
                stream.write_all(&[byte]).await?;
            }
            std::future::pending().await
        }
        Play::Endless(first, again) => {
            stream.write_all(&first).await?;
            loop {
                stream.write_all(&again).await?;
            }
        }
    }
}
