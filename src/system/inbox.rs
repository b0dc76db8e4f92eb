//! Callers that another program hands to a running browser: a socket in the runtime folder, for this user alone. A
//! connection has one line of JSON and gets one back.
//!
//! ```text
//! {"caller":"tel:+4790909088"}  ─▶  {"answer":"opened"}
//! ```
//!
//! Each browser has a socket of its own, `NAME.PID.sock`. Its time of change is when the browser was last used.

mod client;
mod folder;

pub use client::{HandedOver, NotHandedOver, hand_over};
pub use folder::Folder;

use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{mpsc, oneshot};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::timeout;

/// The longest line, in bytes.
const LONGEST: usize = 4096;
/// How long a sender may take for its line.
const PATIENCE: Duration = Duration::from_millis(500);
/// How long the browser may take to answer.
const THOUGHT: Duration = Duration::from_secs(2);
/// How many senders are listened to at once.
const AT_ONCE: usize = 8;
/// How many callers are taken within a second; the others are told that it is busy.
const PER_SECOND: usize = 5;

/// What a sender says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    caller: String,
}

/// What became of a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Answer {
    /// The card is open.
    Opened,
    /// Several customers have the number, and are listed.
    Listed,
    /// No customer who is loaded has it: it is searched for.
    Searched,
    /// The agent is busy, and is told of the caller.
    Told,
    /// It is no number, ID or address.
    Refused,
    /// Too many callers at once.
    Busy,
}

/// A caller who was handed over, and where the answer goes.
#[derive(Debug)]
pub struct Caller {
    /// What the sender said.
    pub text: String,
    /// Where the answer goes.
    pub answer: oneshot::Sender<Answer>,
}

/// The socket of a browser. It is gone when this is dropped.
#[derive(Debug)]
pub struct Inbox {
    path: PathBuf,
    callers: mpsc::Receiver<Caller>,
    listening: AbortHandle,
    used: Instant,
}

impl Inbox {
    /// Opens the socket of a browser that is known by `name`.
    ///
    /// # Errors
    /// The folder is not this user's alone, or the socket can't be made.
    pub fn open(folder: &Folder, name: &str) -> io::Result<Self> {
        let path = folder.socket(name)?;
        let listener = listener(&path)?;
        let (sender, callers) = mpsc::channel(AT_ONCE);
        let listening = tokio::spawn(listen(listener, sender)).abort_handle();
        Ok(Self { path, callers, listening, used: Instant::now() })
    }

    /// The next caller. Waits for ever when the socket is broken. Safe to drop at any time.
    pub async fn next(&mut self) -> Caller {
        match self.callers.recv().await {
            Some(caller) => caller,
            None => std::future::pending().await,
        }
    }

    /// The browser is known by another name now.
    pub fn rename(&mut self, folder: &Folder, name: &str) {
        if let Ok(path) = folder.socket(name)
            && std::fs::rename(&self.path, &path).is_ok()
        {
            self.path = path;
        }
    }

    /// The browser was used just now; it is noted once a second.
    pub fn note_use(&mut self) {
        if self.used.elapsed() >= Duration::from_secs(1) {
            self.used = Instant::now();
            touch(&self.path);
        }
    }
}

impl Drop for Inbox {
    fn drop(&mut self) {
        self.listening.abort();
        let _ = std::fs::remove_file(&self.path);
        // Other browsers may have their sockets there.
        let _ = self.path.parent().map(std::fs::remove_dir);
    }
}

/// A socket that this user alone may write to. The folder is closed to others before it is there.
fn listener(path: &Path) -> io::Result<UnixListener> {
    use std::os::unix::fs::PermissionsExt;
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(path)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// Sets a file's times to now. Without that, another browser may be taken for the one that was used last.
fn touch(path: &Path) {
    use rustix::fs::{AtFlags, CWD, Timespec, Timestamps, UTIME_NOW, utimensat};
    let now = Timespec { tv_sec: 0, tv_nsec: UTIME_NOW };
    let _ = utimensat(CWD, path, &Timestamps { last_access: now, last_modification: now }, AtFlags::empty());
}

/// Listens to senders until nobody wants callers any more.
async fn listen(listener: UnixListener, callers: mpsc::Sender<Caller>) {
    let mut senders = JoinSet::new();
    let mut taken: Vec<Instant> = Vec::new();
    let own = rustix::process::getuid().as_raw();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Without a descriptor to spare it would fail again at once.
            tokio::time::sleep(PATIENCE).await;
            continue;
        };
        let is_own = stream.peer_cred().is_ok_and(|peer| peer.uid() == own);
        if !is_own {
            continue;
        }
        while senders.len() >= AT_ONCE {
            senders.join_next().await;
        }
        taken.retain(|at| at.elapsed() < Duration::from_secs(1));
        let is_busy = taken.len() >= PER_SECOND;
        if !is_busy {
            taken.push(Instant::now());
        }
        senders.spawn(serve(stream, callers.clone(), is_busy));
        while senders.try_join_next().is_some() {}
    }
}

/// Takes a sender's line, and gives it the answer. A sender who takes too long, or says something else, is dropped.
async fn serve(stream: UnixStream, callers: mpsc::Sender<Caller>, is_busy: bool) {
    let Ok(Some(text)) = timeout(PATIENCE, question(&stream)).await else { return };
    let answer = match text {
        Some(_) if is_busy => Answer::Busy,
        Some(text) => {
            let (answer, answered) = oneshot::channel();
            if callers.send(Caller { text, answer }).await.is_err() {
                return;
            }
            timeout(THOUGHT, answered).await.ok().and_then(Result::ok).unwrap_or(Answer::Busy)
        }
        None => Answer::Refused,
    };
    let _ = timeout(PATIENCE, tell(&stream, answer)).await;
}

/// What a sender asks. `Some(None)` for a line that is no question, and for one that is too long; `None` where there is
/// none.
async fn question(stream: &UnixStream) -> Option<Option<String>> {
    let mut line = Vec::new();
    loop {
        stream.readable().await.ok()?;
        let mut part = [0; LONGEST];
        match stream.try_read(&mut part) {
            Ok(0) => return None,
            Ok(read) => line.extend_from_slice(part.get(..read)?),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => continue,
            Err(_) => return None,
        }
        let end = line.iter().position(|byte| *byte == b'\n');
        if end.unwrap_or(line.len()) > LONGEST {
            return Some(None);
        }
        if let Some(line) = end.and_then(|end| line.get(..end)) {
            return Some(serde_json::from_slice(line).ok().map(|question: Question| question.caller));
        }
    }
}

async fn tell(stream: &UnixStream, answer: Answer) -> io::Result<()> {
    let line = serde_json::to_string(&answer)? + "\n";
    let mut rest = line.as_bytes();
    while !rest.is_empty() {
        stream.writable().await?;
        match stream.try_write(rest) {
            Ok(written) => rest = rest.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
