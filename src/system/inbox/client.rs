//! Handing a caller over to a browser that runs.

use super::folder::Folder;
use super::{Answer, LONGEST, Question, THOUGHT};
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

/// What became of a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandedOver {
    /// What the browser has made of it.
    pub answer: Answer,
    /// How many browsers could have been meant; the one that was used last got it.
    pub browsers: usize,
}

/// Why a caller was not handed over.
#[derive(Debug, thiserror::Error)]
pub enum NotHandedOver {
    /// No browser runs.
    #[error("no browser runs")]
    NoBrowser,
    /// The browser does not answer.
    #[error("the browser does not answer ({0})")]
    NoAnswer(io::ErrorKind),
}

/// Hands a caller to the browser that was used last: of this name, or of any.
///
/// # Errors
/// No browser runs, or it does not answer.
pub fn hand_over(folder: &Folder, name: Option<&str>, caller: &str) -> Result<HandedOver, NotHandedOver> {
    let mut streams = Vec::new();
    for socket in folder.sockets(name) {
        match UnixStream::connect(&socket.path) {
            Ok(stream) => streams.push(stream),
            // Its browser has ended and left the socket behind.
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                let _ = fs::remove_file(&socket.path);
            }
            Err(_) => {}
        }
    }
    let browsers = streams.len();
    let stream = streams.into_iter().next().ok_or(NotHandedOver::NoBrowser)?;
    let answer = ask(&stream, caller).map_err(|error| NotHandedOver::NoAnswer(error.kind()))?;
    Ok(HandedOver { answer, browsers })
}

fn ask(stream: &UnixStream, caller: &str) -> io::Result<Answer> {
    let patience = THOUGHT + Duration::from_secs(1);
    stream.set_read_timeout(Some(patience))?;
    stream.set_write_timeout(Some(patience))?;
    let line = serde_json::to_string(&Question { caller: caller.to_owned() })? + "\n";
    let mut writer = stream;
    writer.write_all(line.as_bytes())?;
    let mut answer = String::new();
    BufReader::new(stream.take(LONGEST as u64)).read_line(&mut answer)?;
    serde_json::from_str(&answer).map_err(|_| io::ErrorKind::InvalidData.into())
}
