//! A listener that plays a script: one answer, byte by byte, for each request, each on its own connection.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::cube::Origin;

/// What the listener does with one request.
#[derive(Clone)]
pub(super) enum Play {
    /// Writes these bytes and closes.
    Bytes(Vec<u8>),
    /// Writes these bytes and keeps the connection open without another one.
    Stall(Vec<u8>),
    /// Writes the head, then this chunk again and again for as long as somebody reads.
    Endless(Vec<u8>, Vec<u8>),
    /// Breaks the connection with a reset.
    Reset,
}

pub(super) struct Server {
    origin: Origin,
    seen: Arc<Mutex<Vec<String>>>,
    bodies: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Server {
    /// Plays the script in order; its last line is played again for every request after it.
    pub(super) async fn playing(script: impl IntoIterator<Item = Play>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let bodies = Arc::new(Mutex::new(Vec::new()));
        let script = Arc::new(Mutex::new(script.into_iter().collect::<VecDeque<_>>()));
        let task = tokio::spawn(accept(listener, Arc::clone(&seen), Arc::clone(&bodies), script));
        Self { origin, seen, bodies, task }
    }

    /// Answers each request with these bytes.
    pub(super) async fn answering(bytes: impl Into<Vec<u8>>) -> Self {
        Self::playing([Play::Bytes(bytes.into())]).await
    }

    pub(super) fn origin(&self) -> Origin {
        self.origin.clone()
    }

    /// The heads of all requests so far; a connection without one counts as an empty head.
    pub(super) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    /// The bodies of all requests that had one.
    pub(super) fn bodies(&self) -> Vec<String> {
        self.bodies.lock().unwrap().clone()
    }

    /// The request lines of all requests so far, without method and version.
    pub(super) fn paths(&self) -> Vec<String> {
        let path = |head: &String| head.split(' ').nth(1).unwrap_or_default().to_owned();
        self.seen().iter().map(path).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

type Noted = Arc<Mutex<Vec<String>>>;

async fn accept(listener: TcpListener, seen: Noted, bodies: Noted, script: Arc<Mutex<VecDeque<Play>>>) {
    while let Ok((socket, _)) = listener.accept().await {
        tokio::spawn(serve(socket, Arc::clone(&seen), Arc::clone(&bodies), Arc::clone(&script)));
    }
}

async fn serve(mut socket: TcpStream, seen: Noted, bodies: Noted, script: Arc<Mutex<VecDeque<Play>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match socket.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    let head = String::from_utf8(head).unwrap();
    let length = head
        .to_lowercase()
        .split_once("\r\ncontent-length: ")
        .map_or(0, |(_, rest)| rest.lines().next().unwrap_or_default().parse().unwrap());
    let mut body = vec![0; length];
    if length > 0 && socket.read_exact(&mut body).await.is_ok() {
        bodies.lock().unwrap().push(String::from_utf8(body).unwrap());
    }
    seen.lock().unwrap().push(head);
    let play = {
        let mut script = script.lock().unwrap();
        if script.len() > 1 { script.pop_front() } else { script.front().cloned() }
    };
    // Whoever is served may hang up at any time, which is for it to judge.
    let _ = perform(&mut socket, play.unwrap_or(Play::Reset)).await;
}

async fn perform(socket: &mut TcpStream, play: Play) -> std::io::Result<()> {
    match play {
        Play::Bytes(bytes) => {
            socket.write_all(&bytes).await?;
            socket.shutdown().await?;
            // Closed with unread bytes, a socket resets and its peer may lose the answer.
            socket.read_to_end(&mut Vec::new()).await.map(|_| ())
        }
        Play::Stall(bytes) => {
            socket.write_all(&bytes).await?;
            std::future::pending().await
        }
        Play::Endless(head, chunk) => {
            socket.write_all(&head).await?;
            loop {
                socket.write_all(&chunk).await?;
            }
        }
        Play::Reset => socket.set_zero_linger(),
    }
}

/// An answer with a length.
pub(super) fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = body.len();
    let mut bytes =
        format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n")
            .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// A good answer with JSON.
pub(super) fn json(body: impl AsRef<[u8]>) -> Vec<u8> {
    answer("200 OK", "Content-Type: application/json\r\n", body)
}

/// An error as Cube words it.
pub(super) fn detail(status: &str, headers: &str, words: &str) -> Vec<u8> {
    let headers = format!("Content-Type: application/json\r\n{headers}");
    answer(status, &headers, format!("{{\"detail\": \"{words}\"}}"))
}

/// A page without customers, for tests that are about something else.
pub(super) fn empty_page() -> Vec<u8> {
    json(r#"{"count": 0, "next": null, "previous": null, "results": []}"#)
}

/// A time limit for what never comes, so short that a test need not wait for it.
pub(super) const SOON: Duration = Duration::from_millis(30);

/// A time limit for what stops after it has begun: long enough for its beginning also on a busy computer.
pub(super) const A_WHILE: Duration = Duration::from_millis(500);
